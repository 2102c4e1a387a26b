// VALIDATE: the source passed every check in the build sandbox. A refusal asks for a repair while the budget lasts;
// the same findings twice end it at once, because a third call would buy them again.
import type { Diagnostic } from '@faibric/crds';
import type { Action } from '../actions.ts';
import type { WatchedRevision } from '../facts.ts';
import { inputOf, isOfStage } from '../plan.ts';
import { revisionName } from '../resources/names.ts';
import { isAccepted, isCancelled, isRejected } from '../standing.ts';
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

const DEFAULT_REPAIRS = 2;

/** `src/App.tsx:3:7 message`, as editors understand it. */
export const describeDiagnostic = ({ file, line, column, message }: Diagnostic): string => {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return place ? `${place} ${message}` : message;
};

/** The first findings in one line, and how many more there are. */
export const describeDiagnostics = (diagnostics: readonly Diagnostic[]): string => {
  const shown = diagnostics.slice(0, 3).map(describeDiagnostic).join('; ');
  const more = diagnostics.length - 3;
  return more > 0 ? `${shown}; and ${more} more` : shown;
};

const fingerprint = (revision: WatchedRevision): string =>
  (revision.status.diagnostics ?? [])
    .map(({ check, code, file, message }) => [check, code, file, message].join('|'))
    .sort()
    .join('\n');

/** The rejected revisions of the same stage that this one repairs, newest first. */
const repairedBy = ({ facts, plan }: PhaseInput, work: WatchedRevision): WatchedRevision[] => {
  const chain: WatchedRevision[] = [];
  let parent = work.spec.parent;
  while (parent !== undefined) {
    const number = parent;
    const revision = facts.revisions.find(({ spec }) => spec.number === number);
    if (!revision || !isOfStage(revision, plan.stage) || !isRejected(revision)) break;
    chain.push(revision);
    parent = revision.spec.parent;
  }
  return chain;
};

const repairAction = ({ facts, plan }: PhaseInput, work: WatchedRevision): Action => {
  const { analysis, model, change, engine } = work.spec;
  const attempt = work.spec.attempt + 1;
  return {
    type: 'createRevision',
    revision: {
      name: revisionName(facts.app.metadata.name, plan.nextNumber),
      filesFromSource: false,
      spec: {
        app: work.spec.app,
        number: plan.nextNumber,
        parent: work.spec.number,
        input: inputOf(plan.stage, attempt),
        engine,
        attempt,
        ...(analysis && { analysis }),
        ...(model !== undefined && { model }),
        ...(change !== undefined && { change }),
      },
    },
  };
};

const rejected = (input: PhaseInput, work: WatchedRevision): PhaseResult => {
  const found = describeDiagnostics(work.status.diagnostics ?? []);
  const message = `Revision ${work.spec.number} does not pass the checks: ${found}`;
  // Composed and given source would only come out the same again.
  if (work.spec.engine !== 'freeform') return stalled('ValidationFailed', message);
  const chain = repairedBy(input, work);
  const allowed = input.facts.app.spec.budget?.repairs ?? DEFAULT_REPAIRS;
  const before = chain[0];
  if (before && fingerprint(before) === fingerprint(work)) {
    return stalled('RepairExhausted', `The repair made the same error again. ${message}`);
  }
  if (chain.length >= allowed) {
    return stalled('RepairExhausted', `${allowed} repairs did not mend it. ${message}`);
  }
  return progress(`${message}. Asking for a repair.`, [repairAction(input, work)]);
};

const run = (input: PhaseInput): PhaseResult => {
  const { work } = input.plan;
  if (!work) return progress('Waiting for the revision.');
  if (isAccepted(work)) return done('The source passed all checks.');
  const task = taskOf(input.facts, 'build', work);
  const message = task?.message ?? `Checking the source${attemptNote(work)}; next, the image is built.`;
  if (task) return busy(input, { revision: work, message });
  if (isRejected(work) && !isCancelled(work)) return rejected(input, work);
  return (
    failedResult(work, input.facts.now) ??
    busy(input, { revision: work, message }, [startTask(input, 'build', work)])
  );
};

/** The phase VALIDATE. */
export const validate: Phase = { step: 'Validated', word: 'Validating', run };
