// The shape of a phase: a pure function that says whether its step is done, what is under way, or why it cannot go
// on, and what to do next. A phase never looks at the phases after it; `decide` folds them in order.
import type { Reason, Step } from '@faibric/crds';
import type { TaskKind } from '../../tasks/task.ts';
import type { Action } from '../actions.ts';
import type { Facts, TaskFact, WatchedRevision } from '../facts.ts';
import type { Plan } from '../plan.ts';
import { revisionName } from '../resources/names.ts';
import { failureOf, retryTimeOf, standingOf } from '../standing.ts';
import { taskKey } from '../task-key.ts';

/** What a phase decides from. */
export interface PhaseInput {
  readonly facts: Facts;
  readonly plan: Plan;
}

/** How a step stands. `retrying` is a failure that heals by itself or at a known time; `stalled` needs a person. */
export type PhaseResult = { readonly actions: readonly Action[] } & (
  | { readonly state: 'done'; readonly message: string }
  | {
      readonly state: 'progress' | 'retrying' | 'stalled';
      readonly reason: Reason;
      readonly message: string;
      /** When to look again even if nothing changes; wall clock, milliseconds. */
      readonly again?: number | undefined;
    }
);

/** One phase. */
export interface Phase {
  readonly step: Step;
  /** Shown as the app's phase while the step is worked on. */
  readonly word: string;
  readonly run: (input: PhaseInput) => PhaseResult;
}

/** The step is done. */
export const done = (message: string, actions: readonly Action[] = []): PhaseResult => ({
  state: 'done',
  message,
  actions,
});

/** The step is being worked on. */
export const progress = (message: string, actions: readonly Action[] = [], reason: Reason = 'InProgress') =>
  ({ state: 'progress', reason, message, actions }) satisfies PhaseResult;

/** The step cannot go on without a person. */
export const stalled = (reason: Reason, message: string, actions: readonly Action[] = []): PhaseResult => ({
  state: 'stalled',
  reason,
  message,
  actions,
});

/** The text with one full stop at its end. */
const sentence = (text: string): string => `${text.replace(/[.\s]+$/, '')}.`;

/** A whole number of seconds, at least one, until `time`. */
const secondsUntil = (time: number, now: number): number => Math.max(1, Math.ceil((time - now) / 1000));

/**
 * What a recorded failure of the revision means now: waiting for its time, stalled, or nothing when it is time to
 * try again. The message names the wall-clock time and not a countdown, which would change the status every second.
 */
export const failedResult = (revision: WatchedRevision, now: number): PhaseResult | undefined => {
  const failure = failureOf(revision);
  if (!failure) return undefined;
  const standing = standingOf(revision, now);
  if (standing === 'failed' || standing === 'dropped') return stalled(failure.reason, failure.message);
  if (standing !== 'waiting') return undefined;
  const at = retryTimeOf(revision) ?? now;
  const message = `${sentence(failure.message)} Next try at ${new Date(at).toISOString().slice(11, 19)} UTC.`;
  return {
    state: 'retrying',
    reason: failure.reason,
    message,
    again: now + secondsUntil(at, now) * 1000,
    actions: [],
  };
};

/** The task of that kind that runs or waits for the revision. */
export const taskOf = (facts: Facts, kind: TaskKind, revision: WatchedRevision): TaskFact | undefined =>
  facts.tasks.find((task) => task.kind === kind && task.revision === revision.spec.number);

/** Asks for a task on the revision. Its key holds the input's digest and how often it failed before. */
export const startTask = ({ facts, plan }: PhaseInput, kind: TaskKind, revision: WatchedRevision): Action => {
  const { metadata } = facts.app;
  const { number, input } = revision.spec;
  return {
    type: 'startTask',
    task: {
      kind,
      key: taskKey({ appUid: metadata.uid, revision: number, kind }, input, revision.status.attempts ?? 0),
      namespace: metadata.namespace ?? '',
      app: metadata.name,
      appUid: metadata.uid,
      appId: facts.appId,
      revisionName: revisionName(metadata.name, number),
      revision: number,
      changes: plan.changes,
      previous: plan.previous?.spec.number,
    },
  };
};

/** The step while its task runs. After a failure it stays failed until a try succeeds, or the status would flap. */
export const busy = (
  { facts: { now } }: PhaseInput,
  { revision, message }: { readonly revision: WatchedRevision; readonly message: string },
  actions: readonly Action[] = [],
): PhaseResult => {
  const failure = failureOf(revision);
  // A failure with a time to come was recorded by this very task, which is about to end.
  if (!failure || standingOf(revision, now) !== 'working') return progress(message, actions);
  const again = `${sentence(failure.message)} Trying again${attemptNote(revision)}.`;
  return { state: 'retrying', reason: failure.reason, message: again, actions };
};

/** ` (attempt 3)` once a step has failed before, else nothing. */
export const attemptNote = (revision: WatchedRevision): string =>
  revision.status.attempts ? ` (attempt ${revision.status.attempts + 1})` : '';
