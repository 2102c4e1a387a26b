// The gateway: finds the service that a request names, asks who may use it, and answers. Names are looked up in Maps made at
// the start; a name that is in none of them is no service, whatever it is.
import type { GatewayAnswer, GatewayRequest, GatewayServices } from '../contract/gateway.ts';
import { ApiError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { GatewayCache } from './cache.ts';
import type { AskService, ComputedService } from './computed-service.ts';
import { makeCredentials } from './credentials.ts';
import { checkParams, type Gathered, type GatherParts, gather } from './gather.ts';
import { listServices, missingKeyText } from './list-services.ts';
import { type Asker, askerKey, type FindServices, requireService } from './permission.ts';
import { findName, type Registry } from './registry.ts';
import type { AskUpstream, ReadKey } from './upstream-request.ts';

/** What the gateway is made of. */
export interface GatewayParts {
  readonly registry: Registry;
  readonly computed: readonly ComputedService[];
  readonly ask: AskUpstream;
  readonly readKey: ReadKey;
  readonly cache: GatewayCache;
  readonly now: Clock;
  readonly findServices: FindServices;
}

/** An answer, and until when (in milliseconds) it may be given out again as it is. */
export interface Answered {
  readonly answer: GatewayAnswer;
  readonly freshUntil: number;
  /** False when the answer is the asker's own. */
  readonly shared: boolean;
}

/** The gateway. */
export interface Gateway {
  /** Answers a request; throws an ApiError. */
  answer(request: GatewayRequest, asker: Asker): Promise<Answered>;
  /** Throws an ApiError when the asker may not use the service; true when it costs money. */
  admit(service: string, asker: Asker): { readonly paid: boolean };
  list(): GatewayServices;
}

const unknownService = (known: readonly string[]): ApiError =>
  new ApiError('unknown_service', `There is no such service; there are ${known.join(', ')}.`, {
    field: 'service',
  });

type Found =
  | { readonly kind: 'row'; readonly service: NonNullable<ReturnType<Registry['get']>> }
  | { readonly kind: 'computed'; readonly service: ComputedService };

const together = (data: unknown, parts: readonly Gathered[]): Gathered => ({
  data,
  sample: parts.some(({ sample }) => sample),
  stale: parts.some(({ stale }) => stale),
  cached: parts.every(({ cached }) => cached),
  at: Math.min(...parts.map(({ at }) => at)),
  freshUntil: Math.min(...parts.map(({ freshUntil }) => freshUntil)),
  shared: parts.every(({ shared }) => shared),
});

const toAnswer = (service: string, action: string, found: Gathered): Answered => ({
  answer: {
    service,
    action,
    data: found.data,
    ...(found.sample ? { sample: true as const } : {}),
    ...(found.stale ? { stale: true as const } : {}),
    fetchedAt: new Date(found.at).toISOString(),
    cached: found.cached,
  },
  freshUntil: found.stale ? 0 : found.freshUntil,
  shared: found.shared,
});

/** Makes the gateway. */
export const makeGateway = (parts: GatewayParts): Gateway => {
  const { registry, computed, now } = parts;
  const credentials = makeCredentials(parts);
  const gatherParts: GatherParts = { ...parts, credentials };
  const computedByName = new Map(computed.map((service) => [service.name, service]));
  const known = [...registry.keys(), ...computedByName.keys()];
  const names = new Set(known);

  const find = (given: string): Found => {
    const name = findName(names, given);
    const row = registry.get(name);
    if (row !== undefined) return { kind: 'row', service: row };
    const service = computedByName.get(name);
    if (service === undefined) throw unknownService(known);
    return { kind: 'computed', service };
  };

  const askRow = (found: Found, action: string | undefined, given: { params: object; asker: Asker }) => {
    if (found.kind !== 'row') throw unknownService(known);
    const { service } = found;
    const missing = credentials.missing(service);
    if (missing.length > 0) throw new ApiError('service_not_configured', missingKeyText(service, missing));
    const actionName = action ?? service.defaultAction;
    return gather(gatherParts, {
      service,
      actionName,
      params: given.params,
      asker: askerKey(given.asker),
    });
  };

  const compute = async (
    service: ComputedService,
    action: string,
    given: { params: object; asker: Asker },
  ) => {
    const found = service.actions.get(action);
    if (found === undefined) {
      const all = [...service.actions.keys()].join(', ');
      throw new ApiError('invalid_request', `${service.title} has no such action; it has ${all}.`, {
        field: 'action',
      });
    }
    const run = checkParams(service.title, () => found.prepare(given.params, now()));
    const gathered: Gathered[] = [];
    const ask: AskService = async (name, part, params) => {
      const one = await askRow(find(name), part, { params, asker: given.asker });
      gathered.push(one);
      return one.data;
    };
    return together(await run(ask), gathered);
  };

  return {
    list: () => listServices(registry, computed, credentials),
    admit: (name, asker) => {
      const { kind, service } = find(name);
      const paid = kind === 'row' && service.paid;
      requireService(asker, { name: service.name, title: service.title, paid }, parts.findServices);
      return { paid };
    },
    answer: async ({ service: name, action, ...params }, asker) => {
      const found = find(name);
      const { service } = found;
      const actionName = action ?? service.defaultAction;
      const result =
        found.kind === 'computed'
          ? await compute(found.service, actionName, { params, asker })
          : await askRow(found, actionName, { params, asker });
      return toAnswer(service.name, actionName, result);
    },
  };
};
