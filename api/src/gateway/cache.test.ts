// The gateway's cache with a clock that a test moves: what is fresh, what is given out stale and for how long, and what an
// upstream's failure changes.
import { describe, expect, test } from 'vitest';
import { memoryShared, NOW } from '../../test/gateway-rig.ts';
import type { ProblemCode } from '../contract/problem.ts';
import { ApiError } from '../errors.ts';
import { makeByteLru } from './byte-lru.ts';
import { makeGatewayCache } from './cache.ts';
import type { SharedCache } from './cache-layers.ts';

const TIMES = { ttlSeconds: 60, staleSeconds: 30, staleIfErrorSeconds: 600 };

/** A cache over an upstream that counts, and fails when told to. */
const setUp = (shared: SharedCache = memoryShared()) => {
  const state = { time: NOW, loads: 0, fail: null as ProblemCode | null, hold: null as Promise<void> | null };
  const cache = makeGatewayCache({
    shared,
    now: () => state.time,
    wait: () => new Promise((resolve) => setImmediate(resolve)),
    localBytes: 100_000,
    lockMs: 10_000,
  });
  const ask = async () => {
    const load = async () => {
      state.loads += 1;
      const n = state.loads;
      if (state.hold !== null) await state.hold;
      if (state.fail !== null) throw new ApiError(state.fail, 'it failed');
      return { data: { n }, sample: false, at: state.time };
    };
    const { entry, cached, stale } = await cache({ key: 'k', times: TIMES, accepts: () => true, load });
    return { data: entry.data, cached, stale };
  };
  const later = (seconds: number): void => {
    state.time += seconds * 1000;
  };
  /** Lets refreshes in the background end. */
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 20; i += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return { state, ask, later, settle };
};

describe('stale while revalidate', () => {
  test('an old answer is given out at once, marked, while one refresh runs; then the new one', async () => {
    const { state, ask, later, settle } = setUp();
    await ask();
    later(61);
    let release = (): void => undefined;
    state.hold = new Promise((resolve) => {
      release = resolve;
    });
    const answers = await Promise.all([ask(), ask()]);
    expect([...answers, await ask(), await ask()]).toEqual(
      Array.from({ length: 4 }, () => ({ data: { n: 1 }, cached: true, stale: true })),
    );
    expect(state.loads).toBe(2);
    release();
    await settle();
    expect(await ask()).toEqual({ data: { n: 2 }, cached: true, stale: false });
  });

  test('too old is too old: whoever asks waits for the new one', async () => {
    const { ask, later } = setUp();
    await ask();
    later(91);
    expect(await ask()).toEqual({ data: { n: 2 }, cached: false, stale: false });
  });

  test('a failed refresh is not tried again for five seconds', async () => {
    const { state, ask, later, settle } = setUp();
    await ask();
    state.fail = 'upstream_timeout';
    later(61);
    await ask();
    await settle();
    later(4);
    await ask();
    await settle();
    expect(state.loads).toBe(2);
    later(2);
    await ask();
    await settle();
    expect(state.loads).toBe(3);
  });
});

describe('stale if error', () => {
  test.each([
    'upstream_unreachable',
    'upstream_timeout',
    'upstream_invalid',
    'upstream_rate_limited',
    'upstream_refused',
  ] as const)('%s: the old answer, marked', async (code) => {
    const { state, ask, later } = setUp();
    await ask();
    state.fail = code;
    later(300);
    expect(await ask()).toEqual({ data: { n: 1 }, cached: true, stale: true });
    later(400);
    await expect(ask()).rejects.toThrow('it failed');
  });

  test('while the upstream fails it is asked once in five seconds, not by everybody', async () => {
    const { state, ask, later } = setUp();
    await ask();
    state.fail = 'upstream_timeout';
    later(300);
    await ask();
    await ask();
    later(3);
    await ask();
    expect(state.loads).toBe(2);
    later(3);
    await ask();
    expect(state.loads).toBe(3);
  });

  test.each(['upstream_not_found', 'upstream_forbidden'] as const)('%s is not hidden', async (code) => {
    const { state, ask, later } = setUp();
    await ask();
    state.fail = code;
    later(300);
    await expect(ask()).rejects.toMatchObject({ code });
  });
});

test('F19: an answer from a replica whose clock is ahead is fresh, and no longer than its time', async () => {
  const shared = memoryShared();
  const ahead = setUp(shared);
  ahead.later(3_600);
  await ahead.ask();
  const here = setUp(shared);
  expect((await here.ask()).cached).toBe(true);
});

describe('memory of a process', () => {
  test('holds no more bytes than it may; what is used least goes first', () => {
    const cache = makeByteLru<string>(2_000);
    for (const key of ['a', 'b', 'c', 'e']) cache.set(key, key, 250);
    expect(cache.get('a')).toBe('a');
    cache.set('d', 'd', 250);
    expect([cache.get('a'), cache.get('b'), cache.get('d')]).toEqual(['a', undefined, 'd']);
    expect(cache.bytes()).toBeLessThanOrEqual(2_000);
    cache.set('huge', 'x', 1_000_000);
    expect(cache.get('huge')).toBeUndefined();
    for (const key of ['a', 'c', 'd', 'e']) cache.delete(key);
    expect(cache.bytes()).toBe(0);
  });

  test('a key that is set again counts once', () => {
    const cache = makeByteLru<number>(4_000);
    for (let i = 0; i < 100; i += 1) cache.set('k', i, 100);
    expect([cache.get('k'), cache.bytes()]).toEqual([99, 301]);
  });
});
