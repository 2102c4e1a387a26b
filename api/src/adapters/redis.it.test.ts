// The gateway's cache and quotas on a real Redis that is killed, frozen, emptied, or is no Redis at all. Two caches with
// two connections stand for two replicas.
import { createServer, type Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { freePort } from '../../test/free-port.ts';
import { startRedis, type TestRedis } from '../../test/redis.ts';
import { silent } from '../../test/silent-log.ts';
import { makeGatewayCache } from '../gateway/cache.ts';
import type { Cached, CacheEntry } from '../gateway/cache-layers.ts';
import { makeDayQuota } from '../gateway/quota.ts';
import { makeRedisCache, type RedisCache } from './redis.ts';

const open: { redis: TestRedis[]; caches: RedisCache[]; servers: Server[] } = {
  redis: [],
  caches: [],
  servers: [],
};
afterEach(async () => {
  for (const cache of open.caches.splice(0)) cache.close();
  for (const redis of open.redis.splice(0)) {
    redis.freeze(false);
    await redis.stop();
  }
  for (const server of open.servers.splice(0)) server.close();
});

const begin = async (port?: number): Promise<TestRedis> => {
  const redis = await startRedis(port);
  open.redis.push(redis);
  return redis;
};

const until = async (check: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await check()) return;
    await wait(50);
  }
  throw new Error('it did not come to be within 20 s');
};

const connect = async (url: string, ready = true): Promise<RedisCache> => {
  const cache = makeRedisCache(url, silent);
  open.caches.push(cache);
  const works = async (): Promise<boolean> => {
    await cache.set('probe', 'x', 10);
    return (await cache.get('probe')) === 'x';
  };
  if (ready) await until(works);
  return cache;
};

const TIMES = { ttlSeconds: 30, staleSeconds: 0, staleIfErrorSeconds: 0 };

/** One replica: its own memory, a clock of its own, and the loads that it made. */
const replica = (shared: RedisCache, given: { lockMs?: number; localBytes?: number } = {}) => {
  const loads: string[] = [];
  const cache = makeGatewayCache({
    shared,
    now: Date.now,
    wait,
    localBytes: given.localBytes ?? 0,
    lockMs: given.lockMs ?? 10_000,
  });
  const load =
    (key: string, work: () => Promise<unknown> = async () => undefined) =>
    async (): Promise<CacheEntry> => {
      loads.push(key);
      await work();
      return { data: { key }, sample: false, at: Date.now() };
    };
  const ask = (key: string, work?: () => Promise<unknown>): Promise<Cached> =>
    cache({ key, times: TIMES, accepts: () => true, load: load(key, work) });
  return { ask, loads };
};

describe('G16: single flight over replicas', () => {
  test('G16: 1,000 concurrent misses of one key at two replicas are one call', async () => {
    const redis = await begin();
    const [a, b] = [replica(await connect(redis.url)), replica(await connect(redis.url))];
    const slow = () => wait(200);
    const answers = await Promise.all(
      Array.from({ length: 500 }, () => [a.ask('k', slow), b.ask('k', slow)]).flat(),
    );
    expect([...a.loads, ...b.loads]).toEqual(['k']);
    expect(answers.filter(({ cached }) => !cached)).toHaveLength(1);
  });

  test('G16: a replica that dies with the lock blocks the others no longer than an upstream may take', async () => {
    const redis = await begin();
    const shared = await connect(redis.url);
    expect(typeof (await shared.lock('k:lock', 10_000))).toBe('function');
    const { ask, loads } = replica(shared, { lockMs: 300 });
    expect(await ask('k')).toMatchObject({ cached: false });
    expect(loads).toEqual(['k']);
  });

  test('G16: a call that fails is not shared: the next replica tries for itself', async () => {
    const redis = await begin();
    const [a, b] = [replica(await connect(redis.url)), replica(await connect(redis.url))];
    const failing = async () => {
      await wait(100);
      throw new Error('upstream is down');
    };
    const [first, second] = await Promise.allSettled([a.ask('k', failing), b.ask('k')]);
    expect([first?.status, second?.status].sort()).toContain('fulfilled');
    expect((await b.ask('k')).cached).toBe(true);
  });
});

