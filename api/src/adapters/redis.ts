// Redis as a cache that may be gone: every call has a short limit of its own and an answer of "nothing", because
// a slow cache must never be slower than no cache. Nothing here is needed to be right, only to be fast.
import { Redis } from 'ioredis';
import type { SharedCache } from '../gateway/cache.ts';
import type { Log } from '../ports.ts';

const COMMAND_TIMEOUT_MS = 250;

/** A cache on Redis, and its end. */
export interface RedisCache extends SharedCache {
  close(): void;
}

const quietly = async <T>(work: Promise<T>): Promise<T | null> => {
  try {
    return await work;
  } catch {
    return null;
  }
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
  return {
    get: (key) => quietly(redis.get(key)),
    set: async (key, value, ttlSeconds) => {
      await quietly(redis.set(key, value, 'EX', ttlSeconds));
    },
    close: () => redis.disconnect(),
  };
};
