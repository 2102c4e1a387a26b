// The blueprint engine: a model understands, the composer writes. One small call per app, so it is cheap and works with
// small local models; the code is always valid, because no model wrote it.
import { blueprint } from '@faibric/crds';
import { compose } from '../codegen/compose/compose.ts';
import { askPlan } from './ask-plan.ts';
import { analysisOf } from './builtin-engine.ts';
import {
  type Analysis,
  type AnalyzeInput,
  type Engine,
  type EngineIo,
  type EngineName,
  NO_TOKENS,
  type Outcome,
} from './engine.ts';
import { keepAccess } from './keep-access.ts';
import type { Model } from './model.ts';
import { assemble } from './plan/assemble.ts';
import { briefOf } from './plan/model-plan.ts';
import { wishOf } from './wish.ts';

/** Analysis by a model, for the engines that use one. */
export async function analyzeByModel(
  engine: EngineName,
  { model, input }: { readonly model: Model; readonly input: AnalyzeInput },
  io: EngineIo,
): Promise<Outcome<Analysis>> {
  const wish = wishOf(input.prompt, input.changes);
  io.onProgress?.({ message: 'Asking the model for a plan.' });
  const answer = await askPlan(model, wish, io);
  if (!answer.ok) return answer;
  const brief = briefOf(answer.value, wish);
  const planned = blueprint.parse(assemble(input.title ? { ...brief, title: input.title } : brief));
  const plan = keepAccess(planned, input);
  return { ...answer, value: analysisOf(engine, plan) };
}

/** The engine that plans with a model and composes. */
export const makeBlueprintEngine = (model: Model): Engine => ({
  name: 'blueprint',
  analyze: (input, io) => analyzeByModel('blueprint', { model, input }, io),
  generate: ({ analysis }) =>
    Promise.resolve({ ok: true, value: compose(blueprint.parse(analysis.blueprint)), tokens: NO_TOKENS }),
});
