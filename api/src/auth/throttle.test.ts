import { describe, expect, test } from 'vitest';
import { makeMemoryThrottle } from './memory-throttle.ts';
import { ACCOUNT_PAUSES, type Attempt, makeThrottle, pauseAfter, type ThrottleStore } from './throttle.ts';

const setUp = (shared: ThrottleStore | null = null) => {
  let time = Date.parse('2026-11-25T08:00:00Z');
  const throttle = makeThrottle({ shared, local: makeMemoryThrottle(), now: () => time });
  const attempt = async (asked: Attempt): Promise<number> => (await throttle.attempt(asked)).wait;
  return {
    attempt,
    /** Tries, and has the right password. */
    signIn: async (asked: Attempt): Promise<number> => {
      const { wait, succeeded } = await throttle.attempt(asked);
      if (wait === 0) await succeeded();
      return wait;
    },
    advance: (seconds: number) => {
      time += seconds * 1000;
    },
    /** Fails again and again, waiting out every pause; gives the pauses. */
    fail: async (attempts: readonly Attempt[]): Promise<number[]> => {
      const pauses: number[] = [];
      for (const asked of attempts) {
        const wait = await attempt(asked);
        if (wait > 0) {
          pauses.push(wait);
          time += wait * 1000;
          expect(await attempt(asked)).toBe(0);
        }
      }
      return pauses;
    },
  };
};
const from = (n: number): string => `198.51.100.${n}`;
const ada = (n: number): Attempt => ({ account: 'platform:ada', address: from(n) });
const rotating = (count: number): Attempt[] => Array.from({ length: count }, (_, i) => ada(i));

describe('one account', () => {
  test('B15: ten failures from ten addresses make pauses that double, then the right one works', async () => {
    const { fail, attempt, advance, signIn } = setUp();
    expect(await fail(rotating(10))).toEqual([1, 2, 4, 8, 16]);
    const owner = ada(200);
    expect(await signIn(owner)).toBe(32);
    advance(32);
    expect(await signIn(owner)).toBe(0);
    expect(await attempt(ada(201))).toBe(0);
  });

  test('B15: the pause never grows beyond a minute, however long somebody guesses', async () => {
    const { fail } = setUp();
    const pauses = await fail(rotating(60));
    expect(Math.max(...pauses)).toBe(60);
  });

  test('B15: from an address where it signed in before it is not kept out by strangers', async () => {
    const { fail, attempt, signIn } = setUp();
    const home = ada(250);
    expect(await signIn(home)).toBe(0);
    await fail(rotating(30));
    expect(await attempt(ada(100))).toBeGreaterThan(0);
    expect(await attempt(home)).toBe(0);
  });

  test('that address has pauses of its own', async () => {
    const { fail, signIn } = setUp();
    await signIn(ada(250));
    expect(await fail(Array.from({ length: 8 }, () => ada(250)))).toEqual([1, 2, 4]);
  });

  test('200 tries at the same moment are 200 tries', async () => {
    const { attempt } = setUp();
    const waits = await Promise.all(Array.from({ length: 200 }, (_, i) => attempt(ada(i % 250))));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(ACCOUNT_PAUSES.free);
  });

  test('quiet forgets the failures', async () => {
    const { fail, advance, attempt } = setUp();
    await fail(rotating(12));
    advance(ACCOUNT_PAUSES.forgetMs / 1000);
    expect(await attempt(ada(99))).toBe(0);
    expect(await attempt(ada(98))).toBe(0);
  });
});

describe('one address', () => {
  test('B15: guessing over many accounts is slowed, others are not', async () => {
    const { attempt } = setUp();
    const waits: number[] = [];
    for (let i = 0; i < 40; i += 1) waits.push(await attempt({ account: `user-${i}`, address: from(1) }));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(30);
    expect(await attempt({ account: 'user-39', address: from(2) })).toBe(0);
  });

  test('signing in with an account of one’s own does not wipe what was counted', async () => {
    const { attempt, signIn } = setUp();
    let granted = 0;
    for (let i = 0; i < 100; i += 1) {
      if ((await attempt({ account: `victim-${i}`, address: from(1) })) === 0) granted += 1;
      expect(await signIn({ account: 'mallory', address: from(1) })).toBe(0);
    }
    expect(granted).toBeLessThanOrEqual(30);
  });
});

test('when the shared store is away this process counts by itself', async () => {
  const away: ThrottleStore = {
    take: async () => null,
    settle: async () => undefined,
    isKnown: async () => null,
  };
  expect(await setUp(away).fail(rotating(7))).toEqual([1, 2]);
});

test('a bounded store forgets the oldest, not the newest', async () => {
  const store = makeMemoryThrottle(2);
  const counter = (key: string) => [{ key, pauses: { free: 1, baseMs: 1000, capMs: 1000, forgetMs: 9000 } }];
  for (const key of ['a', 'b', 'c']) expect(await store.take(counter(key), 0)).toBe(0);
  expect(await store.take(counter('c'), 0)).toBe(1000);
  expect(await store.take(counter('a'), 0)).toBe(0);
});

test('F19: a clock that jumps back makes no pause longer than its cap', async () => {
  const store = makeMemoryThrottle();
  const counter = [{ key: 'a', pauses: { free: 1, baseMs: 1000, capMs: 1000, forgetMs: 9000 } }];
  await store.take(counter, 3_600_000);
  expect(await store.take(counter, 0)).toBe(1000);
});

test.each([
  [1, 0],
  [4, 0],
  [5, 1_000],
  [10, 32_000],
  [11, 60_000],
  [1_000, 60_000],
])('after %i tries the pause is %i ms', (tries, pause) => {
  expect(pauseAfter(tries, ACCOUNT_PAUSES)).toBe(pause);
});
