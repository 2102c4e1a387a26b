// A gateway over real upstreams (a test's own servers), without Redis unless a test brings it.
import { setTimeout as wait } from 'node:timers/promises';
import { makeGatewayCache } from '../src/gateway/cache.ts';
import type { SharedCache } from '../src/gateway/cache-layers.ts';
import { type Gateway, makeGateway } from '../src/gateway/gateway.ts';
import { investment } from '../src/gateway/investment.ts';
import type { FindServices } from '../src/gateway/permission.ts';
import type { Registry } from '../src/gateway/registry.ts';
import { makeRendered } from '../src/gateway/rendered.ts';
import type { AskUpstream, ReadKey } from '../src/gateway/upstream-request.ts';
import type { GatewayRoutes } from '../src/routes/gateway.ts';

/** What a test brings. */
export interface LiveGateway {
  readonly registry: Registry;
  readonly ask: AskUpstream;
  readonly readKey?: ReadKey;
  readonly shared?: SharedCache;
  readonly now?: () => number;
  readonly lockMs?: number;
  readonly findServices?: FindServices;
}

/** A shared cache that is not there. */
export const noShared: SharedCache = {
  get: async () => null,
  set: async () => undefined,
  lock: async () => 'gone',
};

/** What the gateway's routes need where a test has no gateway. */
export const noGateway = (now: () => number): Omit<GatewayRoutes, 'calls' | 'metrics'> => ({
  gateway: {
    list: () => ({ services: [] }),
    admit: () => ({ paid: false }),
    answer: () => Promise.reject(new Error('no gateway in this test')),
  },
  rendered: makeRendered(1_000_000, now),
  perDay: () => 0,
  paidPerDay: () => 0,
});

/** Makes the gateway. */
export const liveGateway = (given: LiveGateway): Gateway => {
  const now = given.now ?? Date.now;
  const cache = makeGatewayCache({
    shared: given.shared ?? noShared,
    now,
    wait,
    localBytes: 4_000_000,
    lockMs: given.lockMs ?? 10_000,
  });
  return makeGateway({
    registry: given.registry,
    computed: [investment],
    ask: given.ask,
    readKey: given.readKey ?? (() => null),
    cache,
    findServices: given.findServices ?? (() => null),
    now,
  });
};
