// BUILD: the image of the accepted source is in the registry, known by digest. Checks and export are one task: the
// export reuses the checked, cached build, and after a crash running both again costs a second.
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
  const task = taskOf(input.facts, 'build', work);
  const { image } = work.status;
  if (image && !task) return done(`Built ${image.slice(image.indexOf('@') + 1)}.`);
  const message = task?.message ?? `Building the image${attemptNote(work)}; next, its pods start.`;
  if (task) return busy(input, { revision: work, message });
  return (
    failedResult(work, input.facts.now) ??
    busy(input, { revision: work, message }, [startTask(input, 'build', work)])
  );
};

/** The phase BUILD. */
export const build: Phase = { step: 'Built', word: 'Building', run };
