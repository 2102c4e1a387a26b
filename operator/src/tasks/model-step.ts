// What analyze and generate have in common: a paid call is announced in the revision's status before it is made and
// closed after, so a crash between the two is seen (and costs at most one more call), and a budget is kept.
import type { ModelCall, RevisionConditionType, RevisionStatus, TokenUse } from '@faibric/crds';
import type { Engine, EngineIo, EngineName, Outcome } from '../engines/engine.ts';
import { timeOf } from '../faibricapp/conditions.ts';
import type { WatchedRevision } from '../faibricapp/facts.ts';
import type { DomainMetrics, WorkStream } from '../ports.ts';
import type { ObjectRef } from '../runtime/kube-client.ts';
import { followUp } from './follow-up.ts';
import { pauseSeconds } from './pause.ts';
import { type RecordDeps, recordAnswer, recordStatus, type StatusNews } from './record.ts';
import type { TaskKind, TaskRequest } from './task.ts';
import type { TaskIo } from './task-pool.ts';
import type { WorkTeller } from './tell-work.ts';

/** What model tasks need. */
export interface ModelDeps extends RecordDeps {
  readonly engines: Readonly<Record<EngineName, Engine>>;
  /** Tokens that all revisions of an app used so far. */
  readonly tokensUsed: (appUid: string, app: string) => number;
  readonly metrics: DomainMetrics;
  readonly stream: WorkStream;
}

/** One step of work with an engine. */
export interface Step {
  readonly request: TaskRequest;
  readonly io: TaskIo;
  readonly kind: ModelCall['step'];
  readonly condition: Extract<RevisionConditionType, 'Analyzed' | 'Generated'>;
  readonly timing: 'analyze' | 'generate';
  readonly engine: EngineName;
  readonly model: string | undefined;
  readonly tell: WorkTeller;
}

/** Retriable failures in a row after which a person is asked instead. */
const MOST_FAILURES = 8;
/** How long a stopped task may take to record what it cost. */
const STOPPED_MS = 5_000;
/** Calls kept in the status; the schema takes fifty. */
const CALLS_KEPT = 40;

/** The object that a request is about. */
export const refOfRevision = (request: TaskRequest): ObjectRef => ({
  name: request.revisionName,
  namespace: request.namespace,
});

const isPaid = (engine: EngineName): boolean => engine !== 'builtin';

// A call that was announced and never closed belongs to an operator that ended meanwhile.
const closeInterrupted = (calls: readonly ModelCall[], now: string): ModelCall[] =>
  calls.map((call) =>
    call.state === 'Started' ? { ...call, state: 'Failed', reason: 'Interrupted', finishedAt: now } : call,
  );

/** An announced call, and the revision as it is after the announcement. */
interface Announced {
  readonly call: string | undefined;
  readonly seen: WatchedRevision;
}

/** Announces a paid call; without one there is nothing to announce. */
const announce = async (deps: ModelDeps, step: Step, seen: WatchedRevision): Promise<Announced> => {
  if (!isPaid(step.engine)) return { call: undefined, seen };
  const now = timeOf(deps.clock.date().getTime());
  let call: string | undefined;
  const target = { ref: refOfRevision(step.request), signal: step.io.signal, known: seen };
  const after = await recordStatus(deps, target, ({ spec, status }) => {
    const calls = closeInterrupted(status.calls ?? [], now);
    call = `${step.kind}-${calls.length + 1}-${spec.input.slice(0, 12)}`;
    const intent: ModelCall = { id: call, step: step.kind, state: 'Started', startedAt: now };
    const known = step.model === undefined ? intent : { ...intent, model: step.model };
    return { members: { calls: [...calls, known].slice(-CALLS_KEPT) } };
  });
  return { call, seen: after ?? seen };
};

const addTokens = (
  before: TokenUse | undefined,
  step: ModelCall['step'],
  tokens: Outcome<unknown>['tokens'],
): TokenUse => {
  const used = tokens.input + tokens.output;
  const sum = { ...before, [step]: (before?.[step] ?? 0) + used, total: (before?.total ?? 0) + used };
  return tokens.estimated ? { ...sum, estimated: true } : sum;
};

const closedCalls = (
  status: RevisionStatus,
  end: { readonly call: string | undefined; readonly outcome: Outcome<unknown> },
  now: string,
) => {
  if (end.call === undefined) return {};
  const { outcome } = end;
  const calls = (status.calls ?? []).map((call): ModelCall => {
    if (call.id !== end.call) return call;
    const { input, output } = outcome.tokens;
    const figures = { finishedAt: now, inputTokens: input, outputTokens: output };
    return outcome.ok
      ? { ...call, ...figures, state: 'Succeeded' }
      : { ...call, ...figures, state: 'Failed', reason: outcome.reason };
  });
  return { calls };
};

const failureNews = (
  outcome: Extract<Outcome<unknown>, { ok: false }>,
  step: Step,
  context: { readonly before: number; readonly now: number },
): StatusNews => {
  const attempts = context.before + 1;
  const again = outcome.retriable && attempts < MOST_FAILURES;
  const pause = pauseSeconds(attempts, outcome.retryAfterSeconds);
  return {
    conditions: [
      {
        type: step.condition,
        status: 'False',
        reason: outcome.reason,
        message: outcome.message.slice(0, 3000),
      },
    ],
    members: { attempts, nextRetryTime: again ? timeOf(context.now + pause * 1000) : null },
  };
};

