// Token buckets per key, in this process: each replica grants its own share. Memory is bounded: a bucket
// that is full again is forgotten, and when too many are in use the oldest goes first.

/** A limiter: takes one token of a key and tells how long to wait (seconds) when there is none, else 0. */
export type Limiter = (key: string) => number;

/** How fast tokens come, how many may be saved up, and the clock in milliseconds. */
export interface LimiterOptions {
  readonly perSecond: number;
  readonly burst: number;
  readonly now: () => number;
  readonly maxKeys?: number;
}

/** Makes a limiter; `perSecond` of 0 switches it off. */
export const makeLimiter = ({ perSecond, burst, now, maxKeys = 10_000 }: LimiterOptions): Limiter => {
  const buckets = new Map<string, { tokens: number; at: number }>();
  if (perSecond <= 0) return () => 0;
  const forgetOldest = (): void => {
    const oldest = buckets.keys().next();
    if (!oldest.done && buckets.size >= maxKeys) buckets.delete(oldest.value);
  };
  return (key) => {
    const time = now();
    const bucket = buckets.get(key);
    const refill = bucket === undefined ? burst : bucket.tokens + ((time - bucket.at) / 1000) * perSecond;
    const tokens = Math.min(burst, refill);
    const granted = tokens >= 1;
    // Taken out and put back so that the map keeps the order of last use.
    buckets.delete(key);
    forgetOldest();
    buckets.set(key, { tokens: granted ? tokens - 1 : tokens, at: time });
    return granted ? 0 : (1 - tokens) / perSecond;
  };
};
