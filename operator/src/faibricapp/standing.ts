// Where one revision stands, told from its conditions alone. `waiting` differs from `failed` only in that a time for
// the next try is recorded; a person's retry or a new spec ends both.
import type { RevisionConditionType } from '@faibric/crds';
import { type Condition, conditionOf, isCondition } from './conditions.ts';
import type { WatchedRevision } from './facts.ts';

/** `good`: it has served. `failed`: also when it was cancelled. `dropped`: replaced before it was done. */
export type Standing = 'good' | 'working' | 'waiting' | 'failed' | 'dropped';

/** The condition of a revision that says what went wrong. */
export const failureOf = (revision: WatchedRevision): Condition<RevisionConditionType> | undefined =>
  revision.status.conditions?.find((condition) => condition.status === 'False');

/** When the next try is due, in milliseconds; undefined when none is planned. */
export const retryTimeOf = (revision: WatchedRevision): number | undefined =>
  revision.status.nextRetryTime === undefined ? undefined : Date.parse(revision.status.nextRetryTime);

/** True when the revision passed all checks. */
export const isAccepted = (revision: WatchedRevision): boolean =>
  isCondition(revision.status.conditions, 'Accepted', 'True');

/** True when the revision could be served: accepted, with an image. */
export const isServable = (revision: WatchedRevision): boolean =>
  isAccepted(revision) && revision.status.image !== undefined;

/** True when the work on the revision was cancelled on request. */
export const isCancelled = (revision: WatchedRevision): boolean =>
  revision.status.conditions?.some(({ reason }) => reason === 'Cancelled') ?? false;

/** Where a revision stands at `now`. */
export const standingOf = (revision: WatchedRevision, now: number): Standing => {
  const failure = failureOf(revision);
  if (!failure) return isCondition(revision.status.conditions, 'Deployed', 'True') ? 'good' : 'working';
  // Whatever had failed before, a dropped revision is not looked at again.
  if (revision.status.conditions?.some(({ reason }) => reason === 'Superseded')) return 'dropped';
  const retry = retryTimeOf(revision);
  if (retry === undefined) return 'failed';
  return retry > now ? 'waiting' : 'working';
};

/** True when the checks refused the revision, so that only a new one can help. */
export const isRejected = (revision: WatchedRevision): boolean =>
  conditionOf(revision.status.conditions, 'Accepted')?.status === 'False';
