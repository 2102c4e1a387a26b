// DEPLOY: pods of the revision are ready. The Deployment itself is kept by `decide` (it also serves while earlier
// phases run); this phase judges the rollout, and turns one that fails into a roll back to what served before.
import type { Facts, PodFact, WatchedRevision } from '../facts.ts';
import type { Plan } from '../plan.ts';
import {
  done,
  failedResult,
  type Phase,
  type PhaseInput,
  type PhaseResult,
  progress,
  stalled,
} from './phase.ts';
import { rollBack, type Trouble } from './roll-back.ts';

/** Restarts of a new revision's pod after which it is not waited for. */
const CRASHES = 3;

/** Pods of one revision. */
export const podsOf = (facts: Facts, revision: WatchedRevision): readonly PodFact[] =>
  facts.pods.filter((pod) => pod.revision === revision.spec.number);

const readyCount = (pods: readonly PodFact[]): number => pods.filter((pod) => pod.ready).length;

/** What keeps the revision's pods from being ready, in the cluster's own words. */
const troubleOf = (facts: Facts, pods: readonly PodFact[]): Trouble | undefined => {
  const refused = facts.deployment?.refused;
  if (refused) return { reason: 'QuotaExceeded', message: `pods cannot be made: ${refused}` };
  const waiting = pods.find((pod) => pod.waiting)?.waiting;
  return (
    waiting && { reason: waiting.reason, message: `${waiting.reason}: ${waiting.message}`.slice(0, 600) }
  );
};

const isLost = (facts: Facts, pods: readonly PodFact[]): boolean =>
  facts.deployment?.deadlineExceeded === true || pods.some((pod) => pod.restarts >= CRASHES && !pod.ready);

const judge = (input: PhaseInput, work: WatchedRevision): PhaseResult => {
  const { facts, plan } = input;
  const pods = podsOf(facts, work);
  const wanted = facts.app.spec.replicas;
  if (facts.deployment?.revision === work.spec.number && readyCount(pods) >= wanted) {
    return done(`${wanted} of ${wanted} pods of revision ${work.spec.number} are ready.`);
  }
  const trouble = troubleOf(facts, pods);
  const reason = trouble?.message ?? 'they are starting';
  const isNew = plan.live !== work;
  if (isNew && isLost(facts, pods)) return lost(input, work, trouble);
  if (!isNew) {
    const message = `${readyCount(pods)} of ${wanted} pods are ready: ${reason}.`;
    return {
      state: 'retrying',
      reason: trouble?.reason === 'QuotaExceeded' ? 'QuotaExceeded' : 'PodsNotReady',
      message,
      actions: [],
    };
  }
  const before = plan.live ? ` Revision ${plan.live.spec.number} serves meanwhile.` : '';
  return progress(`Starting pods of revision ${work.spec.number}: ${reason}.${before}`, [], 'RollingOut');
};

const lost = (
  { facts, plan }: PhaseInput,
  work: WatchedRevision,
  trouble: Trouble | undefined,
): PhaseResult => {
  const why = trouble?.message ?? 'the pods give no reason; see kubectl describe pod';
  if (!plan.live) {
    // Nothing to go back to: the kubelet goes on trying, and so does the app.
    const reason = trouble?.reason === 'QuotaExceeded' ? 'QuotaExceeded' : 'PodsNotReady';
    return stalled(reason, `The pods of revision ${work.spec.number} do not become ready: ${why}.`);
  }
  const message = `Revision ${work.spec.number} did not become ready (${why}); going back to revision ${plan.live.spec.number}.`;
  return progress(message, [rollBack(work, trouble, facts.now)], 'RolledBack');
};

const failedBefore = (input: PhaseInput, work: WatchedRevision, plan: Plan): PhaseResult | undefined => {
  const failed = failedResult(work, input.facts.now);
  if (!failed || failed.state === 'done' || !plan.live) return failed;
  return { ...failed, message: `${failed.message} Revision ${plan.live.spec.number} serves.` };
};

const run = (input: PhaseInput): PhaseResult => {
  const { work } = input.plan;
  if (!work) return progress('Waiting for the revision.');
  const { refused, now } = input.facts;
  if (refused)
    return { state: 'retrying', reason: 'DeployFailed', message: refused, again: now + 30_000, actions: [] };
  return failedBefore(input, work, input.plan) ?? judge(input, work);
};

/** The phase DEPLOY. */
export const deploy: Phase = { step: 'Deployed', word: 'Deploying', run };
