// From facts and the phases' outcomes to the app's status. All of it is derived, so the same facts give byte-equal
// status and an idle app is never written. The first four steps speak of the revision in work; Deployed and Routed
// speak of what serves, which is why an app stays Ready while a change to it is worked on.
import type { AppCondition, AppConditionType, AppStatus, Reason, Step } from '@faibric/crds';
import { STEPS } from '@faibric/crds';
import { accessOf } from './access.ts';
import { type Cancel, handledCancel } from './cancel.ts';
import { conditionOf, isCondition, type NewCondition, timeOf, withTimes } from './conditions.ts';
import type { Facts, WatchedRevision } from './facts.ts';
import { hostOfApp } from './host.ts';
import type { PhaseResult } from './phases/phase.ts';
import type { Plan } from './plan.ts';
import { podSelector } from './resources/common.ts';
import { urlOf } from './resources/names.ts';
import { describeWork, limitedNotes, tokensOf } from './status-parts.ts';

/** What the fold found: a result for each step it reached, and the word for the step it stopped at. */
export interface Outcomes {
  readonly steps: readonly { readonly step: Step; readonly result: PhaseResult | undefined }[];
  readonly word: string;
}

interface StatusInput {
  readonly plan: Plan;
  readonly outcomes: Outcomes;
  /** Revisions that are deleted in this very pass. */
  readonly expired: readonly WatchedRevision[];
  readonly cancel: Cancel;
}

interface Serving {
  /** The revision that serves after this pass. */
  readonly live: WatchedRevision | undefined;
  readonly up: boolean;
  /** The result that ended the fold, unless all is done. */
  readonly stop: Exclude<PhaseResult, { state: 'done' }> | undefined;
}

type New = NewCondition<AppConditionType>;

const servingOf = (facts: Facts, { plan, outcomes }: StatusInput): Serving => {
  const last = outcomes.steps.findLast(({ result }) => result)?.result;
  const stop = last && last.state !== 'done' ? last : undefined;
  if (!stop) return { live: plan.work, up: true, stop };
  const { live } = plan;
  const unanswered = facts.probe?.revision === live?.spec.number && facts.probe?.ok === false;
  // The live revision itself has to answer anew once its pods were gone (a suspension, a lost node).
  const routed =
    plan.work !== live || outcomes.steps.find(({ step }) => step === 'Routed')?.result === undefined;
  const up = live !== undefined && facts.pods.some((pod) => pod.ready) && !unanswered && routed;
  return { live, up, stop };
};

const stepCondition = (step: Step, result: PhaseResult | undefined, serving: Serving): New => {
  const { live, up } = serving;
  if (result?.state === 'done')
    return { type: step, status: 'True', reason: 'Succeeded', message: result.message };
  if (result) {
    const status = result.state === 'progress' ? 'Unknown' : 'False';
    return { type: step, status, reason: result.reason, message: result.message };
  }
  if (up && live && (step === 'Deployed' || step === 'Routed')) {
    return {
      type: step,
      status: 'True',
      reason: 'Succeeded',
      message: `Revision ${live.spec.number} serves.`,
    };
  }
  return { type: step, status: 'Unknown', reason: 'Pending', message: 'Waits for the step before it.' };
};

const OF_THE_BUILDER: readonly Reason[] = [
  'BuildUnavailable',
  'BuildTimeout',
  'BuildFailed',
  'RegistryUnavailable',
];

/** All steps. The checks run in the builder: when it gives no answer, that is said of Built and not of the source. */
const stepConditions = ({ steps }: Outcomes, serving: Serving): New[] => {
  const { stop } = serving;
  const all = steps.map(({ step, result }) => stepCondition(step, result, serving));
  if (!stop || !OF_THE_BUILDER.includes(stop.reason)) return all;
  const { reason, message } = stop;
  return all.map((condition) => {
    if (condition.type === 'Built') return { ...condition, status: 'False', reason, message };
    if (condition.type !== 'Validated' || condition.status === 'True') return condition;
    return { type: 'Validated', status: 'Unknown', reason: 'Pending', message: 'Waits for the builder.' };
  });
};

