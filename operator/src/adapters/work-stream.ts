// The stream of an app's work in Redis: capped, expiring, written without anybody waiting. While Redis is away entries
// are dropped; the resources hold everything that counts.
import { WORK_FIELD, WORK_STREAM_LIMITS, workStreamKey } from '@faibric/crds';
import { Redis } from 'ioredis';
import type { WorkStream } from '../ports.ts';
import type { Logger } from '../runtime/logger.ts';
import { makeWorkBatches } from '../tasks/work-batches.ts';

/** A stream on Redis, and its end. */
export interface RedisWorkStream extends WorkStream {
  close(): void;
}

const COMMAND_TIMEOUT_MS = 1_000;

/** Connects in the background; a Redis that is away is asked again with growing pauses. */
export const createWorkStream = (url: string, logger: Logger): RedisWorkStream => {
  const redis = new Redis(url, {
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: 2_000,
    // No queue: while Redis is away a command fails at once instead of waiting for it.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(200 * 2 ** Math.min(times, 6), 10_000),
  });
  let away = false;
  redis.on('error', (error: Error & { code?: string }) => {
    // Only the code: the message may hold the address.
    if (!away) logger.warn({ code: error.code }, 'Redis is away; what is being made cannot be watched');
    away = true;
  });
  redis.on('ready', () => {
    away = false;
  });
  const { entries: most, expireSeconds } = WORK_STREAM_LIMITS;
  const stream = makeWorkBatches({
    send: async (appId, entries) => {
      const key = workStreamKey(appId);
      const pipeline = redis.pipeline();
      for (const entry of entries) {
        pipeline.xadd(key, 'MAXLEN', '~', most, '*', WORK_FIELD, JSON.stringify(entry));
      }
      pipeline.expire(key, expireSeconds);
      await pipeline.exec();
    },
    later: (work, ms) => setTimeout(work, ms).unref(),
  });
  return { ...stream, close: () => redis.disconnect() };
};
