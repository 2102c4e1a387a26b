// What becomes of revisions that are no longer worked on: unfinished ones are marked as superseded, old ones deleted.
// Never touched: what serves, what is worked on, what a pin or a repair points at.
import type { Action } from './actions.ts';
import type { Facts, WatchedRevision } from './facts.ts';
import type { Plan } from './plan.ts';
import { isAccepted, standingOf } from './standing.ts';

const supersede = (revision: WatchedRevision, by: number): Action => ({
  type: 'changeRevision',
  change: {
    name: revision.metadata.name,
    conditions: [
      {
        // What the checks said stays true.
        type: isAccepted(revision) ? 'Deployed' : 'Accepted',
        status: 'False',
        reason: 'Superseded',
        message: `Revision ${by} replaced it before it was done.`,
      },
    ],
  },
});

/** Marks revisions that were left unfinished, and stops their tasks. */
export const supersedeActions = (facts: Facts, plan: Plan): Action[] => {
  const { work } = plan;
  if (!work || plan.pinned) return [];
  const left = facts.revisions.filter((revision) => {
    if (revision === work || revision === plan.live || revision.spec.number > work.spec.number) return false;
    const standing = standingOf(revision, facts.now);
    return standing === 'working' || standing === 'waiting';
  });
  const numbers = left.map(({ spec }) => spec.number);
  const tasks = facts.tasks.filter((task) => numbers.includes(task.revision));
  return [
    ...tasks.map(({ key }): Action => ({ type: 'cancelTask', key })),
    ...left.map((revision) => supersede(revision, work.spec.number)),
  ];
};

// A repair is told what was wrong with its parent, until it has served itself.
const isRepaired = (facts: Facts, { work }: Plan, revision: WatchedRevision): boolean =>
  work?.spec.parent === revision.spec.number && standingOf(work, facts.now) !== 'good';

const isProtected = (facts: Facts, plan: Plan, revision: WatchedRevision): boolean =>
  [plan.live, plan.work, plan.serving, plan.previous].includes(revision) ||
  revision.spec.number === facts.app.spec.revision ||
  isRepaired(facts, plan, revision) ||
  facts.tasks.some((task) => task.revision === revision.spec.number);

/** Revisions beyond spec.revisionHistoryLimit, those without an answer first, then the oldest. */
export const expired = (facts: Facts, plan: Plan): WatchedRevision[] => {
  const others = facts.revisions.filter((revision) => !isProtected(facts, plan, revision));
  const surplus = others.length - facts.app.spec.revisionHistoryLimit;
  if (surplus <= 0) return [];
  const worth = (revision: WatchedRevision): number => (revision.hasFiles ? 1 : 0);
  return others.toSorted((a, b) => worth(a) - worth(b) || a.spec.number - b.spec.number).slice(0, surplus);
};

/** Deletes what `expired` names. */
export const expireActions = (revisions: readonly WatchedRevision[]): Action[] =>
  revisions.map(({ metadata }) => ({ type: 'deleteRevision', name: metadata.name, uid: metadata.uid }));
