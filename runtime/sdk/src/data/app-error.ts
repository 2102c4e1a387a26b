// Errors as an app meets them: always words for the person in front of it, never a stack or an address. The API answers
// with problem+json (RFC 9457); what has no such body gets a sentence for its status.
import { errorSentence } from './error-words.ts';

/** What went wrong, in words for the person using the app. */
export interface AppError {
  code: string;
  message: string;
  status?: number;
  /** The member of what was sent that is at fault. */
  field?: string;
  /** Seconds to wait before another try. */
  retryAfter?: number;
}

type Problem = Record<string, unknown>;
const textOf = (problem: Problem, key: string): string | undefined =>
  typeof problem[key] === 'string' && problem[key] !== '' ? (problem[key] as string) : undefined;

/** The error that an answer stands for. */
export function problemOf(status: number, body: unknown, retryAfter?: string | null): AppError {
  const problem: Problem = typeof body === 'object' && body !== null ? (body as Problem) : {};
  const code = textOf(problem, 'code') ?? `http_${status}`;
  const detail = textOf(problem, 'detail') ?? textOf(problem, 'title');
  const field = textOf(problem, 'field');
  const seconds = Number(retryAfter ?? Number.NaN);
  return {
    code,
    message: errorSentence(code, status, detail),
    status,
    ...(field === undefined ? {} : { field }),
    ...(seconds >= 0 ? { retryAfter: seconds } : {}),
  };
}

/** Whether a value is an error of ours. */
export function isAppError(value: unknown): value is AppError {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'message' in value &&
    !(value instanceof Error) &&
    !(value instanceof DOMException)
  );
}

/** Any thrown value as an error in words. */
export function toAppError(thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  if (thrown instanceof TypeError || thrown instanceof DOMException)
    return { code: 'unreachable', message: errorSentence('unreachable', 0) };
  return { code: 'unexpected', message: thrown instanceof Error ? thrown.message : String(thrown) };
}

/** Whether the same request may work a little later: the server is away, busy or asks to wait. */
export const isPassing = (error: AppError): boolean =>
  error.code === 'unreachable' || error.status === 429 || (error.status ?? 0) >= 502;

/** The sentence of an error, whatever form it comes in. */
export function errorText(error: AppError | Error | string): string {
  return typeof error === 'string' ? error : error.message;
}
