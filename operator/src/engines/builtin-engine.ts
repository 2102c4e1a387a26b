// The builtin engine: rules and a lexicon instead of a model. Costs nothing, works offline, and answers in milliseconds.
import { type Blueprint, blueprint } from '@faibric/crds';
import { compose } from '../codegen/compose/compose.ts';
import { editPlan } from './builtin/changes/edit-plan.ts';
import { readPrompt } from './builtin/read-prompt.ts';
import {
  type Analysis,
  type AnalyzeInput,
  type Engine,
  type EngineName,
  NO_TOKENS,
  type Outcome,
} from './engine.ts';
import { assemble } from './plan/assemble.ts';

const SERVICES: Readonly<Record<string, string>> = {
  stocks: 'yahoo_finance',
  coins: 'coingecko',
  weather: 'openweather',
};

/** What the status of an app says of a plan. */
export function analysisOf(engine: EngineName, plan: Blueprint): Analysis {
  const kinds = plan.pages.flatMap((page) => page.sections.map((section) => section.kind));
  const services = kinds.flatMap((kind) => (Object.hasOwn(SERVICES, kind) ? [SERVICES[kind] ?? ''] : []));
  return {
    engine,
    title: plan.title,
    type: plan.type,
    blueprint: plan,
    services: [...new Set(services)],
    collections: plan.collections.map((collection) => collection.name),
    limited: plan.limited,
  };
}

/** The plan of the prompt with every change applied; with a plan of the revision before, only the last one is new. */
function planOf({ prompt, title, changes, previous }: AnalyzeInput): Blueprint {
  const before = blueprint.safeParse(previous?.analysis.blueprint);
  const last = changes.at(-1);
  if (before.success && last) return editPlan(before.data, last.prompt);
  const first = blueprint.parse(assemble(readPrompt(prompt, title)));
  return changes.reduce((plan, change) => editPlan(plan, change.prompt), first);
}

/** The engine that needs no model. */
export const builtinEngine: Engine = {
  name: 'builtin',
  analyze: (input) => {
    const letters = input.prompt.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    if (letters < 2) return Promise.resolve(nothingToBuild());
    const plan = planOf(input);
    return Promise.resolve({ ok: true, value: analysisOf('builtin', plan), tokens: NO_TOKENS });
  },
  generate: ({ analysis }) =>
    Promise.resolve({ ok: true, value: compose(blueprint.parse(analysis.blueprint)), tokens: NO_TOKENS }),
};

const nothingToBuild = (): Outcome<Analysis> => ({
  ok: false,
  reason: 'PromptUnsupported',
  message: 'The prompt has no words. Say what the app is, for example "a plant tracker".',
  retriable: false,
  tokens: NO_TOKENS,
});
