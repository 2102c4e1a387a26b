// Puts the gateway of a running API together: table and settings, Redis, the way out, quotas. Without Redis it works
// alone: caches and quotas in this process.
import type { AppIndex } from '../access/app-index.ts';
import type { Config } from '../config.ts';
import { MAX_GATEWAY_CACHE_BYTES, UPSTREAM_TIMEOUT_MS } from '../contract/limits.ts';
import { makeGatewayCache } from '../gateway/cache.ts';
import type { SharedCache } from '../gateway/cache-layers.ts';
import { makeGateway } from '../gateway/gateway.ts';
import { investment } from '../gateway/investment.ts';
import { observeUpstream } from '../gateway/observe-upstream.ts';
import type { FindServices } from '../gateway/permission.ts';
import { type AddShared, makeDayQuota } from '../gateway/quota.ts';
import { loadRegistry } from '../gateway/registry.ts';
import { makeRendered } from '../gateway/rendered.ts';
import { SERVICE_TABLE } from '../gateway/service-table.ts';
import type { AskUpstream } from '../gateway/upstream-request.ts';
import { makeLimiter } from '../http/rate-limit.ts';
import type { Metrics } from '../metrics.ts';
import type { Clock } from '../ports.ts';
import type { GatewayRoutes } from '../routes/gateway.ts';
import type { RedisCache } from './redis.ts';
import { makeReadKey } from './service-keys.ts';

/** What the gateway of a running API is made of. */
export interface GatewaySetup {
  readonly config: Pick<Config, 'gateway' | 'env'>;
  readonly ask: AskUpstream;
  readonly redis: Omit<RedisCache, 'close'> | null;
  readonly apps: AppIndex;
  readonly metrics: Metrics;
  readonly now: Clock;
  readonly wait: (ms: number) => Promise<unknown>;
}

const NO_CACHE: SharedCache = {
  get: async () => null,
  set: async () => undefined,
  lock: async () => 'gone',
};
const NO_COUNTER: AddShared = async () => null;

const servicesOf =
  (apps: AppIndex): FindServices =>
  (appId) => {
    const app = apps.find(appId);
    return app === null ? null : { allowed: app.spec.services ?? null, planned: app.status?.services ?? [] };
  };

/** Makes what the gateway's routes need; throws an Error that a person can act on when a row is wrong. */
export const makeGatewayRoutes = (setup: GatewaySetup): GatewayRoutes => {
  const { config, redis, metrics, now } = setup;
  const { env } = config;
  const add = redis?.add ?? NO_COUNTER;
  const perSecond = env.FAIBRIC_GATEWAY_CALLS_PER_SECOND;
  const hear = ({ service, outcome, seconds }: { service: string; outcome: string; seconds: number }): void =>
    metrics.gatewayUpstream.observe({ service, outcome }, seconds);
  const gateway = makeGateway({
    registry: loadRegistry(SERVICE_TABLE, config.gateway),
    computed: [investment],
    ask: observeUpstream(setup.ask, hear, now),
    readKey: makeReadKey(env.FAIBRIC_GATEWAY_KEYS_DIR, now),
    cache: makeGatewayCache({
      shared: redis ?? NO_CACHE,
      now,
      wait: setup.wait,
      localBytes: MAX_GATEWAY_CACHE_BYTES,
      lockMs: UPSTREAM_TIMEOUT_MS,
    }),
    findServices: servicesOf(setup.apps),
    now,
  });
  return {
    gateway,
    rendered: makeRendered(MAX_GATEWAY_CACHE_BYTES, now),
    calls: makeLimiter({ perSecond, burst: perSecond * 2, now }),
    perDay: makeDayQuota({ name: 'all', perDay: env.FAIBRIC_GATEWAY_CALLS_PER_DAY, add, now }),
    paidPerDay: makeDayQuota({ name: 'paid', perDay: env.FAIBRIC_GATEWAY_PAID_CALLS_PER_DAY, add, now }),
    metrics,
  };
};
