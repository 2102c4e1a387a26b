// Starts the API: reads the configuration, makes the adapters, puts the app together, serves, and ends in order.
// The only file that knows which adapter stands behind which port. The server listens before Postgres and Kubernetes
// have answered: /readyz says what is missing, and no request is answered wrongly meanwhile.
import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from 'pg';
import { type Logger, pino } from 'pino';
import {
  accountsRolePassword,
  configuredAccounts,
  makeGuards,
  type SignInGuards,
} from './accounts/configured-accounts.ts';
import { makeAppWriter } from './adapters/app-writer.ts';
import { makeConfirmGone } from './adapters/confirm-gone.ts';
import { makeGatewayRoutes } from './adapters/gateway-routes.ts';
import { makeKubeClient } from './adapters/kube-client.ts';
import { loadKubeCredentials } from './adapters/kube-credentials.ts';
import { makePodLogs } from './adapters/pod-logs.ts';
import {
  asOwner,
  makeAccountsPool,
  makePool,
  type PostgresConfig,
  prepareDatabase,
} from './adapters/postgres.ts';
import { startProjectCache } from './adapters/project-cache.ts';
import { makeReadExportKit } from './adapters/read-export-kit.ts';
import { makeRedisCache } from './adapters/redis.ts';
import { makeRedisBus } from './adapters/redis-bus.ts';
import { makeRedisThrottle } from './adapters/redis-throttle.ts';
import { startRevisionCache } from './adapters/revision-cache.ts';
import { makeUpstreams } from './adapters/upstream.ts';
import { makeWorkReader } from './adapters/work-reader.ts';
import { makeApp } from './app.ts';
import { type AppData, assembleAppData } from './app-data.ts';
import { type Config, readConfig } from './config.ts';
import { MAX_LOGINS_PER_SECOND } from './contract/limits.ts';
import type { DocumentStore } from './db/document-store.ts';
import { bodyLimitComplaint } from './http/body-self-check.ts';
import { type EventStreams, makeEventStreams } from './http/event-stream.ts';
import { makeMetricsServer } from './http/metrics-server.ts';
import { makeLimiter } from './http/rate-limit.ts';
import { drain, listen, makeServer } from './http/server.ts';
import { type ChangeBus, NO_BUS } from './live/change-bus.ts';
import { makeMetrics, type Observed } from './metrics.ts';
import type { AppCache, AppWriter } from './projects/app-cluster.ts';
import type { AppRegistry } from './projects/departed-apps.ts';
import { makeDrop } from './projects/pending-drops.ts';
import { startDepartures } from './projects/start-departures.ts';

import { NO_WORK, type WorkSource } from './projects/work-source.ts';
import { assembleProjects } from './routes/assemble-projects.ts';
import type { ProjectRoutes } from './routes/projects.ts';
import { type AsOwner, makeCollectionIndexes, WORTHWHILE_DOCUMENTS } from './store/collection-indexes.ts';
import { makeDocumentStore, STORAGE_LIMITS } from './store/documents.ts';
import { makeAppRegistry } from './store/known-apps.ts';

const now = (): number => Date.now();
const DRAIN_MS = 20_000;
const RETRY_MS = 1_000;

const postgresConfig = (config: Config): PostgresConfig => {
  const { env } = config;
  return {
    host: env.PGHOST,
    port: env.PGPORT,
    database: env.PGDATABASE,
    owner: { user: env.PGOWNERUSER, password: env.PGOWNERPASSWORD },
    app: { user: env.PGAPPUSER, password: env.PGAPPPASSWORD },
    accounts: { user: env.PGACCOUNTSUSER, password: accountsRolePassword(config) },
    poolSize: env.FAIBRIC_PG_POOL,
  };
};

const limiter = (perSecond: number) => makeLimiter({ perSecond, burst: perSecond * 2, now });

