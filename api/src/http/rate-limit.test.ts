import { describe, expect, test } from 'vitest';
import { makeLimiter } from './rate-limit.ts';

const clock = () => {
  let time = 1_000_000;
  return { now: () => time, pass: (ms: number) => (time += ms) };
};

describe('A19: token buckets', () => {
  test('a burst is granted, then nothing until time passes', () => {
    const { now, pass } = clock();
    const limiter = makeLimiter({ perSecond: 2, burst: 3, now });
    expect([limiter('a'), limiter('a'), limiter('a')]).toEqual([0, 0, 0]);
    expect(limiter('a')).toBe(0.5);
    pass(500);
    expect(limiter('a')).toBe(0);
    expect(limiter('a')).toBeGreaterThan(0);
  });

  test('one key does not use up another', () => {
    const limiter = makeLimiter({ perSecond: 1, burst: 1, now: clock().now });
    expect(limiter('a')).toBe(0);
    expect(limiter('a')).toBeGreaterThan(0);
    expect(limiter('b')).toBe(0);
  });

  test('a clock that jumps back grants nothing extra and does not lock', () => {
    const { now, pass } = clock();
    const limiter = makeLimiter({ perSecond: 1, burst: 1, now });
    limiter('a');
    pass(-3_600_000);
    expect(limiter('a')).toBeGreaterThan(0);
    pass(3_601_000);
    expect(limiter('a')).toBe(0);
  });

  test('zero switches it off', () => {
    const limiter = makeLimiter({ perSecond: 0, burst: 0, now: clock().now });
    expect(Array.from({ length: 100 }, () => limiter('a')).every((wait) => wait === 0)).toBe(true);
  });
});