describe('G17 F16: Redis goes away', () => {
  test('G17: killed, frozen, emptied and started again, answers come all the same', {
    timeout: 30_000,
  }, async () => {
    let redis = await begin();
    const shared = await connect(redis.url);
    // No memory of its own, so that only Redis can give a hit.
    const { ask } = replica(shared);
    expect((await ask('k')).cached).toBe(false);
    expect((await ask('k')).cached).toBe(true);

    redis.freeze(true);
    expect((await ask('k')).cached).toBe(false);
    redis.freeze(false);
    await until(async () => (await ask('k')).cached);

    await redis.stop();
    expect((await ask('k')).cached).toBe(false);
    redis = await begin(redis.port);
    await until(async () => (await ask('k')).cached);
  });

  test('G17: with a memory of its own, a replica without Redis still has hits', async () => {
    const shared = await connect(`redis://127.0.0.1:${await freePort()}`, false);
    const { ask, loads } = replica(shared, { localBytes: 1_000_000 });
    expect((await ask('k')).cached).toBe(false);
    expect((await ask('k')).cached).toBe(true);
    expect(loads).toEqual(['k']);
  });

  const OURS = /\r\n(get|set|eval|multi|exec|incrby|expire)\r\n/;

  /** Says what a Redis says at the start of a connection, and noise from then on. */
  const startLiar = async (noise: string): Promise<{ port: number; seen: string[] }> => {
    const port = await freePort();
    const seen: string[] = [];
    const info = 'redis_version:7.0.0\r\nloading:0\r\n';
    const replyTo = (command: string): string => {
      if (command.includes('\r\ninfo\r\n')) return `$${info.length}\r\n${info}\r\n`;
      return OURS.test(command) ? noise : '+OK\r\n';
    };
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        const commands = bytes
          .toString()
          .toLowerCase()
          .split(/(?=\*\d+\r\n)/);
        seen.push(...commands);
        for (const command of commands) socket.write(replyTo(command));
      });
    });
    open.servers.push(server);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return { port, seen };
  };

  test.each<[string, string]>([
    ['an HTTP server', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['noise', '\u0000\u0001$-5\r\n*9999999\r\n'],
    ['an error for everything', '-ERR no\r\n'],
    ['a number for everything', ':7\r\n'],
    ['a text for everything', '$7\r\n{"a":1}\r\n'],
  ])('G17: %s in the place of Redis is no cache and no quota', async (_name, noise) => {
    const { port, seen } = await startLiar(noise);
    const shared = await connect(`redis://127.0.0.1:${port}`, false);
    const { ask } = replica(shared, { lockMs: 500 });
    await until(async () => {
      expect((await ask('k')).entry.data).toEqual({ key: 'k' });
      return seen.some((command) => command.includes('\r\nget\r\n'));
    });
    const take = makeDayQuota({ name: 'test', perDay: 3, add: shared.add, now: Date.now });
    const waits = [await take('app:a'), await take('app:a'), await take('app:a'), await take('app:a')];
    expect(waits.at(-1)).toBeGreaterThan(0);
  });
});

describe('G17: quotas', () => {
  const quota = (shared: Pick<RedisCache, 'add'>, perDay: number, now = Date.now) =>
    makeDayQuota({ name: 'test', perDay, add: shared.add, now });
  const DAY = Math.floor(Date.parse('2026-11-25T10:00:00Z') / 86_400_000);
  const grants = async (take: ReturnType<typeof quota>, times: number): Promise<number> => {
    let granted = 0;
    for (let i = 0; i < times; i += 1) if ((await take('app:a')) === 0) granted += 1;
    return granted;
  };

  test('G17: replicas count together; a new replica knows what was counted before', async () => {
    const redis = await begin();
    const shared = await connect(redis.url);
    let time = Date.parse('2026-11-25T10:00:00Z');
    // Every look at the clock is two seconds later: each call is added up at once.
    const now = (): number => {
      time += 2_000;
      return time;
    };
    expect(await grants(quota(shared, 10, now), 6)).toBe(6);
    await until(async () => (await shared.add(`faibric:gateway:calls:test:${DAY}:app:a`, 0, 10)) === 6);
    expect(await grants(quota(shared, 10, now), 10)).toBe(4);
  });

  test('G17: a Redis that is emptied, or gone, gives nobody a new day; each replica holds the limit by itself', async () => {
    const redis = await begin();
    const shared = await connect(redis.url);
    const take = quota(shared, 10);
    expect(await grants(take, 8)).toBe(8);
    await redis.stop();
    const again = await begin(redis.port);
    await until(async () => (await shared.get('nothing')) === null);
    expect(await grants(take, 10)).toBe(2);
    await again.stop();
    expect(await grants(take, 10)).toBe(0);
    expect(await grants(quota(shared, 10), 20)).toBe(10);
  });
});
