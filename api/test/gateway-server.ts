// The whole API with a gateway in front of a test's own upstream, a real Redis and a log that is kept: for tests of what
// leaks, what is shared and what is refused over HTTP.

import { makeRedisCache, type RedisCache } from '../src/adapters/redis.ts';
import { makeUpstreams, type Upstreams } from '../src/adapters/upstream.ts';
import { observeUpstream } from '../src/gateway/observe-upstream.ts';
import type { FindServices } from '../src/gateway/permission.ts';
import { makeDayQuota } from '../src/gateway/quota.ts';
import { loadRegistry } from '../src/gateway/registry.ts';
import { SERVICE_TABLE } from '../src/gateway/service-table.ts';
import type { Log } from '../src/ports.ts';
import { startServer, type TestAnswer, type TestServer } from './api-server.ts';
import { liveGateway } from './live-gateway.ts';
import type { TestPostgres } from './postgres.ts';
import { startRedis, type TestRedis } from './redis.ts';
import { startUpstream, type TestUpstream } from './upstreams/upstream-server.ts';

/** What tests look at. */
export interface GatewayServer {
  readonly server: TestServer;
  readonly upstream: TestUpstream;
  readonly redis: TestRedis;
  /** Every line that was logged, as JSON. */
  readonly lines: string[];
  ask(body: unknown, given?: { app?: string; headers?: Record<string, string> }): Promise<TestAnswer>;
  close(): Promise<void>;
}

/** What a test may set. */
export interface GatewayServerOptions {
  readonly key: string;
  readonly services?: Readonly<Record<string, Record<string, unknown>>>;
  readonly findServices?: FindServices;
  readonly perDay?: number;
  readonly paidPerDay?: number;
  readonly timeoutMs?: number;
  readonly now?: () => number;
}

const keepingLog = (lines: string[]): Log => {
  const keep = (fields: object, message: string): void => {
    // Errors print as nothing in JSON; here everything of them counts.
    const plain = (_key: string, value: unknown): unknown =>
      value instanceof Error
        ? { ...value, message: value.message, stack: value.stack, cause: value.cause }
        : value;
    lines.push(JSON.stringify({ ...fields, message }, plain));
  };
  return { debug: keep, info: keep, warn: keep, error: keep };
};

/** Starts it all. */
export const startGatewayServer = async (
  postgres: TestPostgres,
  options: GatewayServerOptions,
): Promise<GatewayServer> => {
  const upstream = await startUpstream();
  const redis = await startRedis();
  const lines: string[] = [];
  const log = keepingLog(lines);
  const cache: RedisCache = makeRedisCache(redis.url, log);
  const upstreams: Upstreams = makeUpstreams({ timeoutMs: options.timeoutMs ?? 2_000 });
  const now = options.now ?? Date.now;
  const moved = Object.keys(SERVICE_TABLE).map((name) => [
    name,
    { baseUrl: upstream.url, allowPrivate: true },
  ]);
  const services = { ...Object.fromEntries(moved), ...options.services };
  const observed: { hear: Parameters<typeof observeUpstream>[1] } = { hear: () => undefined };
  const gateway = liveGateway({
    registry: loadRegistry(SERVICE_TABLE, { services }),
    ask: observeUpstream(upstreams.ask, (call) => observed.hear(call), now),
    readKey: () => options.key,
    shared: cache,
    now,
    ...(options.findServices === undefined ? {} : { findServices: options.findServices }),
  });
  const quota = (name: string, perDay = 0) => makeDayQuota({ name, perDay, add: cache.add, now });
  const server = await startServer(postgres, await postgres.database(), {
    log,
    now,
    gateway: {
      gateway,
      perDay: quota('all', options.perDay),
      paidPerDay: quota('paid', options.paidPerDay),
    },
  });
  observed.hear = ({ service, outcome, seconds }) =>
    server.metrics.gatewayUpstream.observe({ service, outcome }, seconds);
  return {
    server,
    upstream,
    redis,
    lines,
    ask: (body, { app = 'gateapp', headers = {} } = {}) =>
      server.send('POST', '/api/gateway/', { app, body, headers }),
    close: async () => {
      await server.close();
      await upstreams.close();
      cache.close();
      await redis.stop();
      upstream.close();
    },
  };
};
