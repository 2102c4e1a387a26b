// Tables of phases: given these facts, this is what a phase says and asks for, in words short enough for a table.
import { describe, expect, it } from 'vitest';
import type { Facts } from '../facts.ts';
import type { Phase } from '../phases/phase.ts';
import { makePlan } from '../plan.ts';
import { anApp, aRevision, someFacts } from './build-facts.ts';

/** The app of every table that names no other. */
export const app = anApp();

/** `state reason | actions`, short enough for a table. */
const run = (phase: Phase, facts: Facts): string => {
  const result = phase.run({ facts, plan: makePlan(facts) });
  const reason = result.state === 'done' ? '' : ` ${result.reason}`;
  const actions = result.actions.map((action) =>
    action.type === 'startTask' ? `start ${action.task.kind}` : action.type,
  );
  return [`${result.state}${reason}`, ...actions].join(' | ');
};

/** One row: the situation in words, its facts, the outcome. */
export type Row = readonly [given: string, facts: Partial<Facts>, outcome: string];

/** Runs a phase over the rows. */
export const table = (phase: Phase, rows: readonly Row[]): void => {
  describe(phase.step, () => {
    it.each(rows)('given %s', (_given, facts, outcome) => {
      expect(run(phase, someFacts({ app, ...facts }))).toBe(outcome);
    });
  });
};

/** A list of one revision of the app. */
export const revision = (over: Parameters<typeof aRevision>[1]) => [aRevision(app, over)];
