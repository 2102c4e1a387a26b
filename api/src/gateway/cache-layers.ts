// Where answers are kept: this process' own memory over a cache that all replicas share. A copy in memory never lives longer
// than the answer: age counts from when the upstream was asked. What comes back from Redis is parsed like any outside
// value: garbage is a miss.
import { z } from 'zod';
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

/** The layers, as one. */
export interface CacheLayers {
  /** The newest copy, however old it is. */
  look(request: CacheRequest): Promise<CacheEntry | undefined>;
  /** Keeps an answer in all layers. */
  keep(request: CacheRequest, entry: CacheEntry): Promise<void>;
  ageOf(entry: CacheEntry): number;
  isFresh(entry: CacheEntry | undefined, times: CacheTimes): entry is CacheEntry;
}

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

/** Makes the layers. */
export const makeCacheLayers = (shared: SharedCache, now: Clock, localBytes: number): CacheLayers => {
  const local = makeByteLru<string>(localBytes);
  const ageOf = (entry: CacheEntry): number => Math.max(0, now() - entry.at) / 1000;
  const isFresh = (entry: CacheEntry | undefined, { ttlSeconds }: CacheTimes): entry is CacheEntry =>
    entry !== undefined && ageOf(entry) < ttlSeconds;
  const keepLocal = (key: string, text: string): void => local.set(key, text, text.length * 2);
  return {
    ageOf,
    isFresh,
    look: async (request) => {
      const here = parseEntry(local.get(request.key), request);
      if (isFresh(here, request.times)) return here;
      const text = await shared.get(request.key);
      const there = parseEntry(text, request);
      if (there !== undefined && text !== null) keepLocal(request.key, text);
      return newer(here, there);
    },
    keep: async ({ key, times }, entry) => {
      const text = JSON.stringify(entry);
      keepLocal(key, text);
      const seconds = times.ttlSeconds + Math.max(times.staleSeconds, times.staleIfErrorSeconds);
      // Awaited, so that whoever waits for the lock finds it; bounded by the shared cache's own short limit.
      await shared.set(key, text, seconds);
    },
  };
};