/** Prepares the database, again and again until it answers; a database that must not be used ends the process. */
const prepare = async (config: PostgresConfig, pool: Pool, log: Logger): Promise<void> => {
  for (;;) {
    try {
      const complaints = await prepareDatabase(config, pool, log);
      if (complaints.length === 0) return;
      log.fatal({ complaints }, 'this database must not be used; refusing to serve');
      process.exit(1);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      log.warn({ code, reason: error instanceof Error ? error.message : '' }, 'waiting for Postgres');
      await wait(RETRY_MS);
    }
  }
};

/** What the API knows of the cluster, kept up to date, and its one way to write to it. */
const clusterOf = async ({ env }: Config, log: Logger) => {
  const namespace = env.FAIBRIC_NAMESPACE;
  const client = makeKubeClient(await loadKubeCredentials(process.env));
  const caches = { client, namespace, log, now, random: Math.random };
  const cache = startProjectCache(caches);
  const revisions = startRevisionCache(caches);
  const close = async (): Promise<void> => {
    cache.stop();
    revisions.stop();
    await client.close();
  };
  const parts = { cache, revisions, writer: makeAppWriter(client, namespace) };
  const podLogs = makePodLogs(client, namespace);
  return { parts: { ...parts, podLogs }, confirmGone: makeConfirmGone(client, namespace), close };
};

interface ProjectAdapters {
  readonly cluster: Awaited<ReturnType<typeof clusterOf>>['parts'];
  readonly work: WorkSource;
  readonly streams: EventStreams;
  readonly store: DocumentStore;
  readonly registry: AppRegistry;
  readonly log: Logger;
}

const projectsOf = ({ env, prices }: Config, adapters: ProjectAdapters): ProjectRoutes => {
  const { cluster, store, registry, log, ...rest } = adapters;
  return assembleProjects({
    ...rest,
    ...cluster,
    log,
    now,
    prices,
    readExportKit: makeReadExportKit(env.FAIBRIC_EXPORT_KIT),
    rules: {
      owner: env.FAIBRIC_DEFAULT_OWNER,
      domain: env.FAIBRIC_DOMAIN,
      publicPort: env.FAIBRIC_PUBLIC_PORT,
    },
    randomBelow: (n) => randomInt(n),
    dropDocuments: makeDrop({ drop: store.dropApp, wait, log }),
    forgetApp: registry.forget,
    storageProblem: store.ping,
  });
};

interface DataAdapters {
  readonly pool: Pool;
  readonly store: DocumentStore;
  readonly cache: AppCache;
  readonly writer: AppWriter;
  readonly streams: EventStreams;
  readonly bus: ChangeBus;
  readonly guards: SignInGuards;
  readonly log: Logger;
}

const appDataOf = ({ env }: Config, adapters: DataAdapters): AppData =>
  assembleAppData({
    ...adapters,
    visitorSecret: env.FAIBRIC_VISITOR_SECRET,
    address: { domain: env.FAIBRIC_DOMAIN, scheme: env.FAIBRIC_PUBLIC_SCHEME },
    defaultOwner: env.FAIBRIC_DEFAULT_OWNER,
    limits: {
      reads: limiter(env.FAIBRIC_READS_PER_SECOND),
      writes: limiter(env.FAIBRIC_WRITES_PER_SECOND),
      logins: limiter(MAX_LOGINS_PER_SECOND),
    },
  });

const storeOf = (config: Config, pool: Pool, log: Logger): DocumentStore => {
  const { FAIBRIC_DOCUMENTS_PER_APP: documents, FAIBRIC_BYTES_PER_APP: bytes } = config.env;
  const asOwnerOf: AsOwner = (work) => asOwner(postgresConfig(config), work);
  const parts = { pool, asOwner: asOwnerOf, now, log, worthwhile: WORTHWHILE_DOCUMENTS };
  return makeDocumentStore(pool, { ...STORAGE_LIMITS, documents, bytes }, makeCollectionIndexes(parts));
};

