// One pure decision per reconcile: facts in; actions, status, events and the time of the next look out. The six
// phases are folded in order and the first that is not done ends the fold. What keeps a served app served (children,
// roll back, history) does not depend on how far the fold got.

import type { AppStatus } from '@faibric/crds';
import { ANNOTATIONS, STEPS } from '@faibric/crds';
import type { Action } from './actions.ts';
import { decideCancel } from './cancel.ts';
import { childActions } from './children.ts';
import { expireActions, expired, supersedeActions } from './collect.ts';
import { type AppEvent, actionEvents, transitionEvents } from './events.ts';
import type { Facts } from './facts.ts';
import { analyze } from './phases/analyze.ts';
import { build } from './phases/build.ts';
import { deploy } from './phases/deploy.ts';
import { generate } from './phases/generate.ts';
import type { Phase, PhaseResult } from './phases/phase.ts';
import { route } from './phases/route.ts';
import { validate } from './phases/validate.ts';
import { makePlan, type Plan } from './plan.ts';
import { retryActions } from './retry.ts';
import { heldStatus, makeStatus, type Outcomes } from './status.ts';

/** What a reconcile shall do. */
export interface Decision {
  readonly actions: readonly Action[];
  readonly status: AppStatus;
  readonly events: readonly AppEvent[];
  /** Milliseconds until the next look, if nothing changes before. */
  readonly requeueAfterMs?: number | undefined;
}

/** The phases, in the order of STEPS. */
export const PHASES: readonly Phase[] = [analyze, generate, validate, build, deploy, route];

const fold = (facts: Facts, plan: Plan): { outcomes: Outcomes; actions: Action[] } => {
  const results: PhaseResult[] = [];
  for (const phase of PHASES) {
    const result = phase.run({ facts, plan });
    results.push(result);
    if (result.state !== 'done') break;
  }
  const at = results.length - 1;
  const words = PHASES.map(({ word }) => word);
  return {
    outcomes: {
      steps: STEPS.map((step, index) => ({ step, result: results[index] })),
      word: words[at] ?? '',
    },
    actions: results.flatMap((result) => result.actions),
  };
};

/** Nothing is changed: the app is being deleted, paused, or another app has its place. */
const hold = (facts: Facts, status: AppStatus, cancel: boolean): Decision => ({
  actions: cancel ? facts.tasks.map(({ key }) => ({ type: 'cancelTask', key })) : [],
  status,
  events: transitionEvents(facts.app.status, status),
  // The rival may go, and no event of ours would tell.
  requeueAfterMs: facts.rival ? 10_000 : undefined,
});

const heldBack = (facts: Facts): Decision | undefined => {
  if (facts.app.metadata.deletionTimestamp) return hold(facts, facts.app.status, true);
  if (facts.app.metadata.annotations?.[ANNOTATIONS.paused] === 'true') {
    return hold(facts, heldStatus(facts, 'Paused'), false);
  }
  const { host } = facts.app.spec;
  if (host === facts.settings.domain || host?.endsWith(`.${facts.settings.domain}`)) {
    return hold(facts, heldStatus(facts, 'HostNotAllowed'), true);
  }
  if (facts.rival) return hold(facts, heldStatus(facts, 'IdTaken'), true);
  return undefined;
};

/** True when no pods shall run, so that nothing is worked on either. */
const isSuspended = (facts: Facts): boolean => facts.app.spec.suspend || facts.app.spec.replicas === 0;

const nextLook = (facts: Facts, results: Outcomes): number => {
  const times = results.steps.flatMap(({ result }) =>
    result && result.state !== 'done' && result.again !== undefined ? [result.again - facts.now] : [],
  );
  return Math.max(50, Math.min(...times, facts.settings.probeIntervalSeconds * 1000));
};

const work = (facts: Facts): Decision => {
  const plan = makePlan(facts);
  const { outcomes, actions } = fold(facts, plan);
  const cancel = decideCancel(facts, plan, outcomes.steps.findLast(({ result }) => result)?.result);
  const retry = cancel.open ? [] : retryActions(facts, plan);
  const old = expired(facts, plan);
  const status = makeStatus(facts, { plan, outcomes, expired: old, cancel });
  const all = [
    // A cancel or a retry changes what the phases saw; their turn comes with the next look.
    ...([cancel.actions, retry].find(({ length }) => length > 0) ?? actions),
    ...childActions(facts, plan),
    ...supersedeActions(facts, plan),
    ...expireActions(old),
  ];
  return {
    actions: all,
    status,
    events: [...actionEvents(all), ...transitionEvents(facts.app.status, status)],
    requeueAfterMs: nextLook(facts, outcomes),
  };
};

const rest = (facts: Facts): Decision => {
  const plan = makePlan(facts);
  const actions = childActions(facts, plan);
  const status = heldStatus(facts, 'Suspended');
  return {
    actions,
    status,
    events: [...actionEvents(actions), ...transitionEvents(facts.app.status, status)],
  };
};

/** Decides. Deterministic: the same facts give the same decision, byte for byte. */
export const decide = (facts: Facts): Decision =>
  heldBack(facts) ?? (isSuspended(facts) ? rest(facts) : work(facts));
