// What an error of the openai package means: a reason from the closed list, whether another try can help, and when. The
// message never repeats the server's own text beyond a short line, and never a key.
import OpenAI from 'openai';
import type { FailureReason } from '../engines/engine.ts';

/** A failed call, as an outcome says it. */
export interface Failure {
  readonly reason: FailureReason;
  readonly message: string;
  readonly retriable: boolean;
  readonly retryAfterSeconds?: number;
}

/** Longest pause that a server can ask for. */
const MAX_PAUSE_SECONDS = 3600;

/** Retry-After as seconds or as a date (RFC 9110, 10.2.3). */
export function retryAfter(value: string | null | undefined, now: number): number | undefined {
  if (!value) return undefined;
  const seconds = Number(value);
  const pause = Number.isFinite(seconds) ? seconds : (Date.parse(value) - now) / 1000;
  if (!Number.isFinite(pause)) return undefined;
  return Math.min(MAX_PAUSE_SECONDS, Math.max(1, Math.ceil(pause)));
}

const firstLine = (text: string): string =>
  (text.split('\n')[0] ?? '').replace(/\b(?:sk|key|token)[-_][\w-]{6,}/gi, '…').slice(0, 200);

function ofStatus(error: InstanceType<typeof OpenAI.APIError>): Failure {
  const { status } = error;
  const pause = retryAfter(error.headers?.get('retry-after'), Date.now());
  const later = pause === undefined ? {} : { retryAfterSeconds: pause };
  const detail = firstLine(error.message);
  if (status === 401 || status === 403)
    return { reason: 'LLMUnauthorized', message: 'The model refuses the key.', retriable: false };
  if (status === 429)
    return {
      reason: 'LLMRateLimited',
      message: `The model refuses more calls for now: ${detail}`,
      retriable: true,
      ...later,
    };
  if (status === 408) return { reason: 'LLMTimeout', message: detail, retriable: true, ...later };
  if (status !== undefined && status >= 500)
    return {
      reason: 'LLMUnavailable',
      message: `The model’s server answers ${status}.`,
      retriable: true,
      ...later,
    };
  return {
    reason: 'LLMInvalid',
    message: `The model’s server refuses the request: ${detail}`,
    retriable: false,
  };
}

/** The failure that an error stands for; `stopped` is why we ended the call ourselves, if we did. */
export function modelFailure(error: unknown, stopped: unknown): Failure {
  if (stopped === 'cancelled')
    return { reason: 'Cancelled', message: 'The call was cancelled.', retriable: true };
  if (stopped === 'idle')
    return {
      reason: 'LLMTimeout',
      message: 'The model fell silent before its answer was complete.',
      retriable: true,
    };
  if (stopped === 'total')
    return { reason: 'LLMTimeout', message: 'The model took too long for its answer.', retriable: true };
  if (error instanceof OpenAI.APIConnectionError)
    return { reason: 'LLMUnavailable', message: 'The model’s server cannot be reached.', retriable: true };
  if (error instanceof OpenAI.APIError && error.status !== undefined) return ofStatus(error);
  if (error instanceof SyntaxError || (error instanceof Error && error.message === 'answer too long'))
    return {
      reason: 'LLMInvalid',
      message: `The answer could not be read: ${firstLine(error.message)}`,
      retriable: true,
    };
  return { reason: 'LLMUnavailable', message: 'The connection to the model broke.', retriable: true };
}
