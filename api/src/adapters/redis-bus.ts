// Notes between replicas over Redis publish/subscribe. Two connections, because one that listens may do nothing else; both
// come back by themselves, and what was said meanwhile is not said again: whoever listens also looks by itself.
import { Redis } from 'ioredis';
import { z } from 'zod';
import { type ChangeBus, calmBus } from '../live/change-bus.ts';

const CHANNEL = 'faibric:changes';
const note = z.object({ appId: z.string(), what: z.enum(['changed', 'recheck']) });

/** A bus on Redis, and its end. */
export interface RedisBus extends ChangeBus {
  close(): void;
}

const connect = (url: string): Redis => {
  const redis = new Redis(url, {
    connectTimeout: 1_000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResubscribe: true,
    retryStrategy: (times) => Math.min(200 * 2 ** Math.min(times, 6), 10_000),
  });
  // The cache's connection tells the log that Redis is away; once is enough.
  redis.on('error', () => undefined);
  return redis;
};

/** Connects in the background. */
export const makeRedisBus = (url: string): RedisBus => {
  const [speaker, listener] = [connect(url), connect(url)];
  // Not subscribed by ioredis itself while the first connection is not made yet.
  listener.on('ready', () => void listener.subscribe(CHANNEL).catch(() => undefined));
  const bus: ChangeBus = {
    publish: (said) => void speaker.publish(CHANNEL, JSON.stringify(said)).catch(() => undefined),
    subscribe: (hear) => {
      listener.on('message', (_channel, text) => {
        try {
          hear(note.parse(JSON.parse(text)));
        } catch {
          // Not ours.
        }
      });
    },
  };
  return {
    ...calmBus(bus),
    close: () => {
      speaker.disconnect();
      listener.disconnect();
    },
  };
};
