// What can go wrong with a call to an API server, as a small closed set that a controller can decide on.
// The trap: 409 has two meanings (AlreadyExists, Conflict) and 410 two (Gone on a watch, Expired on a list);
// only the Status reason tells them apart, never the code alone.

/** How a call failed. `transport` problems (refused, reset, timed out) and 5xx are both `unavailable`. */
export type KubeFailure =
  | { kind: 'notFound' }
  | { kind: 'conflict' }
  | { kind: 'alreadyExists' }
  | { kind: 'gone' }
  | { kind: 'forbidden' }
  | { kind: 'invalid' }
  | { kind: 'throttled'; retryAfterMs: number }
  | { kind: 'unavailable'; retryAfterMs?: number }
  | { kind: 'aborted' };

/** A failed call: `failure` says how to handle it, `message` is the server's own text. */
export class KubeError extends Error {
  readonly failure: KubeFailure;
  readonly status: number | undefined;
  constructor(failure: KubeFailure, message: string, detail: { status?: number; cause?: unknown } = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'KubeError';
    this.failure = failure;
    this.status = detail.status;
  }
}

/** True when `error` is a KubeError of that kind. */
export function isKubeError(error: unknown, kind?: KubeFailure['kind']): error is KubeError {
  return error instanceof KubeError && (kind === undefined || error.failure.kind === kind);
}

/** The pause the server asked for before the next try, if it did. */
export function retryAfterMsOf(error: unknown): number | undefined {
  if (!(error instanceof KubeError)) return undefined;
  return 'retryAfterMs' in error.failure ? error.failure.retryAfterMs : undefined;
}
