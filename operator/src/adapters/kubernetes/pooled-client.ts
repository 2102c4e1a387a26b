// client-node's KubeConfig with one shared connection pool. As it comes, client-node builds a new undici
// Agent, so a new TLS connection, for every call: 6 ms of CPU each, and memory that is never given back.
// Watches get a pool of their own: over HTTP/1.1 each holds its socket, and would starve the calls.
import type { RequestOptions } from 'node:https';
import { type Context, KubeConfig, type RequestContext } from '@kubernetes/client-node';
import { Agent, type Dispatcher, ProxyAgent } from 'undici';

/** The two pools of one set of credentials. */
interface Pools {
  readonly fingerprint: string;
  readonly calls: Dispatcher;
  readonly watches: Dispatcher;
}

/** What one request to the API server needs: where, by which pool, with which credentials. */
export interface Connection {
  readonly server: string;
  readonly headers: Record<string, string>;
  readonly calls: Dispatcher;
  readonly watches: Dispatcher;
}

// Below the API server's own idle time of 90 s, so that we, and not it, close a connection that rests.
const idleMs = 60_000;
// A peer that vanished without a FIN is noticed by the kernel this long after the last byte, plus ten probes.
const keepAliveProbeMs = 10_000;

/** A KubeConfig whose API clients, and ours, share their connections. */
export class PooledKubeConfig extends KubeConfig {
  #pools: Pools | undefined;

  override async applySecurityAuthentication(context: RequestContext): Promise<void> {
    const connection = await this.connection();
    for (const [name, value] of Object.entries(connection.headers)) context.setHeaderParam(name, value);
    context.setDispatcher(connection.calls);
  }

  /** Fresh credentials (a rotated token file is read again) and the pools that fit them. */
  async connection(): Promise<Connection> {
    const cluster = this.getCurrentCluster();
    if (!cluster) throw new Error('the kubeconfig names no current cluster');
    const options: RequestOptions = {};
    await this.applyToHTTPSOptions(options);
    const { calls, watches } = this.#poolsFor(options);
    return { server: cluster.server, headers: headersOf(options), calls, watches };
  }

  /** Closes all connections; running requests fail. */
  async closeConnections(): Promise<void> {
    const pools = this.#pools;
    this.#pools = undefined;
    await Promise.all([pools?.calls.destroy(), pools?.watches.destroy()]);
  }

  #poolsFor(options: RequestOptions): Pools {
    const { ca, cert, key, rejectUnauthorized, servername } = options;
    const fingerprint = [ca, cert, key, rejectUnauthorized, servername].map(String).join('\n');
    if (this.#pools?.fingerprint === fingerprint) return this.#pools;
    // A client certificate was renewed: running requests may end on the old pools, new ones use the new.
    void this.#pools?.calls.close();
    void this.#pools?.watches.close();
    this.#pools = {
      fingerprint,
      calls: this.#dispatcher(options, { connections: 4 }),
      watches: this.#dispatcher(options, { bodyTimeout: 0 }),
    };
    return this.#pools;
  }

  #dispatcher(options: RequestOptions, limits: Agent.Options): Dispatcher {
    const { ca, cert, key, rejectUnauthorized, servername } = options;
    const given = Object.entries({ ca, cert, key, rejectUnauthorized, servername });
    const tls = Object.fromEntries(given.filter(([, value]) => value !== undefined));
    const cluster = this.getCurrentCluster();
    const shared: Agent.Options = {
      ...limits,
      allowH2: false,
      pipelining: 1,
      keepAliveTimeout: idleMs,
      keepAliveMaxTimeout: idleMs,
    };
    if (cluster?.proxyUrl?.startsWith('socks')) throw new Error('a SOCKS proxy-url is not supported');
    if (cluster?.proxyUrl) return new ProxyAgent({ ...shared, uri: cluster.proxyUrl, requestTls: tls });
    return new Agent({
      ...shared,
      connect: { ...tls, timeout: 10_000, keepAlive: true, keepAliveInitialDelay: keepAliveProbeMs },
    });
  }
}

/** Where the credentials come from; without `file` the usual places, ending with the pod's own account. */
export interface KubeConfigSource {
  file?: string | undefined;
  context?: string | undefined;
}

/** Loads credentials: the given file, else in a pod its service account, else KUBECONFIG or ~/.kube/config. */
export function loadKubeConfig(source: KubeConfigSource = {}): PooledKubeConfig {
  const config = new PooledKubeConfig();
  if (source.file) config.loadFromFile(source.file);
  else if (process.env.KUBERNETES_SERVICE_HOST && !process.env.KUBECONFIG) config.loadFromCluster();
  else config.loadFromDefault();
  const known = config.getContexts().map((context: Context) => context.name);
  if (source.context !== undefined) {
    if (!known.includes(source.context)) throw new Error(`the kubeconfig has no context "${source.context}"`);
    config.setCurrentContext(source.context);
  }
  return config;
}

function headersOf(options: RequestOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  if (options.auth) headers.authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  for (const [name, value] of Object.entries(options.headers ?? {})) headers[name] = String(value).trim();
  return headers;
}