const successNews = (step: Step, before: WatchedRevision, seconds: number): StatusNews => ({
  conditions: [
    {
      type: step.condition,
      status: 'True',
      reason: 'Succeeded',
      message: `Done by engine ${step.engine} in ${seconds} s.`,
    },
  ],
  members: {
    attempts: 0,
    nextRetryTime: null,
    timings: { ...before.status.timings, [step.timing]: seconds },
  },
});

/** Closes a step: its call, tokens, time, and how it ended. */
const close = async (
  deps: ModelDeps,
  step: Step,
  end: Announced & { readonly outcome: Outcome<unknown>; readonly startedAt: number },
): Promise<void> => {
  const { call, outcome, startedAt, seen } = end;
  const seconds = Math.round((deps.clock.now() - startedAt) / 10) / 100;
  deps.metrics.step(step.timing, outcome.ok ? 'ok' : 'failed', seconds);
  deps.metrics.tokens(step.kind, outcome.tokens.input, outcome.tokens.output);
  const target = { ref: refOfRevision(step.request), signal: step.io.signal, known: seen };
  await recordStatus(deps, target, (revision) => {
    const now = deps.clock.date().getTime();
    const news = outcome.ok
      ? successNews(step, revision, seconds)
      : failureNews(outcome, step, { before: revision.status.attempts ?? 0, now });
    const tokens = { tokens: addTokens(revision.status.tokens, step.kind, outcome.tokens) };
    const calls = closedCalls(revision.status, { call, outcome }, timeOf(now));
    return { ...news, members: { ...news.members, ...tokens, ...calls } };
  });
};

/** A call that was stopped is paid for as far as it came; how the step ended is for those to say who stopped it. */
const closeStopped = async (
  deps: ModelDeps,
  { request, kind }: Step,
  end: { readonly call: string | undefined; readonly outcome: Outcome<unknown> },
): Promise<void> => {
  const { input, output } = end.outcome.tokens;
  if (input + output === 0) return;
  deps.metrics.tokens(kind, input, output);
  const target = { ref: refOfRevision(request), signal: AbortSignal.timeout(STOPPED_MS) };
  await recordStatus(deps, target, ({ status }) => ({
    members: {
      tokens: addTokens(status.tokens, kind, end.outcome.tokens),
      ...closedCalls(status, end, timeOf(deps.clock.date().getTime())),
    },
  }));
};

/** What an engine may use of the world in this step; without a budget there is no limit. */
const engineIo = (deps: ModelDeps, step: Step, budget: number | undefined): EngineIo => {
  const { request, io, model, tell } = step;
  return {
    signal: io.signal,
    onProgress: ({ message }) => {
      io.tell(message);
      tell.log(message);
    },
    onCode: tell.code,
    ...(budget !== undefined && {
      tokensLeft: Math.max(0, budget - deps.tokensUsed(request.appUid, request.app)),
    }),
    ...(model !== undefined && { model }),
  };
};

/** Runs an engine; what it throws is a failure like any other, tried again. */
const guarded = async <T>(work: () => Promise<Outcome<T>>, signal: AbortSignal): Promise<Outcome<T>> => {
  try {
    return await work();
  } catch (error) {
    const message = `The engine failed unexpectedly: ${error instanceof Error ? error.message : String(error)}`;
    const reason = signal.aborted ? 'Cancelled' : 'LLMInvalid';
    return { ok: false, reason, message, retriable: true, tokens: { input: 0, output: 0, calls: 0 } };
  }
};

/** What a step does besides what all steps do. */
export interface StepWork<T> {
  /** The revision as it was read. */
  readonly seen: WatchedRevision;
  readonly budget: number | undefined;
  readonly ask: (engine: Engine, io: EngineIo) => Promise<Outcome<T>>;
  /** What of the answer goes into the revision. */
  readonly answer: (value: T) => Parameters<typeof recordAnswer>[2];
  readonly next: TaskKind;
}

/** Announces, asks, records the answer before anything else is done with it, and closes. */
export const runStep = async <T>(deps: ModelDeps, step: Step, work: StepWork<T>): Promise<void> => {
  const { request, io, engine } = step;
  const announced = await announce(deps, step, work.seen);
  const startedAt = deps.clock.now();
  const ask = () => work.ask(deps.engines[engine], engineIo(deps, step, work.budget));
  const outcome = await guarded(ask, io.signal);
  if (!outcome.ok) step.tell.log(outcome.message);
  if (!outcome.ok && outcome.reason === 'Cancelled') {
    await closeStopped(deps, step, { ...announced, outcome });
    return;
  }
  const target = { ref: refOfRevision(request), signal: io.signal, known: announced.seen };
  const answered = outcome.ok ? await recordAnswer(deps, target, work.answer(outcome.value)) : undefined;
  await close(deps, step, { ...announced, outcome, startedAt, seen: answered ?? announced.seen });
  // What costs nothing need not wait for the reconciler to look; before a paid call it always looks.
  const goesOn = outcome.ok && !isPaid(engine) && !io.signal.aborted;
  if (goesOn) io.start(followUp(request, work.next, work.seen.spec.input));
};
