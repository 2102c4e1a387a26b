// The real app on a real socket, with a real database and an in-memory cluster: what integration tests talk to. The
// proxy headers are added the way Traefik adds them; pass `raw: true` to leave them out.
import { randomInt } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { CollectionAccess } from '@faibric/crds';
import type { Express } from 'express';
import type pg from 'pg';
import type { Authorize } from '../src/access/grant.ts';
import { makeVisitors } from '../src/access/visitors.ts';
import { makeSingleAccount } from '../src/accounts/accounts.ts';
import {
  makeAccountsPool,
  makePool,
  type PostgresConfig,
  prepareDatabase,
} from '../src/adapters/postgres.ts';
import { makeApp } from '../src/app.ts';
import { assembleAppData } from '../src/app-data.ts';
import { makeMemoryThrottle } from '../src/auth/memory-throttle.ts';
import { type HashQueue, makePasswords } from '../src/auth/passwords.ts';
import { makeThrottle } from '../src/auth/throttle.ts';
import type { ReadExportKit } from '../src/export/export-kit.ts';
import type { Account, IdentifyAccount } from '../src/http/account.ts';
import { makeEventStreams } from '../src/http/event-stream.ts';
import { makeLimiter } from '../src/http/rate-limit.ts';
import { drain, listen, makeServer, type ServerTimes } from '../src/http/server.ts';
import { type ChangeBus, NO_BUS } from '../src/live/change-bus.ts';
import { type Metrics, makeMetrics } from '../src/metrics.ts';
import type { Log } from '../src/ports.ts';
import { makeDrop } from '../src/projects/pending-drops.ts';
import type { PodLogs } from '../src/projects/pod-logs.ts';
import type { Prices } from '../src/projects/usage.ts';
import { NO_WORK, type WorkSource } from '../src/projects/work-source.ts';
import { assembleProjects, type ProjectsApiParts } from '../src/routes/assemble-projects.ts';
import type { GatewayRoutes } from '../src/routes/gateway.ts';
import { makeDocumentStore, STORAGE_LIMITS, type StorageLimits } from '../src/store/documents.ts';
import { makeAppRegistry } from '../src/store/known-apps.ts';
import { type AccountOptions, testAccounts } from './accounts-rig.ts';
import { noGateway } from './live-gateway.ts';
import { anApp, memoryCluster } from './memory-cluster.ts';
import { OWNER, type TestPostgres } from './postgres.ts';
import { SECRET, sendTo, type TestAnswer, type TestRequest } from './send-to.ts';
import { silent } from './silent-log.ts';

/** The secret of visitors' cookies at test servers. */
export const VISITOR_SECRET = 'the-secret-of-the-visitors';
export type { TestAnswer, TestRequest };
export { SECRET, sendTo, silent };

/** An app of a test. */
export interface TestApp {
  readonly id: string;
  readonly owner?: string;
  readonly access?: readonly CollectionAccess[];
}

/** What a test server may be made of. */
export interface TestServerOptions {
  readonly poolSize?: number;
  /** Grants of documents; by default what the apps' access rules and the asker give. */
  readonly authorize?: Authorize;
  readonly limits?: Partial<StorageLimits>;
  readonly readsPerSecond?: number;
  readonly writesPerSecond?: number;
  readonly gatewayPerSecond?: number;
  readonly loginsPerSecond?: number;
  readonly streamStallMs?: number;
  readonly bus?: ChangeBus;
  readonly hashQueue?: HashQueue;
  readonly gateway?: Partial<Omit<GatewayRoutes, 'metrics'>>;
  readonly cluster?: Pick<ProjectsApiParts, 'cache' | 'writer' | 'revisions'>;
  readonly work?: WorkSource;
  readonly prices?: Prices;
  readonly readExportKit?: ReadExportKit;
  readonly podLogs?: PodLogs;
  /** Apps of the cluster in memory, by id; `access` are the owner's rules. Without any of its own an app has the default. */
  readonly apps?: readonly (string | TestApp)[];
  readonly webDir?: string;
  readonly times?: ServerTimes;
  readonly log?: Log;
  readonly now?: () => number;
  /** Mode `accounts`, with these settings; mode `single` without. */
  readonly accounts?: AccountOptions;
  /** Who asks on the platform's host, whatever the mode. */
  readonly identify?: IdentifyAccount;
}

/** The account of mode `single`. */
export const LOCAL_ACCOUNT: Account = { id: 'local', owner: 'me', role: 'admin' };

/** A running test server. */
export interface TestServer {
  readonly app: Express;
  readonly metrics: Metrics;
  readonly port: number;
  readonly pool: pg.Pool;
  openStreams(): number;
  send(method: string, path: string, request?: TestRequest): Promise<TestAnswer>;
  close(): Promise<void>;
}

