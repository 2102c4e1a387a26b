// All engines by name. The model is a port: whoever starts the operator gives the adapter (adapters/model.ts), tests give
// their own. Without one, the engines that need it answer ModelNotConfigured.
import { makeBlueprintEngine } from './blueprint-engine.ts';
import { builtinEngine } from './builtin-engine.ts';
import { type Engine, type EngineName, NO_TOKENS, type Outcome } from './engine.ts';
import { makeFreeformEngine } from './freeform/freeform-engine.ts';
import type { Model } from './model.ts';

const notConfigured = <T>(): Promise<Outcome<T>> =>
  Promise.resolve({
    ok: false,
    reason: 'ModelNotConfigured',
    message: 'This engine needs a model. Set OPENAI_API_KEY (and OPENAI_BASE_URL), or use engine builtin.',
    retriable: false,
    tokens: NO_TOKENS,
  });

const withoutModel = (name: EngineName): Engine => ({
  name,
  analyze: notConfigured,
  generate: notConfigured,
});

/** The engines as things are configured. */
export const makeEngines = (model?: Model): Readonly<Record<EngineName, Engine>> => ({
  builtin: builtinEngine,
  blueprint: model ? makeBlueprintEngine(model) : withoutModel('blueprint'),
  freeform: model ? makeFreeformEngine(model) : withoutModel('freeform'),
});
