// Small ways to answer. Documents go out as text that Postgres made, so there is no JSON.stringify of them.
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { ApiError, answerTo } from '../errors.ts';
import type { Metrics } from '../metrics.ts';
import type { Log } from '../ports.ts';

/** Sends JSON text that is already made. */
export const sendJsonText = (res: Response, status: number, text: string): void => {
  res.statusCode = status;
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.setHeader('Content-Length', Buffer.byteLength(text));
  res.end(res.req.method === 'HEAD' ? undefined : text);
};

/** Sends text of another type. */
export const sendText = (res: Response, type: string, text: string): void => {
  res.statusCode = 200;
  res.setHeader('Content-Type', type);
  res.setHeader('Content-Length', Buffer.byteLength(text));
  res.end(res.req.method === 'HEAD' ? undefined : text);
};

/** Sends a value as JSON. */
export const sendJson = (res: Response, status: number, value: unknown): void =>
  sendJsonText(res, status, JSON.stringify(value));

/** Answers 405 with the methods that the address has. */
export const allowOnly =
  (...methods: readonly string[]): RequestHandler =>
  (req) => {
    throw methodNotAllowed(req, methods);
  };

const methodNotAllowed = (req: Request, methods: readonly string[]): ApiError =>
  new ApiError('method_not_allowed', `${req.method} is not possible here; use ${methods.join(', ')}.`, {
    headers: { Allow: methods.join(', ') },
  });

/** The end of the line for paths that nothing serves. */
export const notFound: RequestHandler = () => {
  throw new ApiError('not_found', 'There is nothing at this address.');
};

/** Where errors are told of besides the answer. */
export interface ErrorReports {
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'problems'>;
}

/** The one error handler: every error leaves as a problem document, and unexpected causes are logged. */
export const handleErrors =
  ({ log, metrics }: ErrorReports): ErrorRequestHandler =>
  // biome-ignore lint/complexity/useMaxParams: Express tells an error handler by its four parameters
  (error, _req, res, _next) => {
    const answer = answerTo(error);
    metrics.problems.inc({ code: answer.body.code });
    const id = res.getHeader('X-Request-Id');
    if (!answer.foreseen) log.error({ id, ...reportOf(error) }, 'unexpected error');
    else if (answer.status >= 500)
      log.warn({ id, code: answer.body.code, cause: causeOf(error) }, answer.body.detail);
    if (res.headersSent) {
      res.destroy();
      return;
    }
    for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value);
    const text = JSON.stringify(answer.body);
    res.statusCode = answer.status;
    res.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
    res.setHeader('Content-Length', Buffer.byteLength(text));
    res.end(res.req.method === 'HEAD' ? undefined : text);
  };

// Only the code of a cause is logged here: messages of network errors carry addresses.
const causeOf = (error: unknown): string | undefined => {
  const cause = error instanceof Error ? error.cause : undefined;
  if (typeof cause !== 'object' || cause === null) return undefined;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
};

/**
 * What of an unexpected error goes into the log: what it is and where it was thrown. Not its text when the database made
 * it, for that quotes the values of a statement.
 */
export const reportOf = (error: unknown): object => {
  if (!(error instanceof Error)) return { thrown: typeof error };
  const fromDatabase = 'severity' in error;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(fromDatabase ? {} : { reason: error.message }),
    at: frames.slice(0, 8).map((line) => line.trim()),
  };
};