/** Connection settings for a test database. */
export const testPostgresConfig = (
  postgres: TestPostgres,
  database: string,
  poolSize = 4,
): PostgresConfig => ({
  host: '127.0.0.1',
  port: postgres.port,
  database,
  owner: OWNER,
  app: { user: 'faibric_app', password: 'app-password' },
  accounts: { user: 'faibric_accounts', password: 'accounts-password' },
  poolSize,
});

const NO_LOGS: PodLogs = {
  pods: async () => [],
  tail: async () => [],
  async *follow() {},
};

const browsers = new Map<string, string>();

/** The visitor cookie of a test's browser at an app, as the API would have set it. */
export const visitorCookie = (app: string, browser: string): string => {
  const key = `${app} ${browser}`;
  const value = browsers.get(key) ?? makeVisitors(VISITOR_SECRET).newVisitor(app).value;
  browsers.set(key, value);
  return `__Host-faibric-visitor=${value}`;
};

const withVisitor = (request: TestRequest = {}): TestRequest => {
  const { app, visitor = 'a browser', headers } = request;
  if (app === undefined || visitor === null || request.raw || headers?.cookie !== undefined) return request;
  return { ...request, headers: { ...headers, cookie: visitorCookie(app, visitor) } };
};

const clusterOf = (apps: readonly (string | TestApp)[]) => {
  const cluster = memoryCluster();
  for (const app of apps) {
    const spec = typeof app === 'string' ? { id: app } : { ...app };
    cluster.put(anApp({ name: spec.id, spec }));
  }
  return cluster;
};

/** Starts the app on a free port with a migrated database. */
export const startServer = async (
  postgres: TestPostgres,
  database: string,
  options: TestServerOptions = {},
): Promise<TestServer> => {
  const log = options.log ?? silent;
  const now = options.now ?? Date.now;
  const config = testPostgresConfig(postgres, database, options.poolSize);
  const pool = makePool(config, log);
  const complaints = await prepareDatabase(config, pool, log);
  if (complaints.length > 0) throw new Error(complaints.join('; '));
  const store = makeDocumentStore(pool, { ...STORAGE_LIMITS, ...options.limits });
  const streams = makeEventStreams(options.streamStallMs);
  const cluster = options.cluster ?? clusterOf(options.apps ?? []);
  const limiter = (perSecond = 0) => makeLimiter({ perSecond, burst: perSecond, now });
  const data = assembleAppData({
    pool,
    store,
    ...cluster,
    streams,
    bus: options.bus ?? NO_BUS,
    log,
    visitorSecret: VISITOR_SECRET,
    address: { domain: 'localhost', scheme: 'http' },
    defaultOwner: 'me',
    limits: {
      reads: limiter(options.readsPerSecond),
      writes: limiter(options.writesPerSecond),
      logins: limiter(options.loginsPerSecond),
    },
    guards: {
      passwords: makePasswords(options.hashQueue),
      throttle: makeThrottle({ shared: null, local: makeMemoryThrottle(), now }),
    },
    authorize: options.authorize,
  });
  const metrics = makeMetrics({ process: false });
  const projects = assembleProjects({
    ...cluster,
    work: options.work ?? NO_WORK,
    prices: options.prices ?? null,
    podLogs: options.podLogs ?? NO_LOGS,
    readExportKit: options.readExportKit ?? (async () => null),
    streams,
    now,
    rules: { owner: 'me', domain: 'localhost', publicPort: 80 },
    log,
    randomBelow: (n) => randomInt(n),
    dropDocuments: makeDrop({ drop: store.dropApp, wait: setTimeout, log }),
    forgetApp: makeAppRegistry(pool).forget,
    storageProblem: store.ping,
  });
  const accountsPool = makeAccountsPool(config, log);
  const accounts =
    options.accounts === undefined
      ? makeSingleAccount('me')
      : testAccounts({ ...options.accounts, pool: accountsPool, cache: cluster.cache, log, now });
  const app = makeApp({
    log,
    metrics,
    now,
    proxySecret: SECRET,
    domain: 'localhost',
    webDir: options.webDir ?? null,
    readiness: { required: { apps: () => cluster.cache.problem() }, noted: { postgres: store.ping } },
    accounts: { ...accounts, recheckMs: 100, identify: options.identify ?? accounts.identify },
    data,
    projects,
    gateway: { ...noGateway(now), calls: limiter(options.gatewayPerSecond), metrics, ...options.gateway },
  });
  const server = makeServer(app, options.times);
  await listen(server, 0, '127.0.0.1');
  const { port } = server.address() as AddressInfo;
  return {
    app,
    metrics,
    port,
    pool,
    openStreams: () => streams.count(),
    send: (method, path, request) => sendTo(port, method, path, withVisitor(request)),
    close: async () => {
      streams.drain();
      data.live.stop();
      server.closeAllConnections();
      await drain(server, 100);
      await Promise.all([pool.end(), accountsPool.end()]);
    },
  };
};
