// Calls to the platform on the app's own origin: no address is baked in, no key is sent, cookies go along by themselves.
// An answer that is no success is thrown as an AppError; callers in this package catch it.
import { problemOf } from './app-error.ts';

/** Longest wait for an answer, in milliseconds; the gateway itself gives up after 10 s. */
const DEADLINE = 15_000;

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

/** Sends a request and gives the parsed answer; throws an AppError for anything but success. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const deadline = AbortSignal.timeout(DEADLINE);
  const response = await fetch(path, {
    method: options.method ?? 'GET',
    headers: {
      accept: 'application/json',
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    signal: options.signal ? AbortSignal.any([options.signal, deadline]) : deadline,
  });
  const body = await bodyOf(response);
  if (!response.ok) throw problemOf(response.status, body);
  return body as T; // our own API's contract; every reader checks what it takes from it
}
