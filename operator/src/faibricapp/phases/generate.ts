// GENERATE: the revision holds source files. They are written once; a repair makes a new revision.
import {
  attemptNote,
  busy,
  done,
  failedResult,
  type Phase,
  type PhaseInput,
  type PhaseResult,
  progress,
  startTask,
  taskOf,
} from './phase.ts';

const run = (input: PhaseInput): PhaseResult => {
  const { work } = input.plan;
  if (!work) return progress('Waiting for the revision.');
  const task = taskOf(input.facts, 'generate', work);
  if (work.hasFiles && !task) return done(`Source of revision ${work.spec.number} is written.`);
  const what = work.spec.attempt > 0 ? 'Mending the source' : 'Writing the source';
  const message = task?.message ?? `${what}${attemptNote(work)}; next, it is checked.`;
  if (task) return busy(input, { revision: work, message });
  return (
    failedResult(work, input.facts.now) ??
    busy(input, { revision: work, message }, [startTask(input, 'generate', work)])
  );
};

/** The phase GENERATE. */
export const generate: Phase = { step: 'Generated', word: 'Generating', run };
