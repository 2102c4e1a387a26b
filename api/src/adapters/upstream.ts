// The gateway's way out. The name is resolved once, every address of the answer is checked, and the connection goes to
// exactly those addresses. Nothing of the client's request is forwarded; redirects are not followed; an answer is
// cut at its size and time limits. Messages name the error's code only: an address or a query could hold a key.
import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher, request } from 'undici';
import { MAX_UPSTREAM_BYTES, UPSTREAM_CONNECT_TIMEOUT_MS, UPSTREAM_TIMEOUT_MS } from '../contract/limits.ts';
import { ApiError } from '../errors.ts';
import { isForbiddenAddress } from '../gateway/forbidden-address.ts';
import type { AskUpstream, UpstreamAnswer } from '../gateway/gateway.ts';
import type { ConfiguredService } from '../gateway/service-config.ts';

/** Resolves a name to all its addresses. */
export type Resolve = (name: string) => Promise<readonly LookupAddress[]>;

/** Limits and the resolver; tests set their own. */
export interface UpstreamOptions {
  readonly resolve: Resolve;
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly maxBytes: number;
}

class ForbiddenAddress extends Error {}

const systemResolve: Resolve = (name) =>
  new Promise((resolve, reject) => {
    dnsLookup(name, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });

const DEFAULTS: UpstreamOptions = {
  resolve: systemResolve,
  timeoutMs: UPSTREAM_TIMEOUT_MS,
  connectTimeoutMs: UPSTREAM_CONNECT_TIMEOUT_MS,
  maxBytes: MAX_UPSTREAM_BYTES,
};

/** A `lookup` for sockets that gives only allowed addresses; one bad one in the set refuses the whole set. */
const guardedLookup =
  (resolve: Resolve, allowPrivate: boolean): LookupFunction =>
  (name, options, callback) => {
    resolve(name).then(
      (addresses) => {
        const first = addresses[0];
        const bad = !allowPrivate && addresses.some(({ address }) => isForbiddenAddress(address));
        if (bad || first === undefined) callback(new ForbiddenAddress('forbidden address'), '', 4);
        else if (options.all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 4),
    );
  };

const makeAgent = (options: UpstreamOptions, allowPrivate: boolean): Agent =>
  new Agent({
    connect: { timeout: options.connectTimeoutMs, lookup: guardedLookup(options.resolve, allowPrivate) },
    connections: 32,
    maxHeaderSize: 16 * 1024,
    headersTimeout: options.timeoutMs,
    bodyTimeout: options.timeoutMs,
    maxResponseSize: options.maxBytes,
  });

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name cannot be resolved',
  EAI_AGAIN: 'name resolution does not answer',
  ECONNREFUSED: 'the connection was refused',
  ENETUNREACH: 'there is no route to it',
  EHOSTUNREACH: 'there is no route to it',
};

const findCode = (error: unknown): string => {
  for (let current = error; typeof current === 'object' && current !== null; ) {
    if ('code' in current && typeof current.code === 'string') return current.code;
    current = 'cause' in current ? current.cause : undefined;
  }
  return '';
};

const isForbidden = (error: unknown): boolean =>
  error instanceof ForbiddenAddress || (error instanceof Error && error.cause instanceof ForbiddenAddress);

const TIMEOUTS = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);
const TOO_LARGE = new Set([
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
  'UND_ERR_HEADERS_OVERFLOW',
  'HPE_HEADER_OVERFLOW',
]);

/** What a failed call means, in words that an app may show. */
const upstreamError = (title: string, error: unknown): ApiError => {
  if (error instanceof ApiError) return error;
  if (isForbidden(error)) {
    return new ApiError('upstream_forbidden', `${title} resolves to an address that must not be called.`);
  }
  const code = findCode(error);
  const timedOut = TIMEOUTS.has(code) || (error instanceof Error && error.name === 'TimeoutError');
  if (timedOut) return new ApiError('upstream_timeout', `${title} did not answer in time.`);
  if (TOO_LARGE.has(code)) return new ApiError('upstream_too_large', `${title} sent more than is taken.`);
  const why = [WORDS[code], /^[A-Z0-9_]+$/.test(code) ? code : undefined]
    .filter((part) => part !== undefined)
    .join(', ');
  return new ApiError(
    'upstream_unreachable',
    `${title} could not be reached from this cluster${why === '' ? '' : ` (${why})`}.`,
  );
};

const readJson = async (
  body: Dispatcher.ResponseData['body'],
  maxBytes: number,
  title: string,
): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBytes) throw new ApiError('upstream_too_large', `${title} sent more than is taken.`);
    chunks.push(bytes);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return null;
  }
};

const targetOf = (service: ConfiguredService, path: string, query: URLSearchParams): URL => {
  const prefix = service.base.pathname.replace(/\/+$/, '');
  const url = new URL(service.base.origin);
  url.pathname = `${prefix}${path}`;
  url.search = query.toString();
  return url;
};

const toAnswer = async (
  service: ConfiguredService,
  response: Dispatcher.ResponseData,
  maxBytes: number,
): Promise<UpstreamAnswer> => {
  const { statusCode: status, headers } = response;
  if (status >= 300 && status < 400) {
    response.body.on('error', () => undefined).destroy();
    throw new ApiError(
      'upstream_redirected',
      `${service.title} answered with a redirect, which is not followed.`,
    );
  }
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    response.body.on('error', () => undefined).destroy();
    throw new ApiError(
      'upstream_invalid',
      `${service.title} sent a compressed answer, which was not asked for.`,
    );
  }
  const body = await readJson(response.body, maxBytes, service.title);
  const retry = Number(headers['retry-after']);
  return {
    status,
    body,
    sample: headers['x-faibric-sample'] === 'true' && service.allowPrivate,
    retryAfter: retry > 0 ? retry : null,
  };
};

/** The way out, and its end. */
export interface Upstreams {
  readonly ask: AskUpstream;
  close(): Promise<void>;
}

/** Makes the way out. */
export const makeUpstreams = (given: Partial<UpstreamOptions> = {}): Upstreams => {
  const options = { ...DEFAULTS, ...given };
  const open = makeAgent(options, false);
  const anywhere = makeAgent(options, true);
  const ask: AskUpstream = async (service, path, query) => {
    try {
      const response = await request(targetOf(service, path, query), {
        dispatcher: service.allowPrivate ? anywhere : open,
        headers: {
          accept: 'application/json',
          'accept-encoding': 'identity',
          'user-agent': 'Mozilla/5.0 (compatible; Faibric)',
        },
        signal: AbortSignal.timeout(options.timeoutMs),
      });
      return await toAnswer(service, response, options.maxBytes);
    } catch (error) {
      throw upstreamError(service.title, error);
    }
  };
  return {
    ask,
    close: async () => {
      await Promise.all([open.destroy(), anywhere.destroy()]);
    },
  };
};
