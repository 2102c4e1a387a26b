// The blueprint: a typed plan of an app, made by ANALYZE and turned into code by the composer. It is data that a
// person can read and edit; anything an app can be made of is a `kind` of section here. Versioned: a change that an
// older composer would misread raises `version`. Documented in docs/spec/blueprint.md.
import { z } from 'zod';
import { ACCESS_WHO } from './access.ts';
import { blueprintSection } from './blueprint-sections.ts';

const short = z.string().min(1).max(120);
const name = z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/);
const collectionName = z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/);

/** Every type a field of a collection may have. */
export const FIELD_TYPES = [
  'text',
  'longtext',
  'number',
  'money',
  'date',
  'datetime',
  'time',
  'boolean',
  'select',
  'rating',
  'tags',
  'email',
  'url',
  'phone',
  'image',
] as const;

/** One field of the documents of a collection; `name` is its key in the stored document. */
export const blueprintField = z.object({
  name,
  label: short,
  type: z.enum(FIELD_TYPES),
  required: z.boolean().optional(),
  options: z.array(short).max(30).optional(),
  unit: z.string().max(20).optional(),
  hint: z.string().max(200).optional(),
});

const who = z.enum(ACCESS_WHO);

/** Who may do what with the documents of a collection; `visitor` is the author of the document. */
export const blueprintAccess = z.object({ read: who, create: who, update: who, delete: who });

/** What comes round: due again `days` after `date`; `action` is the button that sets the date to today. */
export const blueprintCycle = z.object({ date: name, days: name, label: short, action: short });

/** A kind of thing that the app stores. `title` names the field that stands for the whole document. */
export const blueprintCollection = z.object({
  name: collectionName,
  label: short,
  singular: short,
  fields: z.array(blueprintField).min(1).max(30),
  title: name,
  access: blueprintAccess,
  cycle: blueprintCycle.optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
});

const colour = z.string().regex(/^#[0-9a-f]{6}$/);

/** Colours and tone; what is absent is the design system's own choice. */
export const blueprintTheme = z.object({
  primary: colour.optional(),
  background: colour.optional(),
  mode: z.enum(['light', 'dark', 'auto']),
  radius: z.enum(['none', 'small', 'medium', 'large']).optional(),
  font: z.enum(['sans', 'serif', 'rounded', 'mono']).optional(),
});

/** One page; an app with one page has no navigation but the anchors of its sections. */
export const blueprintPage = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  title: short,
  sections: z.array(blueprintSection).min(1).max(20),
});

/** What kind of app it is, in one word. */
export const APP_TYPES = [
  'list-manager',
  'dashboard',
  'site',
  'form',
  'blog',
  'notes',
  'tool',
  'game',
] as const;

/** The whole plan. */
export const blueprint = z
  .object({
    version: z.literal(1),
    title: short,
    tagline: z.string().max(200).optional(),
    type: z.enum(APP_TYPES),
    language: z.string().regex(/^[a-z]{2}$/),
    icon: z.string().regex(/^[A-Z][A-Za-z0-9]{0,40}$/),
    theme: blueprintTheme,
    collections: z.array(blueprintCollection).max(12),
    pages: z.array(blueprintPage).min(1).max(12),
    limited: z.array(z.string().min(1).max(500)).max(50),
  })
  .superRefine((plan, context) => {
    for (const message of blueprintFaults(plan)) context.addIssue({ code: 'custom', message });
  });

type Draft = {
  readonly collections: readonly z.infer<typeof blueprintCollection>[];
  readonly pages: readonly z.infer<typeof blueprintPage>[];
};

/** What a schema alone cannot hold: names are unique and every reference has its target. */
function blueprintFaults(plan: Draft): string[] {
  const sections = plan.pages.flatMap((page) => page.sections);
  const faults = plan.collections.flatMap(collectionFaults);
  if (repeats(plan.collections.map((collection) => collection.name)))
    faults.push('two collections have the same name');
  if (repeats(sections.map((section) => section.id))) faults.push('two sections have the same id');
  for (const section of sections) {
    if (!('collection' in section)) continue;
    const target = plan.collections.find((collection) => collection.name === section.collection);
    if (target) faults.push(...referenceFaults(section, target.fields));
    else faults.push(`section ${section.id} shows a collection that does not exist`);
  }
  return faults;
}

const repeats = (names: readonly string[]): boolean => new Set(names).size !== names.length;

function collectionFaults(collection: z.infer<typeof blueprintCollection>): string[] {
  const { name: of, fields, title, cycle } = collection;
  const keys = fields.map((field) => field.name);
  const faults = fields
    .filter((field) => field.type === 'select' && !field.options?.length)
    .map((field) => `field ${of}.${field.name} is a choice without options`);
  if (repeats(keys)) faults.push(`collection ${of} has a field twice`);
  if (!keys.includes(title)) faults.push(`collection ${of} has no field ${title} for its title`);
  if (cycle && !(keys.includes(cycle.date) && keys.includes(cycle.days)))
    faults.push(`the cycle of collection ${of} names a field that does not exist`);
  return faults;
}

function referenceFaults(section: object, fields: readonly { name: string }[]): string[] {
  const known = new Set(fields.map((field) => field.name));
  return Object.entries(section)
    .filter(([key, field]) => ['by', 'measure', 'done'].includes(key) && !known.has(String(field)))
    .map(([key, field]) => `${key} names the field ${String(field)}, which does not exist`);
}

/** The whole plan of an app. */
export type Blueprint = z.infer<typeof blueprint>;
/** A kind of thing that the app stores. */
export type BlueprintCollection = z.infer<typeof blueprintCollection>;
/** One field of a collection. */
export type BlueprintField = z.infer<typeof blueprintField>;
/** Colours and tone. */
export type BlueprintTheme = z.infer<typeof blueprintTheme>;
/** One page of the app. */
export type BlueprintPage = z.infer<typeof blueprintPage>;
