// Time as an argument. `now` is monotonic milliseconds and is what every duration is measured with; `date`
// is wall time and is only for what other people read (leases, events). Mixing them breaks on a clock step.

/** A pending timer. */
export interface Timer {
  cancel(): void;
}

/** The clock port: the real one below, a hand-driven one in tests. */
export interface Clock {
  /** Monotonic milliseconds from an arbitrary start. */
  now(): number;
  /** Wall-clock time. */
  date(): Date;
  /** Calls `run` once after `delayMs`. */
  after(delayMs: number, run: () => void): Timer;
}

/** The process's own clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  after: (delayMs, run) => {
    // setTimeout fires at once for delays over 2^31-1 ms; no wait of ours is meant to be that long.
    const timer = setTimeout(run, Math.min(Math.max(0, delayMs), 2_147_483_647));
    return { cancel: () => clearTimeout(timer) };
  },
};

/** Resolves after `delayMs`, or at once when `signal` aborts; it never rejects. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const finish = (): void => {
      timer.cancel();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = clock.after(delayMs, finish);
    signal?.addEventListener('abort', finish, { once: true });
  });
}
