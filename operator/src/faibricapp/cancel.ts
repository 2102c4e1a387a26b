// The annotation faibric.dev/cancelRequestedAt stops the work in progress: its tasks are aborted, the revision in work is
// marked as cancelled, and what served goes on serving. It holds for all that is asked and not done, so changes that
// queue behind are cancelled too. The value is echoed in the status only once nothing is left to cancel: a write that was
// lost is made again.
import { ANNOTATIONS, type AppStatus, type ModelCall, type RevisionConditionType } from '@faibric/crds';
import type { Action, RevisionChange } from './actions.ts';
import { isCondition, timeOf } from './conditions.ts';
import type { Facts, WatchedRevision } from './facts.ts';
import type { PhaseResult } from './phases/phase.ts';
import type { Plan } from './plan.ts';
import { isAccepted, isCancelled, isServable, standingOf } from './standing.ts';

/** The value of the annotation, when it was not acted on yet. */
const pendingCancel = (facts: Facts): string | undefined => {
  const value = facts.app.metadata.annotations?.[ANNOTATIONS.cancelRequestedAt]?.slice(0, 200);
  return value !== undefined && value !== facts.app.status.lastHandledCancel ? value : undefined;
};

/** The step that the revision had not done. */
const openStep = ({ spec, hasFiles, status }: WatchedRevision): RevisionConditionType => {
  if (!spec.analysis) return 'Analyzed';
  if (!hasFiles) return 'Generated';
  // A refusal of the checks stays true: what is cancelled is the repair that would have followed.
  if (isCondition(status.conditions, 'Accepted', 'False')) return 'Deployed';
  return status.image === undefined ? 'Built' : 'Deployed';
};

const closed = (calls: readonly ModelCall[], now: number): ModelCall[] =>
  calls.map((call) =>
    call.state === 'Started'
      ? { ...call, state: 'Failed', reason: 'Cancelled', finishedAt: timeOf(now) }
      : call,
  );

const cancelled = (facts: Facts, revision: WatchedRevision): RevisionChange => ({
  name: revision.metadata.name,
  conditions: [
    {
      type: openStep(revision),
      status: 'False',
      reason: 'Cancelled',
      message: 'Cancelled on request. A retry goes on with it; another change begins anew.',
    },
  ],
  // The number of attempts is named because that ends a planned try.
  status: {
    attempts: revision.status.attempts ?? 0,
    ...(revision.status.calls && { calls: closed(revision.status.calls, facts.now) }),
  },
});

/** What a request to cancel means at this moment. */
export interface Cancel {
  readonly actions: readonly Action[];
  /** True while the request is not done with. */
  readonly open: boolean;
}

const NOTHING: Cancel = { actions: [], open: false };

/** True when the revision can be stopped: a live one has nothing to stop, a first one that is built has nothing before it. */
const isStoppable = (facts: Facts, plan: Plan, work: WatchedRevision): boolean => {
  if (work === plan.live || isCancelled(work)) return false;
  if (isServable(work) && !plan.live) return false;
  const standing = standingOf(work, facts.now);
  return standing !== 'good' && (standing !== 'failed' || !isAccepted(work));
};

/** What a pending request asks for, given where the phases stopped. */
export const decideCancel = (facts: Facts, plan: Plan, stop: PhaseResult | undefined): Cancel => {
  if (pendingCancel(facts) === undefined || plan.pinned) return NOTHING;
  if (!stop || stop.state === 'done' || stop.state === 'stalled') return NOTHING;
  const { work } = plan;
  // A change that no revision was begun for: the next look finds one and cancels it before it costs anything.
  if (!work) return { actions: [], open: true };
  if (!isStoppable(facts, plan, work)) return NOTHING;
  const tasks = facts.tasks.filter(({ revision }) => revision === work.spec.number);
  return {
    actions: [
      ...tasks.map(({ key }): Action => ({ type: 'cancelTask', key })),
      { type: 'changeRevision', change: cancelled(facts, work) },
    ],
    open: true,
  };
};

/** The echo for the status. */
export const handledCancel = (facts: Facts, { open }: Cancel): Pick<AppStatus, 'lastHandledCancel'> => {
  const value = open ? facts.app.status.lastHandledCancel : pendingCancel(facts);
  const handled = value ?? facts.app.status.lastHandledCancel;
  return handled === undefined ? {} : { lastHandledCancel: handled };
};
