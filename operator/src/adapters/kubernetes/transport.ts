// One HTTP request to the API server: pool, credentials, deadline, error translation. The deadline is on the
// whole call, body included; a watch has none here, because only its reader knows what silence means.
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { KubeError } from '../../runtime/kube-error.ts';
import type { PooledKubeConfig } from './pooled-client.ts';
import { refused, unanswered } from './translate-error.ts';

/** A request; `path` includes the query. */
export interface KubeRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
  contentType?: string;
  signal?: AbortSignal | undefined;
}

/** Sends requests with the credentials of one KubeConfig. */
export interface Transport {
  /** Sends, waits for the whole answer and parses it as JSON. */
  call(request: KubeRequest): Promise<unknown>;
  /** Sends and gives the body as it comes. */
  stream(request: KubeRequest & { signal: AbortSignal }): Promise<Readable>;
}

/** How a transport identifies itself and how long it waits. */
export interface TransportOptions {
  userAgent: string;
  requestTimeoutMs: number;
}

/** Makes the transport. */
export function createTransport(config: PooledKubeConfig, options: TransportOptions): Transport {
  const send = async (request: KubeRequest, pool: 'calls' | 'watches'): Promise<Dispatcher.ResponseData> => {
    const connection = await config.connection();
    const server = new URL(connection.server);
    const prefix = server.pathname.replace(/\/$/, '');
    return await connection[pool].request({
      origin: server.origin,
      path: `${prefix}${request.path}`,
      method: request.method,
      headers: {
        ...connection.headers,
        accept: 'application/json',
        'user-agent': options.userAgent,
        ...(request.body === undefined ? {} : { 'content-type': request.contentType ?? 'application/json' }),
      },
      body: request.body === undefined ? null : JSON.stringify(request.body),
      headersTimeout: options.requestTimeoutMs,
      bodyTimeout: pool === 'watches' ? 0 : options.requestTimeoutMs,
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
  };
  return {
    call: (request) =>
      withDeadline(request, options.requestTimeoutMs, async (signal) => {
        const answer = await send({ ...request, signal }, 'calls');
        const text = await answer.body.text();
        if (answer.statusCode >= 300) throw refusal(request, answer, text);
        return parseJson(request, text);
      }),
    stream: async (request) => {
      try {
        const answer = await send(request, 'watches');
        if (answer.statusCode >= 300) throw refusal(request, answer, await answer.body.text());
        return answer.body;
      } catch (error) {
        throw unanswered(nameOf(request), error, request.signal.aborted);
      }
    },
  };
}

function nameOf(request: KubeRequest): string {
  return `${request.method} ${request.path.split('?')[0]}`;
}

function refusal(request: KubeRequest, answer: Dispatcher.ResponseData, text: string): KubeError {
  const retryAfter = answer.headers['retry-after'];
  const header = typeof retryAfter === 'string' ? { retryAfter } : {};
  return refused(nameOf(request), { code: answer.statusCode, text, ...header });
}

function parseJson(request: KubeRequest, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new KubeError({ kind: 'unavailable' }, `${nameOf(request)}: the answer is no JSON`, { cause });
  }
}

// Not AbortSignal.any: on a signal that lives as long as the process it keeps a trace of every call.
async function withDeadline<T>(
  request: KubeRequest,
  timeoutMs: number,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const late = (): void => controller.abort(new Error(`no answer within ${timeoutMs / 1000} s`));
  const timer = setTimeout(late, timeoutMs);
  request.signal?.addEventListener('abort', abort, { once: true });
  if (request.signal?.aborted) abort();
  try {
    return await run(controller.signal);
  } catch (error) {
    throw unanswered(nameOf(request), error, request.signal?.aborted === true);
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener('abort', abort);
  }
}
