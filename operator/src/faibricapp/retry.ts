// The annotation faibric.dev/requestedAt asks for one more try. It resumes what failed from the last recorded answer;
// only a source that the checks refused is written anew. A value that was acted on is echoed in the status.
import { ANNOTATIONS, type RevisionConditionType } from '@faibric/crds';
import type { Action } from './actions.ts';
import type { Facts } from './facts.ts';
import { firstRevision } from './phases/analyze.ts';
import type { Plan } from './plan.ts';
import { isRejected, standingOf } from './standing.ts';

/** The value of the annotation, when it was not acted on yet. */
export const pendingRequest = (facts: Facts): string | undefined => {
  const value = facts.app.metadata.annotations?.[ANNOTATIONS.requestedAt]?.slice(0, 200);
  return value !== undefined && value !== facts.app.status.lastHandledRequest ? value : undefined;
};

/** What the request asks for; nothing when nothing has failed. */
export const retryActions = (facts: Facts, plan: Plan): Action[] => {
  const { work } = plan;
  if (!work || pendingRequest(facts) === undefined) return [];
  const standing = standingOf(work, facts.now);
  if (standing !== 'failed' && standing !== 'waiting') return [];
  if (isRejected(work) && !plan.pinned) {
    const revision = firstRevision({ facts, plan }, work.spec.attempt + 1);
    return revision ? [{ type: 'createRevision', revision }] : [];
  }
  const forget = (work.status.conditions ?? [])
    .filter(({ status }) => status === 'False')
    .map(({ type }) => type);
  return [{ type: 'changeRevision', change: forgiven(work.metadata.name, forget) }];
};

const forgiven = (name: string, forget: readonly RevisionConditionType[]) => ({
  name,
  forget,
  // A new number of attempts gives the task a new key; zero also clears the back-off.
  status: { attempts: 0 },
});
