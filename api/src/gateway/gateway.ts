// Answers a gateway request: finds the service, checks the parameters, asks the cache or the upstream, gathers the
// parts. Every error says what failed and why in words that an app may show; none holds a URL or a key.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { GatewayAnswer, GatewayRequest, GatewayServices } from '../contract/gateway.ts';
import { ApiError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { Cached, CacheEntry, GatewayCache } from './cache.ts';
import type { Prepared, ServiceAction, UpstreamCall } from './service.ts';
import type { ConfiguredService } from './service-config.ts';

/** What an upstream answered: status, JSON body, and whether it marked its values as samples. */
export interface UpstreamAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly sample: boolean;
  readonly retryAfter: number | null;
}

/** Makes one GET to an upstream; throws an ApiError with a code `upstream_…`. */
export type AskUpstream = (
  service: ConfiguredService,
  path: string,
  query: URLSearchParams,
) => Promise<UpstreamAnswer>;

/** Reads an entry of the Secret with the service keys; null when it is not set. */
export type ReadKey = (entry: string) => string | null;

/** What the gateway is made of. */
export interface GatewayParts {
  readonly services: ReadonlyMap<string, ConfiguredService>;
  readonly ask: AskUpstream;
  readonly readKey: ReadKey;
  readonly cache: GatewayCache;
  readonly now: Clock;
}

/** The gateway. */
export interface Gateway {
  answer(request: GatewayRequest): Promise<GatewayAnswer>;
  list(): GatewayServices;
}

const missingKeyText = (service: ConfiguredService): string =>
  `${service.title} needs a key: set the entry ${service.key?.entry ?? ''} of the Secret with the service keys.`;

const findAction = (service: ConfiguredService, name: string): ServiceAction => {
  const found = Object.hasOwn(service.actions, name) ? service.actions[name] : undefined;
  if (found) return found;
  const known = Object.keys(service.actions).join(', ');
  throw new ApiError('invalid_request', `${service.title} has no such action; it has ${known}.`, {
    field: 'action',
  });
};

const prepare = (service: ConfiguredService, action: ServiceAction, params: unknown): Prepared => {
  try {
    return action.prepare(params);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const issue = error.issues[0];
    const field = issue?.path.join('.') ?? '';
    const what = `${field === '' ? '' : `${field}: `}${issue?.message ?? 'not valid'}`;
    throw new ApiError(
      'invalid_request',
      `${service.title} cannot be asked this: ${what}.`,
      field === '' ? {} : { field },
    );
  }
};

// Length-prefixed, so that no two different requests make the same text.
const cacheKey = (service: ConfiguredService, action: string, call: UpstreamCall): string => {
  const query = Object.entries(call.query).sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = [service.name, service.base.href, action, call.path, ...query.flat()];
  const text = parts.map((part) => `${part.length}:${part}`).join('');
  return `faibric:gateway:1:${createHash('sha256').update(text).digest('base64url')}`;
};

const checkStatus = (service: ConfiguredService, answer: UpstreamAnswer): void => {
  const { status } = answer;
  if (status === 200) return;
  if (status === 404)
    throw new ApiError('upstream_not_found', `${service.title} does not know what was asked for.`);
  if (status === 429) {
    throw new ApiError('upstream_rate_limited', `${service.title} takes no more requests for now.`, {
      retryAfter: Math.min(answer.retryAfter ?? 30, 3600),
    });
  }
  if (status === 401 || status === 403) {
    const remedy = service.key
      ? ` Check the entry ${service.key.entry} of the Secret with the service keys.`
      : '';
    throw new ApiError(
      'upstream_refused',
      `${service.title} refuses the request (status ${status}).${remedy}`,
    );
  }
  throw new ApiError('upstream_invalid', `${service.title} answered with status ${status}.`);
};

const fetchItem = async (
  parts: GatewayParts,
  service: ConfiguredService,
  job: { call: UpstreamCall; prepared: Prepared },
) => {
  const query = new URLSearchParams({ ...job.call.query });
  const key = service.key ? parts.readKey(service.key.entry) : null;
  if (service.key && key !== null) query.set(service.key.parameter, key);
  const answer = await parts.ask(service, job.call.path, query);
  checkStatus(service, answer);
  try {
    const data = job.prepared.parse(answer.body, job.call);
    return {
      data,
      sample: answer.sample,
      fetchedAt: new Date(parts.now()).toISOString(),
    } satisfies CacheEntry;
  } catch {
    throw new ApiError('upstream_invalid', `${service.title} answered in a form that is not understood.`);
  }
};

/** An answer of one call, or null when the upstream does not know the thing. */
const tryItem = async (load: () => Promise<Cached>): Promise<Cached | null> => {
  try {
    return await load();
  } catch (error) {
    if (error instanceof ApiError && error.code === 'upstream_not_found') return null;
    throw error;
  }
};

interface Asked {
  readonly service: ConfiguredService;
  readonly actionName: string;
  readonly params: unknown;
}

const gather = async (
  parts: GatewayParts,
  { service, actionName, params }: Asked,
): Promise<GatewayAnswer> => {
  const action = findAction(service, actionName);
  const prepared = prepare(service, action, params);
  const found = await Promise.all(
    prepared.calls.map((call) =>
      tryItem(() =>
        parts.cache(cacheKey(service, actionName, call), action.ttlSeconds, () =>
          fetchItem(parts, service, { call, prepared }),
        ),
      ),
    ),
  );
  const items = found.filter((item) => item !== null);
  if (items.length === 0) {
    throw new ApiError('upstream_not_found', `${service.title} does not know what was asked for.`);
  }
  const missing = prepared.calls.filter((_, i) => found[i] === null).map((call) => call.key);
  const data = prepared.combine({ items: items.map((item) => item.entry.data), missing });
  const sample = items.some((item) => item.entry.sample) ? { sample: true as const } : {};
  const fetchedAt = items.map((item) => item.entry.fetchedAt).sort()[0] ?? '';
  return {
    service: service.name,
    action: actionName,
    data,
    ...sample,
    fetchedAt,
    cached: items.every((item) => item.cached),
  };
};

const isMissingKey = (parts: GatewayParts, service: ConfiguredService): boolean =>
  service.requireKey && service.key !== undefined && parts.readKey(service.key.entry) === null;

const describe = (parts: GatewayParts, service: ConfiguredService): GatewayServices['services'][number] => {
  const missing = isMissingKey(parts, service);
  return {
    service: service.name,
    title: service.title,
    available: !missing,
    detail: missing ? missingKeyText(service) : '',
    actions: Object.entries(service.actions).map(([name, { description, example }]) => ({
      action: name,
      description,
      example: { service: service.name, action: name, ...example },
    })),
  };
};

/** Makes the gateway. */
export const makeGateway = (parts: GatewayParts): Gateway => ({
  list: () => ({ services: [...parts.services.values()].map((service) => describe(parts, service)) }),
  answer: async ({ service: name, action, ...params }) => {
    const service = parts.services.get(name);
    if (service === undefined) {
      const known = [...parts.services.keys()].join(', ');
      throw new ApiError('unknown_service', `There is no such service; there are ${known}.`, {
        field: 'service',
      });
    }
    if (isMissingKey(parts, service)) throw new ApiError('service_not_configured', missingKeyText(service));
    return gather(parts, { service, actionName: action ?? service.defaultAction, params });
  },
});
