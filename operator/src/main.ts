// The operator's process: the only module that knows the adapters. Reads the environment, joins the parts, leads when
// elected, and ends in peace on SIGTERM: no new keys, running writes finish, builds are stopped, the lease is released.
import { randomUUID } from 'node:crypto';
import { FIELD_MANAGERS } from '@faibric/crds';
import { pino } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { createBuildctlBuilder } from './adapters/buildctl.ts';
import { createDomainMetrics } from './adapters/domain-metrics.ts';
import { createKubeClient } from './adapters/kubernetes/kube-http-client.ts';
import { loadKubeConfig } from './adapters/kubernetes/pooled-client.ts';
import { createModel } from './adapters/model.ts';
import { createProbe } from './adapters/probe-host.ts';
import { createWorkStream } from './adapters/work-stream.ts';
import { checkSource } from './codegen/checks/check-source.ts';
import { type Config, parseConfig } from './config.ts';
import { makeEngines } from './engines/engines.ts';
import type { Settings } from './faibricapp/facts.ts';
import { createOperator, type Operator, type OperatorParts } from './faibricapp/operator.ts';
import { NO_WORK_STREAM } from './ports.ts';
import { systemClock } from './runtime/clock.ts';
import { createEventRecorder } from './runtime/events.ts';
import { fencedClient } from './runtime/fenced-client.ts';
import { createHealth } from './runtime/health.ts';
import { healthRoutes, metricsRoutes, serveHttp } from './runtime/http.ts';
import { runAsLeader } from './runtime/leader-election.ts';
import { createRuntimeMetrics } from './runtime/metrics.ts';

const LEASE = 'faibric-operator';
/** A cache older than this cannot be called current. */
const STALE_MS = 120_000;

const settingsOf = (config: Config): Settings => ({
  domain: config.FAIBRIC_DOMAIN,
  publicPort: config.FAIBRIC_PUBLIC_PORT,
  defaultOwner: config.FAIBRIC_DEFAULT_OWNER,
  systemNamespace: config.FAIBRIC_SYSTEM_NAMESPACE,
  traefikNamespace: config.FAIBRIC_TRAEFIK_NAMESPACE ?? config.FAIBRIC_SYSTEM_NAMESPACE,
  apiService: config.FAIBRIC_API_SERVICE,
  proxyMiddleware: config.FAIBRIC_PROXY_MIDDLEWARE,
  modelConfigured: config.OPENAI_API_KEY !== undefined,
  defaultModel: config.FAIBRIC_MODEL,
  deployDeadlineSeconds: config.FAIBRIC_DEPLOY_DEADLINE_SECONDS,
  probeIntervalSeconds: config.FAIBRIC_PROBE_INTERVAL_SECONDS,
});

const builderOf = (config: Config) =>
  createBuildctlBuilder({
    program: config.BUILDCTL,
    address: config.BUILDKIT_ADDR,
    tlsDirectory: config.BUILDKIT_TLS_DIR,
    builderImage: config.FAIBRIC_BUILDER_IMAGE,
    serverImage: config.FAIBRIC_SERVER_IMAGE,
    pushPrefix: config.FAIBRIC_PUSH_PREFIX,
    pullPrefix: config.FAIBRIC_PULL_PREFIX,
    insecure: config.FAIBRIC_PUSH_INSECURE,
    timeoutSeconds: config.FAIBRIC_BUILD_TIMEOUT_SECONDS,
  });

const modelOf = (config: Config) =>
  config.OPENAI_API_KEY === undefined
    ? undefined
    : createModel({
        apiKey: config.OPENAI_API_KEY,
        baseUrl: config.OPENAI_BASE_URL,
        model: config.FAIBRIC_MODEL,
      });

const makeParts = (
  config: Config,
): Omit<OperatorParts, 'client' | 'events' | 'metrics' | 'logger' | 'stream'> => ({
  namespace: config.FAIBRIC_NAMESPACE,
  settings: settingsOf(config),
  engines: makeEngines(modelOf(config)),
  builder: builderOf(config),
  checkSource: (files) => checkSource(files).diagnostics,
  ask: createProbe(config.FAIBRIC_TRAEFIK_ADDR),
  limits: {
    analyze: config.FAIBRIC_MODEL_CONCURRENCY,
    generate: config.FAIBRIC_MODEL_CONCURRENCY,
    build: config.FAIBRIC_BUILD_CONCURRENCY,
    probe: 16,
  },
  clock: systemClock,
  workers: config.FAIBRIC_WORKERS,
});

const serve = async (config: Config, operator: Operator, registry: Registry) => {
  const health = createHealth();
  health.live('control loop', () => operator.controller.healthy());
  health.ready('caches', () => (operator.controller.hasSynced() ? undefined : 'not filled yet'));
  health.ready('api server', () => {
    const stale = operator.caches.all.find((reflector) => reflector.lastSyncAgeMs() > STALE_MS);
    return stale && `no news of ${stale.type.plural} for ${Math.round(stale.lastSyncAgeMs() / 1000)} s`;
  });
  const servers = await Promise.all([
    serveHttp({ port: config.HEALTH_PORT, routes: healthRoutes(health) }),
    serveHttp({ port: config.METRICS_PORT, routes: metricsRoutes(registry) }),
  ]);
  return () => Promise.all(servers.map((server) => server.close()));
};

const run = async (config: Config): Promise<number> => {
  const logger = pino({ level: config.LOG_LEVEL, name: 'faibric-operator' });
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const runtimeMetrics = createRuntimeMetrics(registry);
  const kubeConfig = loadKubeConfig(config.KUBECONFIG === undefined ? {} : { file: config.KUBECONFIG });
  const client = createKubeClient(kubeConfig, { fieldManager: FIELD_MANAGERS.operator });
  const events = createEventRecorder({
    client,
    controller: 'faibric.dev/operator',
    instance: config.POD_NAME,
    logger,
    metrics: runtimeMetrics,
  });
  const work = config.REDIS_URL === undefined ? undefined : createWorkStream(config.REDIS_URL, logger);
  // Nobody leads before being elected, so nothing is written before either.
  let isLeader = (): boolean => false;
  const operator = createOperator({
    ...makeParts(config),
    client: fencedClient(client, () => isLeader()),
    events,
    metrics: createDomainMetrics(registry),
    stream: work ?? NO_WORK_STREAM,
    runtimeMetrics,
    logger,
  });
  const stopping = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    logger.info({ signal }, 'stopping');
    stopping.abort(new Error(`got ${signal}`));
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  const close = await serve(config, operator, registry);
  const following = operator.follow(stopping.signal);
  const outcome = await runAsLeader(
    {
      client,
      namespace: config.POD_NAMESPACE,
      name: LEASE,
      identity: `${config.POD_NAME}_${randomUUID().slice(0, 8)}`,
      logger,
      metrics: runtimeMetrics,
    },
    async (signal, isCurrent) => {
      isLeader = isCurrent;
      logger.info({ namespace: config.FAIBRIC_NAMESPACE }, 'leading');
      await operator.lead(signal);
    },
    stopping.signal,
  );
  stopping.abort();
  await Promise.all([following, events.close(), close()]);
  await client.close();
  work?.close();
  logger.info({ outcome }, 'stopped');
  // A lost lease ends the process: what it believed is no longer true, a fresh start is.
  return outcome === 'lost' ? 1 : 0;
};

const parsed = parseConfig(process.env);
if (parsed.ok) {
  process.exitCode = await run(parsed.config);
} else {
  console.error(`The operator cannot start:\n  ${parsed.problems.join('\n  ')}`);
  process.exitCode = 1;
}
