// Redis as a cache that may be gone: every call has a short limit of its own and an answer of "nothing", because
// a slow cache must never be slower than no cache. Nothing here is needed to be right, only to be fast.
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { SharedCache } from '../gateway/cache-layers.ts';
import type { AddShared } from '../gateway/quota.ts';
import type { Log } from '../ports.ts';

const COMMAND_TIMEOUT_MS = 250;

// A Redis that did not answer is left alone this long: a miss must not pay its time limit three times over.
const PAUSE_MS = 1_000;

/** Runs a Lua script; null when Redis is away. */
export type RunScript = (
  script: string,
  keys: readonly string[],
  values: readonly (string | number)[],
) => Promise<unknown>;

/** A cache on Redis, counters and scripts there, and its end. */
export interface RedisCache extends SharedCache {
  readonly add: AddShared;
  readonly run: RunScript;
  close(): void;
}

// Deletes a lock only if it is still the caller's own: it may have ended and be another's by now.
const RELEASE =
  "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0";

/** Runs commands whose failure means "nothing"; after one, Redis is left alone for a moment. */
const makeQuietly = () => {
  let pausedUntil = 0;
  return async <T>(work: () => Promise<T>): Promise<T | null> => {
    if (Date.now() < pausedUntil) return null;
    try {
      return await work();
    } catch {
      pausedUntil = Date.now() + PAUSE_MS;
      return null;
    }
  };
};

/** Connects in the background; a Redis that is away is asked again with growing pauses. */
export const makeRedisCache = (url: string, log: Log): RedisCache => {
  const redis = new Redis(url, {
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: 1_000,
    // No queue: while Redis is away a command fails at once instead of waiting for it.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(200 * 2 ** Math.min(times, 6), 10_000),
  });
  let away = false;
  redis.on('error', (error: Error & { code?: string }) => {
    if (!away) log.warn({ code: error.code }, 'Redis is away; going on without it');
    away = true;
  });
  redis.on('ready', () => {
    if (away) log.info({}, 'Redis is back');
    away = false;
  });
  const quietly = makeQuietly();
  return {
    get: (key) => quietly(() => redis.get(key)),
    set: async (key, value, ttlSeconds) => {
      await quietly(() => redis.set(key, value, 'EX', ttlSeconds));
    },
    lock: async (key, ms) => {
      const token = randomUUID();
      // "nothing" is also what a lock that another holds gives, so being away must look different.
      const taken = await quietly(async () => (await redis.set(key, token, 'PX', ms, 'NX')) === 'OK');
      if (taken === null) return 'gone';
      if (!taken) return 'held';
      return async () => {
        await quietly(() => redis.eval(RELEASE, 1, key, token));
      };
    },
    add: async (key, by, ttlSeconds) => {
      const sum = await quietly(async () => {
        const replies = await redis.multi().incrby(key, by).expire(key, ttlSeconds).exec();
        return replies?.[0]?.[1];
      });
      return typeof sum === 'number' ? sum : null;
    },
    run: (script, keys, values) =>
      quietly(() => redis.eval(script, keys.length, ...keys, ...values.map(String))),
    close: () => redis.disconnect(),
  };
};
