// The task GENERATE: asks the revision's engine for source files and records them. For a repair it hands over what
// was refused and why.
import { revisionSpec } from '@faibric/crds';
import { z } from 'zod';
import type { GenerateInput, SourceFiles } from '../engines/engine.ts';
import { REVISIONS } from '../faibricapp/resource-types.ts';
import { revisionName } from '../faibricapp/resources/names.ts';
import { readFiles, watchRevision } from '../faibricapp/watched.ts';
import type { KubeObject } from '../runtime/kube-client.ts';
import { changesOf, readApp, readPrevious, toAnalysis } from './engine-input.ts';
import { type ModelDeps, refOfRevision, runStep, type Step } from './model-step.ts';
import { readRevision } from './record.ts';
import type { TaskRequest } from './task.ts';
import type { TaskRunner } from './task-pool.ts';
import { makeTeller } from './tell-work.ts';

const revisionObject = z.object({ spec: revisionSpec });

const stageOf = (input: string): string => input.slice(0, input.lastIndexOf('-'));

/** What the parent was refused for, when this revision is a repair of it. */
const readRefused = async (
  deps: ModelDeps,
  request: TaskRequest,
  of: { readonly parent?: number | undefined; readonly input: string },
): Promise<Pick<GenerateInput, 'diagnostics' | 'rejected'>> => {
  if (of.parent === undefined) return {};
  const ref = { name: revisionName(request.app, of.parent), namespace: request.namespace };
  const object = await deps.client.get<KubeObject>(REVISIONS, ref);
  if (!object) return {};
  const { spec } = revisionObject.parse(object);
  const { status } = watchRevision(structuredClone(object));
  if (stageOf(spec.input) !== stageOf(of.input) || !spec.files) return {};
  return { diagnostics: status.diagnostics ?? [], rejected: readFiles(spec) };
};

const asList = (files: SourceFiles) =>
  Object.entries(files)
    .map(([path, content]) => ({ path, content }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));

/** Makes the runner of generate tasks. */
export const makeGenerate =
  (deps: ModelDeps): TaskRunner =>
  async (request, io) => {
    const ref = refOfRevision(request);
    const [read, app] = await Promise.all([
      readRevision(deps.client, ref, io.signal),
      readApp(deps.client, request),
    ]);
    const revision = read?.seen.spec;
    if (!read || !app || !revision?.analysis || read.seen.hasFiles || revision.engine === 'source') return;
    const { engine, model, analysis } = revision;
    const refused = await readRefused(deps, request, revision);
    const previous = await readPrevious(deps.client, request, request.previous);
    const kind = refused.rejected ? 'repair' : 'generate';
    const tell = makeTeller(deps.stream, request, 'generate');
    const step: Step = { request, io, kind, condition: 'Generated', timing: 'generate', engine, model, tell };
    const input = {
      prompt: app.prompt ?? '',
      changes: changesOf(app, request),
      appId: request.appId,
      analysis: toAnalysis(analysis),
      ...(previous && { previous }),
      ...refused,
    };
    await runStep(deps, step, {
      seen: read.seen,
      budget: app.budget?.tokens,
      ask: (chosen, engineIo) => chosen.generate(input, engineIo),
      answer: (files) => {
        // A model's pieces were told as they came; composed files come all at once.
        if (engine !== 'freeform') tell.files(files);
        return { files: asList(files) };
      },
      next: 'build',
    });
  };
