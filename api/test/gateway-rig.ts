// The gateway over a pretended way out, for tests of what it asks and what it makes of answers: the sample upstreams answer
// unless a test says otherwise, the clock stands still until it is moved, and the shared cache is a Map.

import { makeGatewayCache } from '../src/gateway/cache.ts';
import type { SharedCache } from '../src/gateway/cache-layers.ts';
import { type Gateway, makeGateway } from '../src/gateway/gateway.ts';
import { investment } from '../src/gateway/investment.ts';
import type { Asker, FindServices } from '../src/gateway/permission.ts';
import { type GatewayConfig, loadRegistry } from '../src/gateway/registry.ts';
import { SERVICE_TABLE } from '../src/gateway/service-table.ts';
import type { AskUpstream, UpstreamAnswer, UpstreamRequest } from '../src/gateway/upstream-request.ts';
import { sampleAnswer } from '../src/sample-upstreams/answers.ts';

/** When the rig's clock stands at first. */
export const NOW = Date.parse('2026-11-23T08:00:00Z');
/** The value of every key of the rig. */
export const KEY = 'canary-key/91f2+x';
/** Who asks when a test does not say. */
export const APP: Asker = { kind: 'app', appId: 'appone' };

/** One call that went out. */
export interface Asked {
  readonly service: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly form: string;
}

/** A shared cache in memory, with real locks. */
export const memoryShared = (): SharedCache & { entries: Map<string, string> } => {
  const entries = new Map<string, string>();
  const locks = new Set<string>();
  return {
    entries,
    get: async (key) => entries.get(key) ?? null,
    set: async (key, value) => {
      entries.set(key, value);
    },
    lock: async (key) => {
      if (locks.has(key)) return 'held';
      locks.add(key);
      return async () => {
        locks.delete(key);
      };
    },
  };
};

/** What a rig may be made of. */
export interface RigOptions {
  readonly answer?: (asked: Asked) => Partial<UpstreamAnswer> | Promise<Partial<UpstreamAnswer>>;
  readonly key?: string | null;
  readonly shared?: SharedCache;
  readonly config?: GatewayConfig;
  readonly findServices?: FindServices;
  readonly clock?: { time: number };
}

/** A gateway, what it asked, and its clock. */
export interface Rig {
  readonly gateway: Gateway;
  readonly asked: Asked[];
  readonly clock: { time: number };
  ask(request: object, asker?: Asker): ReturnType<Gateway['answer']>;
}

const askedOf = (name: string, base: URL, { path, query, headers, form }: UpstreamRequest): Asked => ({
  service: name,
  host: base.host,
  path,
  query: query.toString(),
  headers,
  form: form?.toString() ?? '',
});

/** Makes a rig. */
export const gatewayRig = (options: RigOptions = {}): Rig => {
  const asked: Asked[] = [];
  const clock = options.clock ?? { time: NOW };
  const ask: AskUpstream = async (target, request) => {
    const call = askedOf(target.name, target.base, request);
    asked.push(call);
    const sample = sampleAnswer(new URL(`http://sample${call.path}?${call.query}`), clock.time);
    const own = await options.answer?.(call);
    return { status: sample?.status ?? 404, body: sample?.body, sample: true, retryAfter: null, ...own };
  };
  const gateway = makeGateway({
    registry: loadRegistry(SERVICE_TABLE, options.config ?? { services: {} }),
    computed: [investment],
    ask,
    readKey: () => (options.key === undefined ? KEY : options.key),
    cache: makeGatewayCache({
      shared: options.shared ?? memoryShared(),
      now: () => clock.time,
      wait: () => new Promise((resolve) => setImmediate(resolve)),
      localBytes: 1_000_000,
      lockMs: 10_000,
    }),
    findServices: options.findServices ?? (() => null),
    now: () => clock.time,
  });
  return {
    gateway,
    asked,
    clock,
    ask: (request, asker = APP) => gateway.answer({ service: '', ...request }, asker),
  };
};
