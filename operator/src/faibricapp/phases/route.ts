// ROUTE: the address answers with this very revision, seen through Traefik. An IngressRoute has no status, so nothing
// but asking tells the truth. The first good answer makes the revision the live one.
import type { Action } from '../actions.ts';
import { conditionOf, isCondition } from '../conditions.ts';
import type { Facts, ProbeFact, WatchedRevision } from '../facts.ts';
import { hostOfApp } from '../host.ts';
import { done, type Phase, type PhaseInput, type PhaseResult, progress, startTask, taskOf } from './phase.ts';
import { rollBack } from './roll-back.ts';

/** Pause between two rounds of asking when the address did not answer. */
const PAUSE_MS = 3000;

const tenth = (milliseconds: number): number => Math.max(0, Math.round(milliseconds / 10) / 100);

/** Seconds of the last two steps: from image to ready pods, from ready pods to an answer. */
const lastTimings = (facts: Facts, work: WatchedRevision) => {
  const built = Date.parse(conditionOf(work.status.conditions, 'Built')?.lastTransitionTime ?? '');
  const condition = conditionOf(facts.app.status.conditions, 'Deployed');
  const ready = condition?.status === 'True' ? Date.parse(condition.lastTransitionTime) : Number.NaN;
  const deployed = ready >= built ? ready : facts.now;
  if (Number.isNaN(built)) return {};
  return { deploy: tenth(deployed - built), route: tenth((facts.probe?.at ?? facts.now) - deployed) };
};

const wentLive = (facts: Facts, work: WatchedRevision): Action => ({
  type: 'changeRevision',
  change: {
    name: work.metadata.name,
    conditions: [
      { type: 'Deployed', status: 'True', reason: 'Succeeded', message: 'It has served at the address.' },
    ],
    status: { timings: { ...work.status.timings, ...lastTimings(facts, work) }, attempts: 0 },
  },
});

const ask = (input: PhaseInput, work: WatchedRevision): Action => {
  const action = startTask(input, 'probe', work);
  if (action.type !== 'startTask') return action;
  return { ...action, task: { ...action.task, host: hostOfApp(input.facts) } };
};

/** The last look, unless the revision's pods became ready only after it. */
const validProbe = ({ probe, app }: Facts, work: WatchedRevision): ProbeFact | undefined => {
  if (probe?.revision !== work.spec.number) return undefined;
  const ready = conditionOf(app.status.conditions, 'Deployed');
  return ready?.status === 'True' && probe.at >= Date.parse(ready.lastTransitionTime) ? probe : undefined;
};

const lookAgain = (input: PhaseInput, work: WatchedRevision): readonly Action[] => {
  const { facts } = input;
  const at = validProbe(facts, work)?.at ?? 0;
  const old = facts.now - at >= facts.settings.probeIntervalSeconds * 1000;
  return old && !taskOf(facts, 'probe', work) ? [ask(input, work)] : [];
};

const unanswered = (input: PhaseInput, work: WatchedRevision): PhaseResult => {
  const { facts, plan } = input;
  const probe = validProbe(facts, work);
  const running = taskOf(facts, 'probe', work) !== undefined;
  const wasLive = plan.live === work;
  const again = probe ? probe.at + PAUSE_MS : facts.now;
  const actions = running || again > facts.now ? [] : [ask(input, work)];
  if (!probe) return progress('Asking for the address through Traefik.', actions);
  if (probe.appAtFault && plan.live && !wasLive) {
    const trouble = { reason: 'RouteNotServing', message: probe.message };
    return progress(`Going back: ${probe.message}.`, [rollBack(work, trouble, facts.now)], 'RolledBack');
  }
  const message = `${hostOfApp(facts)} does not answer with revision ${work.spec.number} through Traefik: ${probe.message}.`;
  const state = wasLive ? 'retrying' : 'progress';
  // A running task wakes the app itself when it ends.
  const wait = again > facts.now && !running ? { again } : {};
  return { state, reason: 'RouteNotServing', message, actions, ...wait };
};

const run = (input: PhaseInput): PhaseResult => {
  const { facts, plan } = input;
  const { work } = plan;
  if (!work) return progress('Waiting for the revision.');
  const message = `${hostOfApp(facts)} answers with revision ${work.spec.number}.`;
  const probe = validProbe(facts, work);
  if (probe?.ok) {
    const first = !isCondition(work.status.conditions, 'Deployed', 'True');
    return done(message, [...(first ? [wentLive(facts, work)] : []), ...lookAgain(input, work)]);
  }
  // After a restart of the operator the recorded answer holds until the next look.
  const recorded = !probe && plan.live === work && isCondition(facts.app.status.conditions, 'Routed', 'True');
  return recorded ? done(message, lookAgain(input, work)) : unanswered(input, work);
};

/** The phase ROUTE. */
export const route: Phase = { step: 'Routed', word: 'Routing', run };
