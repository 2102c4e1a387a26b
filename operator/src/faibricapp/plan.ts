// Which revision is worked on, which serves, and what the work starts from. Pure, and the heart of three promises:
// an app that is up stays up, a pin asks no model, and a change that failed does not block the ones after it.
//
//   stages      prompt ── +change 1 ── +change 2 ── +change 3        one digest each
//   revisions   r1 good   r2 failed    r3 good      (none yet)   →   work on stage 3, starting from r3
import type { Facts, Stage, WatchedRevision } from './facts.ts';
import { isServable, standingOf } from './standing.ts';

/** What a reconcile works towards. */
export interface Plan {
  readonly stage: Stage;
  /** The newest revision of the stage; absent when it has to be started. */
  readonly work?: WatchedRevision | undefined;
  /** The good revision that the stage changes; absent when it starts from nothing. */
  readonly previous?: WatchedRevision | undefined;
  /** The revision that was last seen serving. */
  readonly live?: WatchedRevision | undefined;
  /** The revision that the Deployment shall run now. */
  readonly serving?: WatchedRevision | undefined;
  /** spec.revision names a revision; `work` is absent when there is no such one to serve. */
  readonly pinned: boolean;
  /** Number of the next revision; never one that was used. */
  readonly nextNumber: number;
  /** Ids of the changes to understand, in order: all that the previous revision holds, and the new one. */
  readonly changes: readonly string[];
}

/** True when the revision was made for the stage, on whatever attempt. */
export const isOfStage = (revision: WatchedRevision, stage: Stage): boolean =>
  revision.spec.input.startsWith(`${stage.digest}-`);

/** The `input` of a revision: digest of what is asked, and which attempt at it. */
export const inputOf = (stage: Stage, attempt: number): string => `${stage.digest}-${attempt}`;

const newestOf = (facts: Facts, stage: Stage): WatchedRevision | undefined =>
  facts.revisions.findLast(
    (revision) => isOfStage(revision, stage) && standingOf(revision, facts.now) !== 'dropped',
  );

const goodOf = (facts: Facts, stage: Stage): WatchedRevision | undefined =>
  facts.revisions.findLast(
    (revision) => isOfStage(revision, stage) && standingOf(revision, facts.now) === 'good',
  );

const liveOf = (facts: Facts): WatchedRevision | undefined => {
  const named = facts.revisions.find(({ spec }) => spec.number === facts.app.status.revision);
  if (named && isServable(named)) return named;
  // A restored backup has no status: what has served once will serve again.
  return facts.revisions.findLast(
    (revision) => isServable(revision) && standingOf(revision, facts.now) === 'good',
  );
};

/** The stage to work on: the first after the last good one that has not failed for good, or the last. */
const stageOf = (facts: Facts): { stage: Stage; settled: Stage | undefined } => {
  const last = facts.stages.at(-1);
  if (!last) throw new Error('an app has at least one stage');
  const settled = facts.stages.findLast((stage) => goodOf(facts, stage));
  // With nothing good to start from, everything is understood at once.
  if (!settled) return { stage: last, settled };
  const open = facts.stages.slice(settled.index + 1).find((stage) => {
    const revision = newestOf(facts, stage);
    return !revision || standingOf(revision, facts.now) !== 'failed';
  });
  if (open) return { stage: open, settled };
  return { stage: last, settled };
};

// Changes that failed and were passed over are not told to the engine again: `previous` does not hold them.
const changesOf = (facts: Facts, stage: Stage, settled: Stage | undefined): string[] =>
  facts.stages
    .slice(1, stage.index + 1)
    .filter((candidate) => {
      if (!settled || candidate.index === stage.index) return true;
      const revision = newestOf(facts, candidate);
      return candidate.index <= settled.index && !(revision && standingOf(revision, facts.now) === 'failed');
    })
    .flatMap(({ change }) => (change === undefined ? [] : [change]));

const isUnfit = (facts: Facts, revision: WatchedRevision): boolean => {
  const standing = standingOf(revision, facts.now);
  return standing === 'failed' || standing === 'waiting';
};

const servingOf = (facts: Facts, work: WatchedRevision | undefined, live: WatchedRevision | undefined) => {
  if (work && isServable(work) && !isUnfit(facts, work)) return work;
  // Before anything has served, the newest that passed the checks is better than nothing.
  return live ?? facts.revisions.findLast((revision) => isServable(revision) && !isUnfit(facts, revision));
};

/** Chooses what to work on and what to serve. */
export const makePlan = (facts: Facts): Plan => {
  const live = liveOf(facts);
  const pin = facts.app.spec.revision;
  const { stage, settled } = stageOf(facts);
  const pinnedTo = facts.revisions.find((revision) => revision.spec.number === pin && isServable(revision));
  const work = pin === undefined ? newestOf(facts, stage) : pinnedTo;
  const highest = Math.max(0, facts.app.status.latestRevision ?? 0, facts.revisions.at(-1)?.spec.number ?? 0);
  return {
    stage,
    work,
    previous: settled && settled.index < stage.index ? goodOf(facts, settled) : undefined,
    live,
    serving: servingOf(facts, work, live),
    pinned: pin !== undefined,
    nextNumber: highest + 1,
    changes: changesOf(facts, stage, settled),
  };
};
