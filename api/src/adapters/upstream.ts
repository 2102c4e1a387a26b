// The gateway's way out. The name is resolved once, every address of the answer is checked, and the connection goes to
// exactly those addresses. Nothing of the client's request is forwarded; redirects are not followed; an answer is
// cut at its size and time limits. Messages name the error's code only: an address or a query could hold a key.
import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import { Agent, type Dispatcher, request } from 'undici';
import { MAX_UPSTREAM_BYTES, UPSTREAM_CONNECT_TIMEOUT_MS, UPSTREAM_TIMEOUT_MS } from '../contract/limits.ts';
import { ApiError } from '../errors.ts';
import { isForbiddenAddress } from '../gateway/forbidden-address.ts';
import type {
  AskUpstream,
  UpstreamAnswer,
  UpstreamRequest,
  UpstreamTarget,
} from '../gateway/upstream-request.ts';

/** Resolves a name to all its addresses. */
export type Resolve = (name: string) => Promise<readonly LookupAddress[]>;

/** Limits and the resolver; tests set their own. */
export interface UpstreamOptions {
  readonly resolve: Resolve;
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly maxBytes: number;
  /** An authority to trust besides the system's, in PEM. There is no way to trust everything. */
  readonly ca: string | undefined;
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
  ca: undefined,
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
    connect: {
      timeout: options.connectTimeoutMs,
      lookup: guardedLookup(options.resolve, allowPrivate),
      // Written out, so that no variable of Node's can switch it off.
      rejectUnauthorized: true,
      ...(options.ca === undefined ? {} : { ca: [...rootCertificates, options.ca] }),
    },
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
const CLOSED = new Set(['UND_ERR_SOCKET', 'ECONNRESET']);
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
    return JSON.parse(
      Buffer.concat(chunks)
        .toString('utf8')
        .replace(/^\ufeff/, ''),
    );
  } catch {
    return undefined;
  }
};

const urlOf = ({ base }: UpstreamTarget, { path, query }: UpstreamRequest): URL => {
  const prefix = base.pathname.replace(/\/+$/, '');
  const url = new URL(base.origin);
  url.pathname = `${prefix}${path}`;
  url.search = query.toString();
  // Nothing that was filled in may have changed where this goes.
  if (url.origin !== base.origin || url.pathname !== `${prefix}${path}`) {
    throw new ApiError('invalid_request', 'The parameters do not make a plain path.');
  }
  return url;
};

const compressed = (title: string): ApiError =>
  new ApiError('upstream_invalid', `${title} sent a compressed answer, which was not asked for.`);

/** What is wrong with the head of an answer, or null. */
const headProblem = (title: string, { statusCode, headers }: Dispatcher.ResponseData): ApiError | null => {
  if (statusCode >= 300 && statusCode < 400) {
    return new ApiError('upstream_redirected', `${title} answered with a redirect, which is not followed.`);
  }
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return compressed(title);
  const page = statusCode === 200 && /^text\/html|xhtml/i.test(String(headers['content-type'] ?? ''));
  return page ? new ApiError('upstream_invalid', `${title} answered with a page instead of data.`) : null;
};

const retryAfterOf = (text: string | string[] | undefined): number | null => {
  const seconds = Number(text);
  if (seconds > 0) return seconds;
  const until = Date.parse(String(text)) - Date.now();
  return until > 0 ? Math.ceil(until / 1000) : null;
};

const toAnswer = async (
  target: UpstreamTarget,
  response: Dispatcher.ResponseData,
  maxBytes: number,
): Promise<UpstreamAnswer> => {
  const problem = headProblem(target.title, response);
  if (problem !== null) {
    response.body.on('error', () => undefined).destroy();
    throw problem;
  }
  const { statusCode: status, headers } = response;
  return {
    status,
    body: await readJson(response.body, maxBytes, target.title),
    sample: headers['x-faibric-sample'] === 'true' && target.allowPrivate,
    retryAfter: retryAfterOf(headers['retry-after']),
  };
};

/** The way out, and its end. */
export interface Upstreams {
  readonly ask: AskUpstream;
  close(): Promise<void>;
}

const HEADERS = {
  accept: 'application/json',
  'accept-encoding': 'identity',
  'user-agent': 'Mozilla/5.0 (compatible; Faibric)',
};
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** Makes the way out. */
export const makeUpstreams = (given: Partial<UpstreamOptions> = {}): Upstreams => {
  const options = { ...DEFAULTS, ...given };
  const open = makeAgent(options, false);
  const anywhere = makeAgent(options, true);

  const send = (target: UpstreamTarget, asked: UpstreamRequest, signal: AbortSignal) => {
    const { form } = asked;
    return request(urlOf(target, asked), {
      dispatcher: target.allowPrivate ? anywhere : open,
      headers: { ...HEADERS, ...asked.headers, ...(form ? { 'content-type': FORM_TYPE } : {}) },
      signal,
      ...(form ? { method: 'POST', body: form.toString() } : {}),
    });
  };

  /** Once more when a connection that was kept open had been closed meanwhile. */
  const sendOrAgain = async (target: UpstreamTarget, asked: UpstreamRequest, signal: AbortSignal) => {
    try {
      return await send(target, asked, signal);
    } catch (error) {
      if (!CLOSED.has(findCode(error)) || asked.form !== undefined) throw error;
      return await send(target, asked, signal);
    }
  };

  const ask: AskUpstream = async (target, asked) => {
    try {
      const response = await sendOrAgain(target, asked, AbortSignal.timeout(options.timeoutMs));
      return await toAnswer(target, response, options.maxBytes);
    } catch (error) {
      throw upstreamError(target.title, error);
    }
  };
  return {
    ask,
    close: async () => {
      await Promise.all([open.destroy(), anywhere.destroy()]);
    },
  };
};