const readyReason = (facts: Facts, plan: Plan, { stop }: Serving): Reason => {
  if (stop && stop.state !== 'stalled' && plan.work !== plan.live) return 'Updating';
  if (stop && isCondition(plan.work?.status.conditions, 'Deployed', 'False')) return 'RolledBack';
  return facts.app.spec.revision === undefined ? 'Ready' : 'Pinned';
};

const readyCondition = (facts: Facts, plan: Plan, serving: Serving): New => {
  const { live, up, stop } = serving;
  if (up && live) {
    const serves = `Revision ${live.spec.number} serves at ${urlOf(hostOfApp(facts), facts.settings.publicPort)}.`;
    const message = stop ? `${serves} ${stop.message}` : serves;
    return { type: 'Ready', status: 'True', reason: readyReason(facts, plan, serving), message };
  }
  const reason = stop?.reason ?? 'InProgress';
  return { type: 'Ready', status: 'False', reason, message: stop?.message ?? 'The app is being made.' };
};

const workConditions = ({ stop }: Serving): New[] => {
  if (!stop) return [];
  const { reason, message } = stop;
  // kstatus: Stalled needs a person, everything else that is not done is on its way.
  return [{ type: stop.state === 'stalled' ? 'Stalled' : 'Reconciling', status: 'True', reason, message }];
};

const limitedCondition = (limited: readonly string[] | undefined): New[] => {
  if (!limited) return [];
  const message =
    limited.length > 0 ? `Not in the app: ${limited.join('; ')}.` : 'Everything asked for is there.';
  const some = limited.length > 0;
  return [
    { type: 'Limited', status: some ? 'True' : 'False', reason: some ? 'LeftOut' : 'Complete', message },
  ];
};

const stamped = (facts: Facts, conditions: readonly New[]): AppCondition[] => {
  const { generation } = facts.app.metadata;
  const observed = conditions.map((condition) => ({ ...condition, observedGeneration: generation ?? 0 }));
  return withTimes(facts.app.status.conditions, observed, facts.now).map((condition) => ({
    ...condition,
    observedGeneration: generation ?? 0,
  }));
};

const progressOf = (facts: Facts, step: string, serving: Serving): Pick<AppStatus, 'progress'> => {
  const { stop } = serving;
  if (!stop || stop.state === 'stalled') return {};
  const before = facts.app.status.progress;
  const since = before?.step === step ? before.since : timeOf(facts.now);
  return { progress: { step, message: stop.message.slice(0, 500), since } };
};

const phaseOf = (word: string, { up, stop }: Serving): string => {
  if (!stop) return 'Ready';
  if (stop.state === 'stalled') return up ? 'Ready' : 'Failed';
  return up ? 'Updating' : word;
};

const addressOf = (facts: Facts) => {
  const host = hostOfApp(facts);
  const [[key, value] = ['', '']] = Object.entries(podSelector({ name: facts.app.metadata.name } as never));
  return {
    appId: facts.appId,
    host,
    url: urlOf(host, facts.settings.publicPort),
    selector: `${key}=${value}`,
  };
};

/** The status of an app that is worked on or served. */
export const makeStatus = (facts: Facts, input: StatusInput): AppStatus => {
  const { plan, outcomes } = input;
  const serving = servingOf(facts, input);
  const shown = serving.live ?? plan.work;
  const limited = limitedNotes(facts, shown);
  const retrying = serving.stop?.state === 'retrying' ? plan.work?.status : undefined;
  return {
    observedGeneration: facts.app.metadata.generation ?? 0,
    conditions: stamped(facts, [
      ...stepConditions(outcomes, serving),
      readyCondition(facts, plan, serving),
      ...workConditions(serving),
      ...limitedCondition(limited),
    ]),
    phase: phaseOf(outcomes.word, serving),
    ...addressOf(facts),
    ...describeWork(facts, shown),
    access: accessOf(facts, shown),
    ...(limited && { limited }),
    ...(serving.live && { revision: serving.live.spec.number, image: serving.live.status.image ?? '' }),
    latestRevision: plan.nextNumber - 1,
    ...tokensOf(facts, input.expired),
    replicas: facts.deployment?.replicas ?? 0,
    readyReplicas: facts.deployment?.readyReplicas ?? 0,
    ...progressOf(facts, outcomes.word, serving),
    ...(retrying?.attempts && { attempts: retrying.attempts }),
    ...(retrying?.nextRetryTime && { nextRetryTime: retrying.nextRetryTime }),
    ...handledRequest(facts),
    ...handledCancel(facts, input.cancel),
  };
};

