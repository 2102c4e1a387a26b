// Errors as an app meets them: always words for the person in front of it, never a stack or an address. The API answers
// with problem+json (RFC 9457); what has no such body gets a sentence for its status.

/** What went wrong, in words for the person using the app. */
export interface AppError {
  code: string;
  message: string;
  status?: number;
}

const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'The server did not accept this. Check the values and try again.',
  401: 'You need to sign in first.',
  403: 'You are not allowed to do this.',
  404: 'This no longer exists. It may have been deleted.',
  409: 'Someone else changed this at the same time. Reload and try again.',
  412: 'Someone else changed this at the same time. Reload and try again.',
  413: 'This is too large to save.',
  429: 'That was too much at once. Wait a moment and try again.',
};

const OFFLINE: AppError = {
  code: 'unreachable',
  message: 'The server cannot be reached. Check the connection; this will be tried again.',
};

type Problem = Record<string, unknown>;
const textOf = (problem: Problem, key: string): string | undefined =>
  typeof problem[key] === 'string' && problem[key] !== '' ? (problem[key] as string) : undefined;

/** The error that an answer stands for. */
export function problemOf(status: number, body: unknown): AppError {
  const problem: Problem = typeof body === 'object' && body !== null ? (body as Problem) : {};
  const fallback =
    BY_STATUS[status] ??
    (status >= 500 ? 'The server has a problem. Try again in a moment.' : 'This did not work.');
  const message = textOf(problem, 'detail') ?? textOf(problem, 'title') ?? fallback;
  return { code: textOf(problem, 'code') ?? `http_${status}`, message, status };
}

/** Whether a value is an error of ours. */
export function isAppError(value: unknown): value is AppError {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'message' in value &&
    !(value instanceof Error)
  );
}

/** Any thrown value as an error in words. */
export function toAppError(thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  if (thrown instanceof TypeError || thrown instanceof DOMException) return OFFLINE;
  return { code: 'unexpected', message: thrown instanceof Error ? thrown.message : String(thrown) };
}

/** The sentence of an error, whatever form it comes in. */
export function errorText(error: AppError | Error | string): string {
  return typeof error === 'string' ? error : error.message;
}
