// A token bucket that is reserved from: it answers how long to wait and never refuses, so that a caller can
// put the wait into its own schedule. Tokens may go negative; that debt is the wait.
import type { Clock } from './clock.ts';

/** Refill per second and how many may go at once. */
export interface TokenBucketOptions {
  perSecond: number;
  burst: number;
}

/** Takes one token; the milliseconds until it is due. */
export type TokenBucket = () => number;

/** Makes a full bucket. */
export function createTokenBucket(clock: Clock, options: TokenBucketOptions): TokenBucket {
  let tokens = options.burst;
  let filledAt = clock.now();
  return () => {
    const now = clock.now();
    tokens = Math.min(options.burst, tokens + ((now - filledAt) / 1000) * options.perSecond);
    filledAt = now;
    tokens -= 1;
    return tokens >= 0 ? 0 : (-tokens / options.perSecond) * 1000;
  };
}
