// Calls to the platform on the app's own origin: no address is baked in, no key is sent, cookies go along by themselves.
// An answer that is no success is thrown as an AppError; callers in this package catch it. A write is tried again only
// where repeating it does no harm: a create carries a key by which the server knows it.
import { type AppError, isPassing, problemOf, toAppError } from './app-error.ts';
import { inTurn } from './first-contact.ts';

/** Longest wait for an answer, in milliseconds; the gateway itself gives up after 10 s. */
const DEADLINE = 15_000;
/** Tries of a write, with these waits between them, in milliseconds. */
const WAITS = [500, 1_500, 4_000];
/** Longest wait that the server may ask for, in seconds; a longer one is told to the person instead. */
const LONGEST_ASKED = 5;

/** The id of this app, as the page names it. */
export function appId(): string {
  return document.querySelector('meta[name="faibric-app"]')?.getAttribute('content') ?? 'app';
}

/** Path of a collection, or of one document of it. */
export function collectionPath(name: string, id?: string): string {
  const base = `/api/v1/db/${encodeURIComponent(appId())}/${encodeURIComponent(name)}/`;
  return id === undefined ? base : `${base}${encodeURIComponent(id)}/`;
}

/** One request: a method, a body and a signal are optional. */
export interface RequestOptions {
  method?: string;
  body?: unknown;
  signal?: AbortSignal | undefined;
  headers?: Readonly<Record<string, string>>;
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null; // a proxy's error page; the status says enough
  }
}

const DOCUMENTS = '/api/v1/db/';

/** Sends a request and gives the parsed answer; throws an AppError for anything but success. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const send = (): Promise<Response> => answerOf(path, options);
  const response = await (path.startsWith(DOCUMENTS) ? inTurn(send) : send());
  const body = await bodyOf(response);
  if (!response.ok) throw problemOf(response.status, body, response.headers.get('retry-after'));
  return body as T; // our own API's contract; every reader checks what it takes from it
}

function answerOf(path: string, options: RequestOptions): Promise<Response> {
  const deadline = AbortSignal.timeout(DEADLINE);
  return fetch(path, {
    method: options.method ?? 'GET',
    headers: {
      accept: 'application/json',
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    signal: options.signal ? AbortSignal.any([options.signal, deadline]) : deadline,
  });
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

const waitFor = (error: AppError, planned: number): number | undefined => {
  if (!isPassing(error)) return undefined;
  if (error.retryAfter === undefined) return planned;
  return error.retryAfter <= LONGEST_ASKED ? Math.max(planned, error.retryAfter * 1000) : undefined;
};

/**
 * A write that does no harm when it arrives twice, tried again while the server is away or asks to wait. An answer that
 * only a first try could have caused (404 of a deletion) is for the caller to read: `tries` tells how many there were.
 */
export async function persist<T>(path: string, options: RequestOptions): Promise<{ body: T; tries: number }> {
  for (let tries = 1; ; tries += 1) {
    try {
      return { body: await request<T>(path, options), tries };
    } catch (thrown) {
      const error = toAppError(thrown);
      const planned = WAITS[tries - 1];
      const wait = planned === undefined ? undefined : waitFor(error, planned);
      if (wait === undefined) throw { ...error, tries };
      await pause(wait);
    }
  }
}

/** Header by which the server knows a create that arrives again. */
export const idempotent = (): Record<string, string> => ({ 'idempotency-key': crypto.randomUUID() });
