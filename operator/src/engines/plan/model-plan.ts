// The small plan that a model gives in one structured answer, and how it becomes a brief. The schema asks for everything
// (servers that hold a schema strictly want that), so "nothing" is an empty list or an empty text.
import type { BlueprintField } from '@faibric/crds';
import { z } from 'zod';
import { distinctFields, makeField } from '../builtin/make-field.ts';
import { withSharing } from '../builtin/read-audience.ts';
import { readForms } from '../builtin/read-forms.ts';
import { readPrompt } from '../builtin/read-prompt.ts';
import { luminance } from '../builtin/read-theme.ts';
import { withFields } from '../builtin/with-fields.ts';
import type { Brief, Thing } from './brief.ts';

const words = (max: number) =>
  z.string().transform((text) =>
    text
      .replace(/[\p{C}]/gu, ' ')
      .trim()
      .slice(0, max),
  );
const list = <T extends z.ZodType>(one: T, max: number) => z.array(one).transform((all) => all.slice(0, max));

const FIELD_TYPES = [
  'text',
  'longtext',
  'number',
  'money',
  'date',
  'datetime',
  'boolean',
  'select',
  'rating',
  'tags',
  'email',
  'url',
  'phone',
] as const;

/** What a model answers. */
export const modelPlan = z.object({
  title: words(60),
  tagline: words(120),
  language: words(2),
  color: words(20),
  background: words(20),
  dark: z.boolean(),
  things: list(
    z.object({
      singular: words(40),
      plural: words(40),
      view: z.enum(['table', 'cards', 'checklist', 'board']),
      fields: list(
        z.object({
          label: words(50),
          type: z.enum(FIELD_TYPES),
          options: list(words(40), 12),
          unit: words(12),
        }),
        16,
      ),
    }),
    4,
  ),
  stocks: list(words(12), 20),
  coins: list(words(40), 20),
  cities: list(words(60), 12),
  chart: z.boolean(),
  limited: list(words(200), 12),
});

/** What a model answers, parsed. */
export type ModelPlan = z.infer<typeof modelPlan>;

/** The schema as servers take it: every member required, nothing else allowed. */
export const modelPlanSchema: Readonly<Record<string, unknown>> = z.toJSONSchema(modelPlan, {
  io: 'input',
  override: ({ jsonSchema }) => {
    if (jsonSchema.type === 'object') jsonSchema.additionalProperties = false;
  },
});

const hex = (text: string): string | undefined => /^#[0-9a-f]{6}$/.exec(text.toLowerCase())?.[0];

function fieldOf(field: ModelPlan['things'][number]['fields'][number]): BlueprintField {
  const options = field.options.filter(Boolean);
  const made = makeField(field.label || 'Name');
  if (field.type === 'select')
    return options.length > 1
      ? { name: made.name, label: made.label, type: 'select', options }
      : { name: made.name, label: made.label, type: 'text' };
  return {
    name: made.name,
    label: made.label,
    type: field.type,
    ...(field.unit ? { unit: field.unit } : {}),
  };
}

function thingOf(thing: ModelPlan['things'][number], currency: string): Thing {
  const named = distinctFields(thing.fields.map(fieldOf));
  const base: Thing = {
    singular: thing.singular || 'entry',
    plural: thing.plural || 'entries',
    icon: 'LayoutList',
    fields: [{ name: 'name', label: 'Name', type: 'text', required: true }],
    view: thing.view,
    currency,
  };
  return withFields(base, named);
}

/**
 * The plan as a brief. What the model left empty is read off the prompt by the builtin rules: a site's sections, forms
 * and tools, and the things when it names none.
 */
export function briefOf(plan: ModelPlan, prompt: string): Brief {
  const read = readPrompt(prompt);
  const background = hex(plan.background) ?? read.theme.background;
  const primary = hex(plan.color) ?? read.theme.primary;
  const isDark = plan.dark || (background !== undefined && luminance(background) < 0.25);
  const things = withSharing(
    plan.things.map((thing) => thingOf(thing, read.currency)),
    read.audience,
    prompt,
  );
  const symbols = plan.stocks
    .map((symbol) => symbol.toUpperCase())
    .filter((symbol) => /^[A-Z0-9.^=-]{1,15}$/.test(symbol));
  const coins = plan.coins.map((coin) => coin.toLowerCase()).filter((coin) => /^[a-z0-9-]{1,60}$/.test(coin));
  return {
    ...read,
    title: plan.title || read.title,
    ...(plan.tagline ? { tagline: plan.tagline } : {}),
    language: /^[a-z]{2}$/.test(plan.language) ? plan.language : read.language,
    theme: {
      ...read.theme,
      ...(primary ? { primary } : {}),
      ...(background ? { background } : {}),
      mode: isDark ? 'dark' : background ? 'light' : read.theme.mode,
    },
    things: things.length > 0 ? things : read.things,
    stocks: symbols,
    coins,
    cities: plan.cities.filter(Boolean),
    chart: plan.chart,
    forms: readForms(prompt, { named: [], login: read.audience.login }),
    limited: plan.limited.filter(Boolean),
  };
}
