// ANALYZE: there is a revision for what the spec asks, and it holds the engine's understanding of it. Also the phase
// that begins a revision, because everything after hangs on it.
import type { NewRevision } from '../actions.ts';
import { inputOf } from '../plan.ts';
import { revisionName } from '../resources/names.ts';
import {
  attemptNote,
  busy,
  done,
  failedResult,
  type Phase,
  type PhaseInput,
  type PhaseResult,
  progress,
  stalled,
  startTask,
  taskOf,
} from './phase.ts';

/** The revision that a new stage, or a fresh try at a rejected one, begins with. */
export const firstRevision = ({ facts, plan }: PhaseInput, attempt = 0): NewRevision | undefined => {
  if (!facts.engine) return undefined;
  const { app, settings } = facts;
  const model =
    facts.engine === 'builtin' || facts.engine === 'source'
      ? undefined
      : (app.spec.model ?? settings.defaultModel);
  return {
    name: revisionName(app.metadata.name, plan.nextNumber),
    filesFromSource: facts.engine === 'source',
    spec: {
      app: app.metadata.name,
      number: plan.nextNumber,
      input: inputOf(plan.stage, attempt),
      engine: facts.engine,
      attempt,
      ...(plan.previous && { parent: plan.previous.spec.number }),
      ...(plan.stage.change !== undefined && { change: plan.stage.change }),
      ...(model !== undefined && { model }),
      ...(facts.engine === 'source' && { analysis: sourceAnalysis(app.spec.title ?? app.metadata.name) }),
    },
  };
};

const sourceAnalysis = (title: string) => ({
  engine: 'source' as const,
  title,
  type: 'source',
  services: [],
  collections: [],
  limited: [],
});

const begin = (input: PhaseInput): PhaseResult => {
  const { facts, plan } = input;
  if (plan.pinned) {
    const message = `spec.revision ${facts.app.spec.revision} names no revision that was accepted; remove it or choose another.`;
    return stalled('RevisionNotFound', message);
  }
  const revision = firstRevision(input);
  if (!revision) {
    const message = `Engine "${facts.app.spec.engine}" needs a model and none is configured; set OPENAI_API_KEY for the operator, or use engine builtin.`;
    return stalled('ModelNotConfigured', message);
  }
  return progress(`Starting revision ${plan.nextNumber}.`, [{ type: 'createRevision', revision }]);
};

const run = (input: PhaseInput): PhaseResult => {
  const { work } = input.plan;
  if (!work) return begin(input);
  // The task ends after its answer is there: until then it may still write how it went.
  const task = taskOf(input.facts, 'analyze', work);
  if (work.spec.analysis && !task) {
    return done(`Understood as "${work.spec.analysis.type}" by engine ${work.spec.engine}.`);
  }
  const message =
    task?.message ?? `Understanding the prompt${attemptNote(work)}; next, the source is written.`;
  if (task) return busy(input, { revision: work, message });
  return (
    failedResult(work, input.facts.now) ??
    busy(input, { revision: work, message }, [startTask(input, 'analyze', work)])
  );
};

/** The phase ANALYZE. */
export const analyze: Phase = { step: 'Analyzed', word: 'Analyzing', run };
