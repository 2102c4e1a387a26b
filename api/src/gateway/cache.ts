// The gateway's cache: Redis, shared by all replicas, and a small one in this process for when Redis is gone. Concurrent
// misses of one key share one call, in the process by a promise and between replicas by a short lock. A stale answer is
// given out while one refresh runs, or when the upstream fails; errors are never stored. What comes back from Redis is
// parsed like any outside value: garbage is a miss.
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { makeByteLru } from './byte-lru.ts';

/** A cache outside this process. Never throws: "not there" and "not reachable" are both null. */
export interface SharedCache {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, ttlSeconds: number): Promise<void>;
  /** Takes a lock that ends by itself: taken (release it), held by another, or gone when there is no Redis. */
  lock(key: string, ms: number): Promise<'held' | 'gone' | (() => Promise<void>)>;
}

const entrySchema = z.object({ data: z.unknown(), sample: z.boolean(), at: z.number() });
/** What is kept of an upstream's answer; `at` is when it was fetched, in milliseconds. */
export type CacheEntry = z.infer<typeof entrySchema>;

/** How long an entry is fresh, and how much longer it may be given out. */
export interface CacheTimes {
  readonly ttlSeconds: number;
  readonly staleSeconds: number;
  readonly staleIfErrorSeconds: number;
}

/** A question to the cache. */
export interface CacheRequest {
  readonly key: string;
  readonly times: CacheTimes;
  readonly load: () => Promise<CacheEntry>;
  /** False for data that is not of the action's shape: it counts as a miss. */
  readonly accepts: (data: unknown) => boolean;
}

/** An entry; `cached` when it was there before this request. */
export interface Cached {
  readonly entry: CacheEntry;
  readonly cached: boolean;
  readonly stale: boolean;
}

/** Looks a key up, or loads it once for all who ask. */
export type GatewayCache = (request: CacheRequest) => Promise<Cached>;

/** What the cache is made of. */
export interface CacheParts {
  readonly shared: SharedCache;
  readonly now: Clock;
  /** Waits so many milliseconds. */
  readonly wait: (ms: number) => Promise<unknown>;
  readonly localBytes: number;
  /** Longest time that a replica waits for another's call: the upstream's own limit. */
  readonly lockMs: number;
}

const POLL_MS = 50;
// After a refresh failed, the stale answer is given out this long before the next try.
const REFRESH_PAUSE_MS = 5_000;
const REFRESH_BYTES = 1_000_000;

const parseEntry = (text: string | null | undefined, request: CacheRequest): CacheEntry | undefined => {
  if (text === null || text === undefined) return undefined;
  try {
    const entry = entrySchema.safeParse(JSON.parse(text)).data;
    return entry !== undefined && request.accepts(entry.data) ? entry : undefined;
  } catch {
    return undefined;
  }
};

const newer = (a: CacheEntry | undefined, b: CacheEntry | undefined): CacheEntry | undefined =>
  a === undefined || (b !== undefined && b.at > a.at) ? b : a;

/** True for failures that an old answer may stand in for; what must not be called is not hidden by one. */
const mayBeStale = (error: unknown): boolean =>
  error instanceof ApiError &&
  error.code.startsWith('upstream_') &&
  error.code !== 'upstream_forbidden' &&
  error.code !== 'upstream_not_found';

/** Makes the cache over a shared one. */
export const makeGatewayCache = (parts: CacheParts): GatewayCache => {
  const { shared, now, wait, lockMs } = parts;
  const local = makeByteLru<string>(parts.localBytes);
  const flights = new Map<string, Promise<Cached>>();
  const refreshes = makeByteLru<number>(REFRESH_BYTES);

  const ageOf = (entry: CacheEntry): number => Math.max(0, now() - entry.at) / 1000;
  const isFresh = (entry: CacheEntry | undefined, { ttlSeconds }: CacheTimes): entry is CacheEntry =>
    entry !== undefined && ageOf(entry) < ttlSeconds;

  const keepLocal = (key: string, text: string): void => local.set(key, text, text.length * 2);

  const look = async (request: CacheRequest): Promise<CacheEntry | undefined> => {
    const here = parseEntry(local.get(request.key), request);
    if (isFresh(here, request.times)) return here;
    const text = await shared.get(request.key);
    const there = parseEntry(text, request);
    if (there !== undefined && text !== null) keepLocal(request.key, text);
    return newer(here, there);
  };

  const loadAndKeep = async ({ key, times, load }: CacheRequest): Promise<CacheEntry> => {
    const entry = await load();
    const text = JSON.stringify(entry);
    keepLocal(key, text);
    const keep = times.ttlSeconds + Math.max(times.staleSeconds, times.staleIfErrorSeconds);
    // Awaited, so that whoever waits for the lock finds it; bounded by the shared cache's own short limit.
    await shared.set(key, text, keep);
    return entry;
  };

  /** Loads under the lock of all replicas; finds what another replica loaded meanwhile. */
  const loadOnce = async (request: CacheRequest): Promise<Cached> => {
    const deadline = now() + lockMs;
    for (;;) {
      const lock = await shared.lock(`${request.key}:lock`, lockMs);
      if (lock === 'gone' || (lock === 'held' && now() >= deadline)) {
        return { entry: await loadAndKeep(request), cached: false, stale: false };
      }
      if (lock !== 'held') {
        try {
          // Whoever held the lock before may have loaded it between our look and our lock.
          const entry = await look(request);
          if (isFresh(entry, request.times)) return { entry, cached: true, stale: false };
          return { entry: await loadAndKeep(request), cached: false, stale: false };
        } finally {
          void lock();
        }
      }
      await wait(POLL_MS);
      const entry = await look(request);
      if (isFresh(entry, request.times)) return { entry, cached: true, stale: false };
    }
  };

  const refresh = (request: CacheRequest): void => {
    const { key } = request;
    if ((refreshes.get(key) ?? 0) > now()) return;
    refreshes.set(key, now() + lockMs, 8);
    loadOnce(request).then(
      () => refreshes.delete(key),
      () => refreshes.set(key, now() + REFRESH_PAUSE_MS, 8),
    );
  };

  const find = async (request: CacheRequest): Promise<Cached> => {
    const { times } = request;
    const old = await look(request);
    if (isFresh(old, times)) return { entry: old, cached: true, stale: false };
    if (old !== undefined && ageOf(old) < times.ttlSeconds + times.staleSeconds) {
      refresh(request);
      return { entry: old, cached: true, stale: true };
    }
    try {
      return await loadOnce(request);
    } catch (error) {
      const usable = old !== undefined && ageOf(old) < times.ttlSeconds + times.staleIfErrorSeconds;
      if (usable && mayBeStale(error)) return { entry: old, cached: true, stale: true };
      throw error;
    }
  };

  return async (request) => {
    const running = flights.get(request.key);
    if (running !== undefined) return { ...(await running), cached: true };
    const flight = find(request).finally(() => flights.delete(request.key));
    flights.set(request.key, flight);
    return flight;
  };
};
