// The gateway's cache: Redis, shared by all replicas, and a small one in this process for when Redis is gone. Concurrent
// misses of one key share one call, in the process by a promise and between replicas by a short lock. A stale answer is
// given out while one refresh runs, or when the upstream fails; errors are never stored.
import { ApiError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { makeByteLru } from './byte-lru.ts';
import {
  type Cached,
  type CacheEntry,
  type CacheLayers,
  type CacheRequest,
  makeCacheLayers,
  type SharedCache,
} from './cache-layers.ts';

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

/** True for failures that an old answer may stand in for; what must not be called is not hidden by one. */
const mayBeStale = (error: unknown): boolean =>
  error instanceof ApiError &&
  error.code.startsWith('upstream_') &&
  error.code !== 'upstream_forbidden' &&
  error.code !== 'upstream_not_found';

/** Loads under the lock of all replicas; finds what another replica loaded meanwhile. */
const makeLoadOnce = ({ shared, now, wait, lockMs }: CacheParts, layers: CacheLayers) => {
  const load = async (request: CacheRequest): Promise<Cached> => {
    const entry = await request.load();
    await layers.keep(request, entry);
    return { entry, cached: false, stale: false };
  };
  const findOther = async (request: CacheRequest): Promise<Cached | null> => {
    const entry = await layers.look(request);
    return layers.isFresh(entry, request.times) ? { entry, cached: true, stale: false } : null;
  };
  const loadLocked = async (request: CacheRequest, release: () => Promise<void>): Promise<Cached> => {
    try {
      // Whoever held the lock before may have loaded it between our look and our lock.
      return (await findOther(request)) ?? (await load(request));
    } finally {
      void release();
    }
  };
  return async (request: CacheRequest): Promise<Cached> => {
    const deadline = now() + lockMs;
    for (;;) {
      const lock = await shared.lock(`${request.key}:lock`, lockMs);
      if (typeof lock === 'function') return loadLocked(request, lock);
      if (lock === 'gone' || now() >= deadline) return load(request);
      await wait(POLL_MS);
      const found = await findOther(request);
      if (found !== null) return found;
    }
  };
};

/** Makes the cache over a shared one. */
export const makeGatewayCache = (parts: CacheParts): GatewayCache => {
  const { now, lockMs } = parts;
  const layers = makeCacheLayers(parts.shared, now, parts.localBytes);
  const { ageOf, isFresh } = layers;
  const loadOnce = makeLoadOnce(parts, layers);
  const flights = new Map<string, Promise<Cached>>();
  // Until when a key is refreshed, or is not tried again because it failed.
  const refreshes = makeByteLru<number>(REFRESH_BYTES);
  const failures = makeByteLru<number>(REFRESH_BYTES);

  const refresh = (request: CacheRequest): void => {
    const { key } = request;
    if ((refreshes.get(key) ?? 0) > now()) return;
    refreshes.set(key, now() + lockMs, 8);
    loadOnce(request).then(
      () => refreshes.delete(key),
      () => refreshes.set(key, now() + REFRESH_PAUSE_MS, 8),
    );
  };

  /** Loads, or gives the old answer when that fails; asks an upstream that failed only now and then. */
  const loadOr = async (old: CacheEntry, request: CacheRequest): Promise<Cached> => {
    const stale = { entry: old, cached: true, stale: true };
    if ((failures.get(request.key) ?? 0) > now()) return stale;
    try {
      return await loadOnce(request);
    } catch (error) {
      if (!mayBeStale(error)) throw error;
      failures.set(request.key, now() + REFRESH_PAUSE_MS, 8);
      return stale;
    }
  };

  const find = async (request: CacheRequest): Promise<Cached> => {
    const { times } = request;
    const old = await layers.look(request);
    if (isFresh(old, times)) return { entry: old, cached: true, stale: false };
    if (old !== undefined && ageOf(old) < times.ttlSeconds + times.staleSeconds) {
      refresh(request);
      return { entry: old, cached: true, stale: true };
    }
    const usable = old !== undefined && ageOf(old) < times.ttlSeconds + times.staleIfErrorSeconds;
    return usable ? loadOr(old, request) : loadOnce(request);
  };

  return async (request) => {
    const running = flights.get(request.key);
    if (running !== undefined) return { ...(await running), cached: true };
    const flight = find(request).finally(() => flights.delete(request.key));
    flights.set(request.key, flight);
    return flight;
  };
};
