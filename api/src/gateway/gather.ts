// Answers a question to a service of the registry: checks the parameters, asks the cache or the upstream for each part,
// puts the parts together. Every error says what failed and why in words that an app may show; none holds an address
// or a key.
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { GatewayCache } from './cache.ts';
import { cacheKey } from './cache-key.ts';
import type { Cached, CacheEntry } from './cache-layers.ts';
import { type Prepared, type ServiceAction, type UpstreamCall, UpstreamSaysNo } from './compile-action.ts';
import type { Credentials } from './credentials.ts';
import { makeRedact } from './redact.ts';
import type { ConfiguredService } from './registry.ts';
import type { AskUpstream, UpstreamAnswer } from './upstream-request.ts';

/** What gathering needs. */
export interface GatherParts {
  readonly ask: AskUpstream;
  readonly credentials: Credentials;
  readonly cache: GatewayCache;
  readonly now: Clock;
}

/** A question to one service. */
export interface Question {
  readonly service: ConfiguredService;
  readonly actionName: string;
  readonly params: object;
  /** Who asks, for answers that are not shared. */
  readonly asker: string;
}

/** What is known when all parts are there. Times in milliseconds. */
export interface Gathered {
  readonly data: unknown;
  readonly sample: boolean;
  readonly stale: boolean;
  readonly cached: boolean;
  readonly at: number;
  readonly freshUntil: number;
  /** False when the answer is the asker's own. */
  readonly shared: boolean;
}

const findAction = (service: ConfiguredService, name: string): ServiceAction => {
  const found = service.actions.get(name);
  if (found) return found;
  const known = [...service.actions.keys()].join(', ');
  throw new ApiError('invalid_request', `${service.title} has no such action; it has ${known}.`, {
    field: 'action',
  });
};

/** Runs a check of parameters and turns its complaint into an error that names the field. */
export const checkParams = <T>(title: string, check: () => T): T => {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const issue = error.issues[0];
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    const field = unknown ?? issue?.path.join('.') ?? '';
    const message = unknown === undefined ? (issue?.message ?? 'not valid') : 'there is no such parameter';
    const what = `${field === '' ? '' : `${field}: `}${message}`;
    throw new ApiError('invalid_request', `${title} cannot be asked this: ${what}.`, {
      ...(field === '' ? {} : { field }),
    });
  }
};

const refusedText = (service: ConfiguredService): string =>
  service.key ? ` Check the entry ${service.key.entry} of the Secret with the service keys.` : '';

const errorOf = (service: ConfiguredService, code: UpstreamSaysNo['code'], status: number): ApiError => {
  const { title } = service;
  const texts: Record<UpstreamSaysNo['code'], string> = {
    upstream_not_found: `${title} does not know what was asked for.`,
    upstream_rate_limited: `${title} takes no more requests for now.`,
    upstream_refused: `${title} refuses the request (status ${status}).${refusedText(service)}`,
    upstream_invalid: `${title} answered with status ${status}.`,
  };
  return new ApiError(code, texts[code], code === 'upstream_rate_limited' ? { retryAfter: 30 } : {});
};

const MAX_RETRY_AFTER = 3600;

const checkStatus = (service: ConfiguredService, { status, retryAfter, body }: UpstreamAnswer): void => {
  // 402 is what some say when the points of a plan are used up.
  if (status === 429 || status === 402) {
    throw new ApiError('upstream_rate_limited', `${service.title} takes no more requests for now.`, {
      retryAfter: Math.min(retryAfter ?? 30, MAX_RETRY_AFTER),
    });
  }
  if (status === 404) throw errorOf(service, 'upstream_not_found', status);
  if (status === 401 || status === 403) throw errorOf(service, 'upstream_refused', status);
  if (status !== 200) throw errorOf(service, 'upstream_invalid', status);
  if (body === undefined) throw notUnderstood(service);
};

const notUnderstood = (service: ConfiguredService): ApiError =>
  new ApiError('upstream_invalid', `${service.title} answered in a form that is not understood.`);

interface Job {
  readonly service: ConfiguredService;
  readonly call: UpstreamCall;
  readonly prepared: Prepared;
}

const askSigned = async ({ ask, credentials }: GatherParts, { service, call }: Job) => {
  const signed = await credentials.sign(service, call);
  const answer = await ask(service, signed.request);
  // A token that ended early: once more with a new one.
  if (answer.status !== 401 || !credentials.refused(service)) return { answer, secrets: signed.secrets };
  const again = await credentials.sign(service, call);
  return { answer: await ask(service, again.request), secrets: [...signed.secrets, ...again.secrets] };
};

const fetchItem = async (parts: GatherParts, job: Job): Promise<CacheEntry> => {
  const { service, call, prepared } = job;
  const { answer, secrets } = await askSigned(parts, job);
  checkStatus(service, answer);
  const body = makeRedact(secrets)(answer.body);
  try {
    return { data: prepared.parse(body, call), sample: answer.sample, at: parts.now() };
  } catch (error) {
    throw error instanceof UpstreamSaysNo
      ? errorOf(service, error.code, answer.status)
      : notUnderstood(service);
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

const timesOf = ({ ttlSeconds, staleSeconds, staleIfErrorSeconds }: ServiceAction) => ({
  ttlSeconds,
  staleSeconds,
  staleIfErrorSeconds: staleIfErrorSeconds ?? staleSeconds,
});

/** Answers a question. */
export const gather = async (parts: GatherParts, question: Question): Promise<Gathered> => {
  const { service, actionName, params, asker } = question;
  const action = findAction(service, actionName);
  const prepared = checkParams(service.title, () => action.prepare(params));
  const owner = action.scope === 'app' ? asker : null;
  const loadItem = (call: UpstreamCall): Promise<Cached | null> =>
    tryItem(() =>
      parts.cache({
        key: cacheKey({ service, action: actionName, call, owner }),
        times: timesOf(action),
        accepts: prepared.accepts,
        load: () => fetchItem(parts, { service, call, prepared }),
      }),
    );
  const found = await Promise.all(prepared.calls.map(loadItem));
  const items = found.filter((item) => item !== null);
  if (items.length === 0) throw errorOf(service, 'upstream_not_found', 404);
  const missing = prepared.calls.filter((_, i) => found[i] === null).map((call) => call.key);
  const at = Math.min(...items.map(({ entry }) => entry.at));
  return {
    data: prepared.combine(
      items.map(({ entry }) => entry.data),
      missing,
    ),
    sample: items.some(({ entry }) => entry.sample),
    stale: items.some(({ stale }) => stale),
    cached: items.every(({ cached }) => cached),
    at,
    // What the upstream did not know may be there in a moment: errors are not kept.
    freshUntil: missing.length > 0 ? 0 : at + action.ttlSeconds * 1000,
    shared: owner === null,
  };
};
