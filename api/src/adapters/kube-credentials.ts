// Where the API server is and how we prove who we are. In a pod that is three files and two variables; elsewhere
// (development, tests) the kubeconfig, read by the official client, which is loaded only then: it costs 85 MB.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** TLS material for the API server. */
export interface KubeTls {
  readonly ca?: Buffer | string;
  readonly cert?: Buffer | string;
  readonly key?: Buffer | string;
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
}

/** How to reach the API server. `authorization` is asked before every request: tokens in pods rotate hourly. */
export interface KubeCredentials {
  readonly server: string;
  readonly tls: KubeTls;
  authorization(): Promise<string | undefined>;
}

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
const TOKEN_FRESH_MS = 30_000;

/** Credentials of the pod's service account. */
const inCluster = (host: string, port: string): KubeCredentials => {
  let token = '';
  let readAt = 0;
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    tls: { ca: readFileSync(join(ACCOUNT, 'ca.crt')) },
    authorization: async () => {
      if (token === '' || Date.now() - readAt > TOKEN_FRESH_MS) {
        token = readFileSync(join(ACCOUNT, 'token'), 'utf8').trim();
        readAt = Date.now();
      }
      return `Bearer ${token}`;
    },
  };
};

const defined = <T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  // The cast is sound: entries without undefined have that type, which TypeScript cannot follow.
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

const fromKubeconfig = async (): Promise<KubeCredentials> => {
  // Named at run time so that the bundler leaves it out: the image, which never needs it, would grow tenfold.
  const client: typeof import('@kubernetes/client-node') = await import(
    ['@kubernetes', 'client-node'].join('/')
  );
  const { KubeConfig } = client;
  const config = new KubeConfig();
  config.loadFromDefault();
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new Error('there is no current cluster in the kubeconfig');
  const options: Parameters<typeof config.applyToHTTPSOptions>[0] = {};
  await config.applyToHTTPSOptions(options);
  const text = (value: unknown): Buffer | string | undefined =>
    typeof value === 'string' || Buffer.isBuffer(value) ? value : undefined;
  return {
    server: cluster.server.replace(/\/+$/, ''),
    tls: defined({
      ca: text(options.ca),
      cert: text(options.cert),
      key: text(options.key),
      rejectUnauthorized: options.rejectUnauthorized,
      servername: cluster.tlsServerName,
    }),
    authorization: async () => {
      const fresh: Parameters<typeof config.applyToHTTPSOptions>[0] = {};
      await config.applyToHTTPSOptions(fresh);
      const headers = fresh.headers;
      const value = headers !== undefined && 'Authorization' in headers ? headers.Authorization : undefined;
      return typeof value === 'string' ? value : undefined;
    },
  };
};

/** Credentials of the pod, else of the kubeconfig. */
export const loadKubeCredentials = async (env: NodeJS.ProcessEnv): Promise<KubeCredentials> => {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env;
  return host !== undefined && env.KUBECONFIG === undefined
    ? inCluster(host, port ?? '443')
    : fromKubeconfig();
};
