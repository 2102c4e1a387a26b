import { expect, test } from 'vitest';
import { formatAge, formatElapsed } from './elapsed.ts';

test.each([
  [-5_000, '0 s'],
  [0, '0 s'],
  [2_900, '2 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [65_000, '1 min 5 s'],
  [3_600_000, '1 h'],
  [3_780_000, '1 h 3 min'],
])('%i ms of waiting reads %s', (milliseconds, wanted) => {
  expect(formatElapsed(milliseconds)).toBe(wanted);
});

test.each([
  [-10, 'just now'],
  [30_000, 'just now'],
  [300_000, '5 min ago'],
  [7_200_000, '2 h ago'],
  [90_000_000, 'yesterday'],
  [260_000_000, '3 days ago'],
])('an age of %i ms reads %s', (milliseconds, wanted) => {
  expect(formatAge(milliseconds)).toBe(wanted);
});