/** What Redis is used for, or what stands in for it: none of it is needed to be right. */
const redisOf = (url: string | undefined, log: Logger) => {
  if (url === undefined) return { cache: null, work: NO_WORK, bus: NO_BUS, close: (): void => undefined };
  const [cache, work, bus] = [makeRedisCache(url, log), makeWorkReader(url, log), makeRedisBus(url)];
  const close = (): void => {
    for (const part of [cache, work, bus]) part.close();
  };
  return { cache, work, bus, close };
};

const observedOf = (cache: AppCache, streams: EventStreams, pools: Observed['pools']): Observed => ({
  projects: () => cache.list().length,
  streams: () => streams.count(),
  pools,
});

/** Starts everything; the returned function drains and ends it. */
const start = async (config: Config, log: Logger): Promise<() => Promise<void>> => {
  const { env } = config;
  const metrics = makeMetrics({ process: true });
  const postgres = postgresConfig(config);
  const pool = makePool(postgres, log);
  const accountsPool = makeAccountsPool(postgres, log);
  const redis = redisOf(env.REDIS_URL, log);
  const { parts: cluster, confirmGone, close: closeCluster } = await clusterOf(config, log);
  const { cache, writer } = cluster;
  const upstreams = makeUpstreams();
  const streams = makeEventStreams();
  const store = storeOf(config, pool, log);
  const state = { prepared: false, draining: false };
  const registry = makeAppRegistry(pool);
  const projects = projectsOf(config, { cluster, work: redis.work, streams, store, registry, log });
  const endDepartures = startDepartures({ cache, registry, confirmGone, drop: store.dropApp, log });
  const guards = makeGuards(now, redis.cache === null ? null : makeRedisThrottle(redis.cache.run));
  const data = appDataOf(config, { pool, store, cache, writer, streams, bus: redis.bus, guards, log });
  const calls = { config, ...upstreams, redis: redis.cache, metrics, now, wait };
  const gateway = makeGatewayRoutes({ ...calls, ...data.access });
  const app = makeApp({
    log,
    metrics,
    now,
    proxySecret: env.FAIBRIC_PROXY_SECRET,
    domain: env.FAIBRIC_DOMAIN,
    webDir: env.FAIBRIC_WEB_DIR ?? null,
    readiness: {
      required: {
        server: () => (state.draining ? 'shutting down' : null),
        database: () => (state.prepared ? null : 'waiting for Postgres'),
        apps: () => (cache.isSynced() ? null : 'waiting for the Kubernetes API server'),
      },
      noted: { postgres: store.ping, apps: () => cache.problem() },
    },
    accounts: configuredAccounts(config, { pool: accountsPool, cache, ...guards, log, now }),
    data,
    projects,
    gateway,
  });
  metrics.observe(observedOf(cache, streams, { documents: pool, accounts: accountsPool }));
  const server = makeServer((req, res) => {
    // While draining, connections are given up one by one after an answer instead of being cut.
    if (state.draining) res.setHeader('Connection', 'close');
    app(req, res);
  });
  log.info({ port: await listen(server, env.PORT) }, 'listening');
  const metricsServer = makeMetricsServer(metrics.registry);
  await listen(metricsServer, env.METRICS_PORT);
  void prepare(postgres, pool, log).then(() => {
    state.prepared = true;
    log.info({}, 'the database is ready');
  });
  return async (): Promise<void> => {
    state.draining = true;
    await wait(env.FAIBRIC_DRAIN_DELAY_MS);
    // Only now: a browser that reconnects is led to the next replica.
    streams.drain();
    await drain(server, DRAIN_MS);
    endDepartures();
    data.live.stop();
    redis.close();
    metricsServer.close();
    await Promise.all([pool.end(), accountsPool.end(), closeCluster(), upstreams.close()]);
  };
};

const run = async (): Promise<void> => {
  const config = readConfig(process.env);
  const log = pino({ level: config.env.LOG_LEVEL, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  const complaint = await bodyLimitComplaint();
  if (complaint !== null) throw new Error(`refusing to serve: ${complaint}`);
  const close = await start(config, log);
  let ending = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (ending) return;
      ending = true;
      log.info({ signal }, 'draining');
      close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
};

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'the API could not start');
  process.exit(1);
});
