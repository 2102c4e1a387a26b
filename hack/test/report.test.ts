import { expect, test } from 'vitest';
import { addCounts, countsOf, NO_COUNTS, summary } from './report.ts';

const report = (passed: number, failed: number, pending: number): string =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: pending });

test.each([
  ['given a clean report, counts its tests', report(3, 0, 1), true, { passed: 3, failed: 0, skipped: 1 }],
  ['given failed tests, counts them once', report(3, 2, 0), false, { passed: 3, failed: 2, skipped: 0 }],
  [
    'given a bad end without a failed test, counts a failure',
    report(3, 0, 0),
    false,
    { passed: 3, failed: 1, skipped: 0 },
  ],
  ['given no report and a bad end, counts a failure', undefined, false, { passed: 0, failed: 1, skipped: 0 }],
])('%s', (_, text, endedWell, expected) => {
  expect(countsOf(text, endedWell)).toEqual(expected);
});

test('given two runs, the closing line adds them and names skipped tests only when there are any', () => {
  const one = countsOf(report(3, 0, 0), true);
  expect(summary(addCounts(NO_COUNTS, one))).toBe('3 passed, 0 failed');
  expect(summary(addCounts(one, { passed: 1, failed: 1, skipped: 2 }))).toBe('4 passed, 1 failed, 2 skipped');
});
