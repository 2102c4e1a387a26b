// The only place that knows fetch. Every answer is parsed by a zod schema, and every failure becomes an
// ApiError whose message can be shown to a person as it is: what happened and what to do next.
import { z } from 'zod';

const problem = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  code: z.string().optional(),
});

/** A request that did not succeed. `status` is 0 when no answer came at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(message: string, status: number, code: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
  }
}

/** One call: method GET by default; `body` is sent as JSON. */
export interface Call {
  path: string;
  method?: 'GET' | 'POST' | 'DELETE';
  body?: unknown;
}

async function send({ path, method = 'GET', body }: Call): Promise<Response> {
  const init: RequestInit = { method, headers: { accept: 'application/json' } };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { accept: 'application/json', 'content-type': 'application/json' };
  }
  try {
    return await fetch(path, init);
  } catch {
    throw new ApiError(
      'Faibric did not answer. Check that the cluster is running (npm run up), then try again.',
      0,
      'unreachable',
    );
  }
}

/** Turns the text of a failed answer into words; used for JSON problems and for bare proxy errors alike. */
export function describeFailure(status: number, text: string): ApiError {
  const parsed = problem.safeParse(parseJson(text));
  const told = parsed.success ? (parsed.data.detail ?? parsed.data.title) : undefined;
  const code = (parsed.success && parsed.data.code) || `http_${status}`;
  if (told) return new ApiError(told, status, code);
  if (status === 429) return new ApiError('Too many requests. Wait a moment, then try again.', status, code);
  if (status >= 502 && status <= 504) {
    return new ApiError('Faibric is starting or restarting. Try again in a few seconds.', status, code);
  }
  return new ApiError(`Faibric answered with an error (${status}). Try again.`, status, code);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Sends a call whose answer has no body. */
export async function requestNothing(call: Call): Promise<void> {
  const response = await send(call);
  if (!response.ok) throw describeFailure(response.status, await response.text());
}

/** Sends a call and parses the answer. Throws ApiError for everything that is not a good answer. */
export async function requestJson<T>(schema: z.ZodType<T>, call: Call): Promise<T> {
  const response = await send(call);
  const text = await response.text();
  if (!response.ok) throw describeFailure(response.status, text);
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new ApiError(
    'Faibric answered in a way this page does not understand. Reload the page: it may be older than the server.',
    response.status,
    'unexpected_answer',
  );
}
