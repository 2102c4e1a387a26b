// The gateway's cache: Redis first, shared by all replicas, with a small one in this process for when Redis is gone.
// Concurrent misses of one key share one call. Errors are never stored. What comes back from Redis is parsed like
// any outside value: garbage counts as a miss.
import { z } from 'zod';
import type { Clock } from '../ports.ts';

/** A cache outside this process. Never throws: "not there" and "not reachable" are both null. */
export interface SharedCache {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, ttlSeconds: number): Promise<void>;
}

const entrySchema = z.object({ data: z.unknown(), sample: z.boolean(), fetchedAt: z.string() });
/** What is kept of an upstream's answer. */
export type CacheEntry = z.infer<typeof entrySchema>;

/** An entry, and whether it was there before this request. */
export interface Cached {
  readonly entry: CacheEntry;
  readonly cached: boolean;
}

/** Looks a key up, or loads it once for all who ask. */
export type GatewayCache = (
  key: string,
  ttlSeconds: number,
  load: () => Promise<CacheEntry>,
) => Promise<Cached>;

const MAX_LOCAL_ENTRIES = 500;

interface LocalCache {
  get(key: string): CacheEntry | undefined;
  set(key: string, entry: CacheEntry, ttlSeconds: number): void;
}

const makeLocalCache = (now: Clock): LocalCache => {
  const entries = new Map<string, { entry: CacheEntry; until: number }>();
  return {
    get: (key) => {
      const found = entries.get(key);
      return found !== undefined && found.until > now() ? found.entry : undefined;
    },
    set: (key, entry, ttlSeconds) => {
      entries.delete(key);
      const oldest = entries.keys().next();
      if (!oldest.done && entries.size >= MAX_LOCAL_ENTRIES) entries.delete(oldest.value);
      entries.set(key, { entry, until: now() + ttlSeconds * 1000 });
    },
  };
};

const parseEntry = (text: string | null): CacheEntry | undefined => {
  if (text === null) return undefined;
  try {
    return entrySchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** Makes the cache over a shared one. */
export const makeGatewayCache = (shared: SharedCache, now: Clock): GatewayCache => {
  const local = makeLocalCache(now);
  const flights = new Map<string, Promise<Cached>>();
  const find = async (key: string, ttlSeconds: number, load: () => Promise<CacheEntry>): Promise<Cached> => {
    const here = local.get(key) ?? parseEntry(await shared.get(key));
    if (here !== undefined) return { entry: here, cached: true };
    const entry = await load();
    local.set(key, entry, ttlSeconds);
    // Not awaited: the answer does not wait for the cache.
    void shared.set(key, JSON.stringify(entry), ttlSeconds);
    return { entry, cached: false };
  };
  return async (key, ttlSeconds, load) => {
    const running = flights.get(key);
    if (running !== undefined) return { ...(await running), cached: true };
    const flight = find(key, ttlSeconds, load).finally(() => flights.delete(key));
    flights.set(key, flight);
    return flight;
  };
};