const handledRequest = (facts: Facts): Pick<AppStatus, 'lastHandledRequest'> => {
  const value = facts.app.metadata.annotations?.['faibric.dev/requestedAt']?.slice(0, 200);
  return value === undefined ? {} : { lastHandledRequest: value };
};

type Held = 'Paused' | 'Suspended' | 'IdTaken' | 'HostNotAllowed';

const heldMessage = (facts: Facts, why: Held): string => {
  if (why === 'Paused') return 'Paused by the annotation faibric.dev/paused; remove it to go on.';
  if (why === 'Suspended')
    return 'No pods run: spec.suspend is true or spec.replicas is 0. Data and revisions stay.';
  if (why === 'HostNotAllowed') {
    return `host "${facts.app.spec.host}" is under ${facts.settings.domain}, which Faibric gives out itself. Use a domain of your own.`;
  }
  return `App "${facts.rival}" already has the id or host of this one. Choose another id or host, or delete "${facts.rival}".`;
};

const heldConditions = (facts: Facts, why: Held): New[] => {
  const message = heldMessage(facts, why);
  const before = facts.app.status.conditions;
  const pending = (type: AppConditionType): New => ({
    type,
    status: 'Unknown',
    reason: 'Pending',
    message: 'Not begun.',
  });
  const off = (step: Step): New => ({ type: step, status: 'Unknown', reason: 'Suspended', message });
  const isOff = (step: Step): boolean => why === 'Suspended' && (step === 'Deployed' || step === 'Routed');
  const steps = STEPS.map(
    (step): New => (isOff(step) ? off(step) : (conditionOf(before, step) ?? pending(step))),
  );
  const ready = conditionOf(before, 'Ready');
  if (why === 'Paused') {
    // What served goes on serving: only the reason changes.
    return [...steps, { type: 'Ready', status: ready?.status ?? 'Unknown', reason: 'Paused', message }];
  }
  const down: New = { type: 'Ready', status: 'False', reason: why, message };
  const extra: New = {
    type: why === 'Suspended' ? 'Suspended' : 'Stalled',
    status: 'True',
    reason: why,
    message,
  };
  const limited = conditionOf(before, 'Limited');
  return [...steps, down, extra, ...(limited ? [limited] : [])];
};

const liveBefore = (facts: Facts): WatchedRevision | undefined =>
  facts.revisions.find(({ spec }) => spec.number === facts.app.status.revision);

/** The status of an app that is not worked on: paused, suspended, or in the place of another. */
export const heldStatus = (facts: Facts, why: Held): AppStatus => {
  const { progress: _progress, nextRetryTime: _next, attempts: _attempts, ...kept } = facts.app.status;
  return {
    ...kept,
    observedGeneration: facts.app.metadata.generation ?? 0,
    conditions: stamped(
      facts,
      heldConditions(facts, why).map(({ type, status, reason, message }) => ({
        type,
        status,
        reason,
        message,
      })),
    ),
    phase: why === 'IdTaken' || why === 'HostNotAllowed' ? 'Failed' : why,
    ...addressOf(facts),
    access: accessOf(facts, liveBefore(facts)),
    replicas: facts.deployment?.replicas ?? 0,
    readyReplicas: facts.deployment?.readyReplicas ?? 0,
  };
};
