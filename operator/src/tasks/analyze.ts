// The task ANALYZE: asks the revision's engine what the prompt means and records it.
import { changesOf, readApp, readPrevious } from './engine-input.ts';
import {
  announce,
  close,
  guarded,
  type ModelDeps,
  refOfRevision,
  type Step,
  tokensLeft,
} from './model-step.ts';
import { readRevision, recordAnswer } from './record.ts';
import type { TaskRunner } from './task-pool.ts';

/** Makes the runner of analyze tasks. */
export const makeAnalyze =
  (deps: ModelDeps): TaskRunner =>
  async (request, io) => {
    const ref = refOfRevision(request);
    const [read, spec] = await Promise.all([
      readRevision(deps.client, ref, io.signal),
      readApp(deps.client, request),
    ]);
    if (!read || !spec || read.seen.spec.analysis || read.seen.spec.engine === 'source') return;
    const { engine, model } = read.seen.spec;
    const step: Step = {
      request,
      io,
      kind: 'analyze',
      condition: 'Analyzed',
      timing: 'analyze',
      engine,
      model,
    };
    const previous = await readPrevious(deps.client, request, request.previous);
    const announced = await announce(deps, step, read.seen);
    const startedAt = deps.clock.now();
    const left = tokensLeft(deps, request, spec.budget?.tokens);
    const outcome = await guarded(
      () =>
        deps.engines[engine].analyze(
          {
            prompt: spec.prompt ?? '',
            changes: changesOf(spec, request),
            appId: request.appId,
            ...(spec.title !== undefined && { title: spec.title }),
            ...(previous && { previous }),
          },
          {
            signal: io.signal,
            onProgress: ({ message }) => io.tell(message),
            ...(left !== undefined && { tokensLeft: left }),
            ...(model !== undefined && { model }),
          },
        ),
      io.signal,
    );
    // A cancelled task has nothing to say: what replaced it goes on.
    if (!outcome.ok && outcome.reason === 'Cancelled') return;
    const target = { ref, signal: io.signal, known: announced.seen };
    const answered = outcome.ok ? await recordAnswer(deps, target, { analysis: outcome.value }) : undefined;
    await close(deps, step, { ...announced, outcome, startedAt, seen: answered ?? announced.seen });
  };
