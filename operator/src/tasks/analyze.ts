// The task ANALYZE: asks the revision's engine what the prompt means and records it.
import { changesOf, readApp, readPrevious } from './engine-input.ts';
import { type ModelDeps, refOfRevision, runStep, type Step } from './model-step.ts';
import { readRevision } from './record.ts';
import type { TaskRunner } from './task-pool.ts';
import { makeTeller } from './tell-work.ts';

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
      tell: makeTeller(deps.stream, request, 'analyze'),
    };
    const previous = await readPrevious(deps.client, request, request.previous);
    await runStep(deps, step, {
      seen: read.seen,
      budget: spec.budget?.tokens,
      ask: (chosen, engineIo) =>
        chosen.analyze(
          {
            prompt: spec.prompt ?? '',
            changes: changesOf(spec, request),
            appId: request.appId,
            ...(spec.title !== undefined && { title: spec.title }),
            ...(previous && { previous }),
          },
          engineIo,
        ),
      answer: (analysis) => ({ analysis }),
      next: 'generate',
    });
  };
