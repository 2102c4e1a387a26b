// The few requests that the API makes of the Kubernetes API server, over one pooled connection set. (The official
// client opens a TLS connection per call.) Watches have a pool of their own: over HTTP/1.1 each holds a socket.
import { Agent, type Dispatcher, request } from 'undici';
import { z } from 'zod';
import type { KubeCredentials } from './kube-credentials.ts';

/** One request. */
export interface KubeRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Default `application/json`; a patch must say which kind it is. */
  readonly contentType?: string;
}

/** What came back, whatever the status. */
export interface KubeAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The API server. */
export interface KubeClient {
  send(request: KubeRequest): Promise<KubeAnswer>;
  /** Streams the lines of a watch; ends when the server ends it, throws when it breaks or says nothing for long. */
  watch(path: string, query: Readonly<Record<string, string>>, signal: AbortSignal): AsyncGenerator<unknown>;
  /** Lines of a text answer as they come; none when the status is not 200. A line without end is cut. */
  lines(path: string, query: Readonly<Record<string, string>>, signal: AbortSignal): AsyncGenerator<string>;
  close(): Promise<void>;
}

const REQUEST_TIMEOUT_MS = 15_000;
// With bookmarks the server says something about once a minute; twice that without a byte is a dead connection.
const WATCH_SILENCE_MS = 130_000;

const LONGEST_PRINTED = 16 * 1024;
// A program may print nothing for long.
const PRINT_SILENCE_MS = 15 * 60_000;

const statusBody = z.object({ message: z.string() });

/** The API server's own words in a failed answer. */
export const messageOf = (answer: KubeAnswer): string =>
  statusBody.safeParse(answer.body).data?.message ?? `status ${answer.status}`;

const parseText = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

async function* lines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}

/** The same for text that a program printed: what comes without a line break is not gathered without end. */
async function* printedLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = (parts.pop() ?? '').slice(0, LONGEST_PRINTED);
    yield* parts;
  }
  if (rest !== '') yield rest;
}

/** Makes the client. */
export const makeKubeClient = (credentials: KubeCredentials): KubeClient => {
  const connect = { ...credentials.tls, keepAlive: true, keepAliveInitialDelay: 10_000, timeout: 5_000 };
  const pool = new Agent({
    connect,
    connections: 4,
    bodyTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: REQUEST_TIMEOUT_MS,
  });
  const watches = new Agent({ connect, bodyTimeout: WATCH_SILENCE_MS, headersTimeout: REQUEST_TIMEOUT_MS });
  const prints = new Agent({ connect, bodyTimeout: PRINT_SILENCE_MS, headersTimeout: REQUEST_TIMEOUT_MS });
  const url = (path: string, query: Readonly<Record<string, string>> = {}): URL => {
    const target = new URL(credentials.server + path);
    for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value);
    return target;
  };
  const headers = async (): Promise<Record<string, string>> => {
    const authorization = await credentials.authorization();
    return {
      accept: 'application/json',
      'user-agent': 'faibric-api',
      ...(authorization ? { authorization } : {}),
    };
  };
  const send = async ({ method, path, query, body, contentType }: KubeRequest): Promise<KubeAnswer> => {
    const options: Parameters<typeof request>[1] = {
      method,
      dispatcher: pool,
      headers: { ...(await headers()), 'content-type': contentType ?? 'application/json' },
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const response = await request(url(path, query), options);
    return { status: response.statusCode, body: parseText(await response.body.text()) };
  };
  async function* watch(
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): AsyncGenerator<unknown> {
    const response: Dispatcher.ResponseData = await request(url(path, query), {
      dispatcher: watches,
      headers: await headers(),
      signal,
    });
    if (response.statusCode !== 200) {
      await response.body.dump();
      throw new Error(`watch: status ${response.statusCode}`);
    }
    for await (const line of lines(response.body)) if (line !== '') yield parseText(line);
  }
  async function* printed(
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): AsyncGenerator<string> {
    const response = await request(url(path, query), {
      dispatcher: prints,
      headers: { ...(await headers()), accept: '*/*' },
      signal,
    });
    if (response.statusCode === 200) yield* printedLines(response.body);
    else await response.body.dump();
  }
  return {
    send,
    watch,
    lines: printed,
    close: async () => {
      await Promise.all([pool.destroy(), watches.destroy(), prints.destroy()]);
    },
  };
};
