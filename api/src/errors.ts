// Errors as the API speaks them: an ApiError carries a code of the closed table, and everything else is
// unexpected. The text of an unexpected error never reaches a client: it may hold SQL, a URL or a key.
import { PROBLEM_STATUS, type ProblemCode, type ProblemDocument } from './contract/problem.ts';

/** What may go with an error besides its code and its sentence. */
export interface ErrorExtra {
  /** The field that the complaint is about. */
  readonly field?: string;
  /** Seconds after which a client should try again. */
  readonly retryAfter?: number;
  /** Response headers, for example `Allow`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What really happened; logged, never sent. */
  readonly cause?: unknown;
}

/** An error that a client may see. `message` is the detail of the problem document. */
export class ApiError extends Error {
  readonly code: ProblemCode;
  readonly extra: ErrorExtra;

  constructor(code: ProblemCode, detail: string, extra: ErrorExtra = {}) {
    super(detail, extra.cause === undefined ? undefined : { cause: extra.cause });
    this.name = 'ApiError';
    this.code = code;
    this.extra = extra;
  }
}

/** An error answer, ready to send. */
export interface ErrorAnswer {
  readonly status: number;
  readonly body: ProblemDocument;
  readonly headers: Readonly<Record<string, string>>;
  /** False when the cause was not foreseen and belongs in the log. */
  readonly foreseen: boolean;
}

const TITLES: Partial<Record<ProblemCode, string>> = {
  no_such_app: 'No such app',
  internal: 'Something went wrong on the server',
  unavailable: 'Not available at the moment',
};

const titleOf = (code: ProblemCode): string =>
  TITLES[code] ?? `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('_', ' ')}`;

// What Node's and Express's own parts throw carries a status and no code of ours.
const codeOfForeign = (error: unknown): ProblemCode | undefined => {
  if (error instanceof URIError) return 'invalid_path';
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return status === 400 ? 'invalid_path' : undefined;
};

const FOREIGN_DETAIL = 'The path is not valid: its percent encoding cannot be decoded.';

/** Turns anything thrown into the answer that a client gets. */
export const answerTo = (error: unknown): ErrorAnswer => {
  const known = error instanceof ApiError ? error : undefined;
  const foreign = known === undefined ? codeOfForeign(error) : undefined;
  const code = known?.code ?? foreign ?? 'internal';
  const detail =
    known?.message ?? (foreign ? FOREIGN_DETAIL : 'The server failed in a way that it did not foresee.');
  const status = PROBLEM_STATUS[code];
  const extra = known?.extra ?? {};
  const field = extra.field === undefined ? {} : { field: extra.field };
  const retry = extra.retryAfter === undefined ? {} : { 'Retry-After': String(Math.ceil(extra.retryAfter)) };
  return {
    status,
    body: { type: `urn:faibric:problem:${code}`, title: titleOf(code), status, code, detail, ...field },
    headers: { ...extra.headers, ...retry },
    foreseen: code !== 'internal',
  };
};

/** The answer to every request for an app that is not there or not the caller's: one text for both. */
export const noSuchApp = (): ApiError => new ApiError('no_such_app', 'There is no such app at this address.');

/** The store cannot be reached or is overloaded; the client should try again. */
export const unavailable = (what: string, cause: unknown): ApiError =>
  new ApiError('unavailable', `${what} cannot be reached at the moment. Try again in a moment.`, {
    retryAfter: 2,
    cause,
  });
