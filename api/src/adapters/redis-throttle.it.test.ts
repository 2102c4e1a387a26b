// The throttle on a real Redis: the same rule as in the process, shared by replicas, and slower but never open without it
// (claims B15, F16).
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startRedis, type TestRedis } from '../../test/redis.ts';
import { silent } from '../../test/silent-log.ts';
import { makeMemoryThrottle } from '../auth/memory-throttle.ts';
import { ACCOUNT_PAUSES, makeThrottle, type ThrottleStore } from '../auth/throttle.ts';
import { makeRedisCache, type RedisCache } from './redis.ts';
import { makeRedisThrottle } from './redis-throttle.ts';

let redis: TestRedis;
let connection: RedisCache;
let shared: ThrottleStore;
let time = 0;

beforeAll(async () => {
  redis = await startRedis();
  connection = makeRedisCache(redis.url, silent);
  shared = makeRedisThrottle(connection.run);
  await vi.waitUntil(async () => (await connection.run('return 1', [], [])) === 1, 10_000);
});
afterAll(async () => {
  connection?.close();
  await redis?.stop();
});
beforeEach(async () => {
  await connection.run("return redis.call('FLUSHALL')", [], []);
  time = Date.now();
});

const replica = () => makeThrottle({ shared, local: makeMemoryThrottle(), now: () => time });
const ada = (n: number) => ({ account: 'platform:ada', address: `198.51.100.${n}` });

test('B15: it pauses as the process does: doubling, capped, and forgotten by a success', async () => {
  const [one, other] = [replica(), replica()];
  const pauses: number[] = [];
  for (let i = 0; i < 13; i += 1) {
    const { wait } = await (i % 2 ? one : other).attempt(ada(i));
    if (wait === 0) continue;
    pauses.push(wait);
    time += wait * 1_000;
    expect((await (i % 2 ? one : other).attempt(ada(i))).wait).toBe(0);
  }
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  time += 60_000;
  const home = await one.attempt(ada(200));
  expect(home.wait).toBe(0);
  await home.succeeded();
  expect((await replica().attempt(ada(201))).wait).toBe(0);
});

test('B15: what one replica knows as the owner’s address another knows too', async () => {
  const home = await replica().attempt(ada(250));
  await home.succeeded();
  for (let i = 0; i < 10; i += 1) await replica().attempt(ada(i));
  expect((await replica().attempt(ada(100))).wait).toBeGreaterThan(0);
  expect((await replica().attempt(ada(250))).wait).toBe(0);
});

test('200 tries at the same moment at two replicas are 200 tries', async () => {
  const replicas = [replica(), replica()];
  const tries = await Promise.all(Array.from({ length: 200 }, (_, i) => replicas[i % 2]?.attempt(ada(i))));
  expect(tries.filter((one) => one?.wait === 0)).toHaveLength(ACCOUNT_PAUSES.free);
});

test('F16: emptied or frozen, it goes on counting in the process', async () => {
  const one = replica();
  for (let i = 0; i < 8; i += 1) await one.attempt(ada(i));
  await connection.run("return redis.call('FLUSHALL')", [], []);
  expect((await one.attempt(ada(99))).wait).toBeGreaterThan(0);
  const two = replica();
  redis.freeze(true);
  const waits: number[] = [];
  for (let i = 0; i < 8; i += 1) waits.push((await two.attempt(ada(i))).wait);
  redis.freeze(false);
  expect(waits.filter((wait) => wait === 0)).toHaveLength(ACCOUNT_PAUSES.free);
});
