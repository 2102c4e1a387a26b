// Reads vitest's JSON report into counts. A run that ended badly without a failed test (a file that does not
// load, a crashed worker) counts as one failure, so it can never look green.
import { z } from 'zod';

/** Tests by outcome. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Nothing run yet. */
export const NO_COUNTS: Counts = { passed: 0, failed: 0, skipped: 0 };

const reportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int().default(0),
});

const parseReport = (text: string | undefined): Counts => {
  if (text === undefined) return NO_COUNTS;
  const report = reportSchema.parse(JSON.parse(text));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
};

/** Counts of one run from its report (absent when none was written) and whether the runner ended well. */
export const countsOf = (text: string | undefined, endedWell: boolean): Counts => {
  const counts = parseReport(text);
  return endedWell || counts.failed > 0 ? counts : { ...counts, failed: 1 };
};

/** The sum of two runs. */
export const addCounts = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** The closing line: `N passed, N failed`, and `, N skipped` when there are any. */
export const summary = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
