// Exponential back-off with jitter. Jitter takes from the delay and never adds to it, so that the cap given
// is the longest wait there is.

/** Shape of a back-off. `jitter` 0.5 = between half of the delay and all of it. */
export interface BackoffOptions {
  baseMs: number;
  maxMs: number;
  factor?: number;
  jitter?: number;
  random?: () => number;
}

/** The delay before try number `failures` + 1 (failures counted from 1). */
export function backoffMs(failures: number, options: BackoffOptions): number {
  const { baseMs, maxMs, factor = 2, jitter = 0.5, random = Math.random } = options;
  const full = Math.min(maxMs, baseMs * factor ** Math.max(0, failures - 1));
  return full * (1 - jitter * random());
}

/** A back-off that counts its own failures. */
export interface Backoff {
  next(): number;
  reset(): void;
}

/** Makes a counting back-off. */
export function createBackoff(options: BackoffOptions): Backoff {
  let failures = 0;
  return {
    next: () => {
      failures += 1;
      return backoffMs(failures, options);
    },
    reset: () => {
      failures = 0;
    },
  };
}
