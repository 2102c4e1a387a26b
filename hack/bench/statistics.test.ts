import { expect, test } from 'vitest';
import { percentile, summarise } from './statistics.ts';

const oneToTwenty = Array.from({ length: 20 }, (_, index) => 20 - index);

test.each([
  [0, 1],
  [0.5, 10],
  [0.95, 19],
  [1, 20],
])('of 1 to 20, share %d is %d', (share, wanted) => {
  expect(percentile(oneToTwenty, share)).toBe(wanted);
});

test('a single sample is all of its own percentiles', () => {
  expect(summarise([7])).toEqual({ count: 1, median: 7, p95: 7, least: 7, most: 7 });
});

test('no samples give no number', () => {
  expect(percentile([], 0.5)).toBeNaN();
});
