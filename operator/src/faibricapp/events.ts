// The story of an app for `kubectl describe`: one event when a step ends or fails, one when something by another
// hand was put right. Told from what changed between two statuses, in the past tense.
import { type AppStatus, STEPS } from '@faibric/crds';
import type { Action } from './actions.ts';
import { conditionOf } from './conditions.ts';

/** One event about the app. */
export interface AppEvent {
  readonly type: 'Normal' | 'Warning';
  /** CamelCase: what happened. */
  readonly reason: string;
  /** What the operator was doing. */
  readonly action: string;
  readonly note: string;
}

const ACTIONS: Readonly<Record<string, string>> = {
  Analyzed: 'Analyze',
  Generated: 'Generate',
  Validated: 'Validate',
  Built: 'Build',
  Deployed: 'Deploy',
  Routed: 'Route',
  Ready: 'Serve',
  Stalled: 'Reconcile',
  Suspended: 'Suspend',
};

const TOLD = [...STEPS, 'Ready', 'Stalled', 'Suspended'] as const;

/** Events for conditions that turned True, and for failures that are new or have another reason. */
export const transitionEvents = (before: AppStatus, after: AppStatus): AppEvent[] =>
  // Ready and Stalled repeat why a step failed; once is enough.
  eventsOf(before, after).filter(
    (event, at, all) => all.findIndex(({ reason }) => reason === event.reason) === at,
  );

const eventsOf = (before: AppStatus, after: AppStatus): AppEvent[] =>
  TOLD.flatMap((type): AppEvent[] => {
    const old = conditionOf(before.conditions, type);
    const now = conditionOf(after.conditions, type);
    if (!now || (old?.status === now.status && old.reason === now.reason)) return [];
    const action = ACTIONS[type] ?? 'Reconcile';
    const bad = type === 'Stalled' ? now.status === 'True' : now.status === 'False';
    if (bad && isTrouble(now.reason))
      return [{ type: 'Warning', reason: now.reason, action, note: now.message }];
    if (type === 'Stalled' || now.status !== 'True' || old?.status === 'True') return [];
    return [{ type: 'Normal', reason: type, action, note: now.message }];
  });

const CALM = [
  'InProgress',
  'Pending',
  'Suspended',
  'Paused',
  'RollingOut',
  'Updating',
  'Succeeded',
  'Complete',
];
const isTrouble = (reason: string): boolean => !CALM.includes(reason);

/** Events for what is about to be done. */
export const actionEvents = (actions: readonly Action[]): AppEvent[] =>
  actions.flatMap((action): AppEvent[] => {
    if (action.type === 'applyChild' && action.restored) {
      const { kind, metadata } = action.child;
      const note = `Restored ${kind} "${metadata.name}", which was deleted or changed by another hand.`;
      return [{ type: 'Normal', reason: 'Restored', action: 'Reconcile', note }];
    }
    if (action.type !== 'createRevision') return [];
    const { number, attempt, change } = action.revision.spec;
    const why = attempt > 0 ? `, attempt ${attempt + 1}` : '';
    const what = change === undefined ? 'the prompt' : `change "${change}"`;
    const note = `Started revision ${number} for ${what}${why}.`;
    return [{ type: 'Normal', reason: 'RevisionStarted', action: 'Reconcile', note }];
  });
