// The sections of a blueprint: every part that the composer can build, told apart by `kind`. A new kind is added
// here, in the composer's table and in docs/spec/blueprint.md, and nowhere else.
import { z } from 'zod';

const short = z.string().min(1).max(120);
const line = z.string().min(1).max(300);
const text = z.string().min(1).max(2000);
const field = z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/);
const clock = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/);

/** In every section: its anchor, and a heading where it has one. */
const common = {
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  title: short.optional(),
  description: line.optional(),
};
const collection = z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/);

const records = z.object({
  ...common,
  kind: z.literal('records'),
  collection,
  view: z.enum(['table', 'cards', 'checklist', 'board']),
  /** Field that splits a board into columns. */
  by: field.optional(),
  /** Yes/no field that a checklist ticks. */
  done: field.optional(),
});

const stats = z.object({
  ...common,
  kind: z.literal('stats'),
  collection,
  items: z
    .array(z.object({ label: short, of: z.enum(['count', 'sum', 'average']), field: field.optional() }))
    .min(1)
    .max(6),
});

const chart = z.object({
  ...common,
  kind: z.literal('chart'),
  collection,
  shape: z.enum(['bar', 'line', 'pie']),
  /** Field that is grouped by; a date is grouped by month. */
  by: field,
  /** Number field that is summed; absent: documents are counted. */
  measure: field.optional(),
});

const form = z.object({
  ...common,
  kind: z.literal('form'),
  collection,
  submit: short,
  thanks: line,
});

const posts = z.object({ ...common, kind: z.literal('posts'), collection });
const notes = z.object({ ...common, kind: z.literal('notes'), collection });

const symbols = z.array(z.string().regex(/^[A-Z0-9.^=-]{1,15}$/));
const coinIds = z.array(z.string().regex(/^[a-z0-9-]{1,60}$/));
const stocks = z.object({
  ...common,
  kind: z.literal('stocks'),
  symbols: symbols.min(1).max(20),
  chart: z.boolean(),
});
const coins = z.object({
  ...common,
  kind: z.literal('coins'),
  ids: coinIds.min(1).max(20),
  currency: z.string().regex(/^[a-z]{3}$/),
  chart: z.boolean(),
});
const weather = z.object({ ...common, kind: z.literal('weather'), cities: z.array(short).min(1).max(12) });

const hero = z.object({
  ...common,
  kind: z.literal('hero'),
  title: short,
  subtitle: line.optional(),
  eyebrow: short.optional(),
  actions: z.array(z.object({ label: short, target: common.id })).max(3),
});
const priceList = z.object({
  ...common,
  kind: z.literal('price-list'),
  currency: z.string().regex(/^[A-Z]{3}$/),
  groups: z
    .array(
      z.object({
        title: short.optional(),
        items: z
          .array(
            z.object({
              name: short,
              description: line.optional(),
              price: z.number().min(0).max(1e9).optional(),
              tags: z.array(short).max(5).optional(),
            }),
          )
          .min(1)
          .max(60),
      }),
    )
    .min(1)
    .max(12),
});
const day = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);
const hours = z.object({
  ...common,
  kind: z.literal('hours'),
  days: z
    .array(z.object({ day, hours: z.array(z.object({ open: clock, close: clock })).max(3) }))
    .min(1)
    .max(7),
  note: line.optional(),
});
const features = z.object({
  ...common,
  kind: z.literal('features'),
  items: z
    .array(z.object({ title: short, description: line.optional(), icon: z.string().max(40).optional() }))
    .min(1)
    .max(24),
});
const prose = z.object({ ...common, kind: z.literal('prose'), text });
const people = z.object({
  ...common,
  kind: z.literal('people'),
  items: z
    .array(z.object({ name: short, role: line.optional() }))
    .min(1)
    .max(24),
});
const testimonials = z.object({
  ...common,
  kind: z.literal('testimonials'),
  items: z
    .array(z.object({ quote: line, name: short }))
    .min(1)
    .max(12),
});
const questions = z.object({
  ...common,
  kind: z.literal('questions'),
  items: z
    .array(z.object({ question: line, answer: text }))
    .min(1)
    .max(24),
});
const contact = z.object({
  ...common,
  kind: z.literal('contact'),
  address: line.optional(),
  phone: short.optional(),
  email: short.optional(),
  website: short.optional(),
});

/** Small programs that keep nothing on the server. */
export const TOOLS = [
  'timer',
  'pomodoro',
  'stopwatch',
  'countdown',
  'counter',
  'calculator',
  'unit-converter',
  'tip-calculator',
  'bmi-calculator',
  'password-generator',
  'dice',
  'coin-flip',
  'picker',
  'quiz',
  'flash-cards',
  'tic-tac-toe',
  'memory',
  'rock-paper-scissors',
  'number-guess',
  'snake',
  'twenty-forty-eight',
] as const;

const tool = z.object({
  ...common,
  kind: z.literal('tool'),
  tool: z.enum(TOOLS),
  minutes: z.number().min(0.1).max(600).optional(),
  breakMinutes: z.number().min(0.1).max(600).optional(),
  date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
  names: z.array(short).max(60).optional(),
  sides: z.int().min(2).max(1000).optional(),
  cards: z
    .array(z.object({ front: line, back: line, choices: z.array(line).max(6).optional() }))
    .max(60)
    .optional(),
});

const poll = z.object({
  ...common,
  kind: z.literal('poll'),
  collection,
  question: line,
  options: z.array(short).min(2).max(12),
});

/** Any section, by `kind`. */
export const blueprintSection = z.discriminatedUnion('kind', [
  records,
  stats,
  chart,
  form,
  posts,
  notes,
  stocks,
  coins,
  weather,
  hero,
  priceList,
  hours,
  features,
  prose,
  people,
  testimonials,
  questions,
  contact,
  tool,
  poll,
]);

/** Any section, by `kind`. */
export type BlueprintSection = z.infer<typeof blueprintSection>;
/** A section of one kind, for example `SectionOf<'records'>`. */
export type SectionOf<K extends BlueprintSection['kind']> = Extract<BlueprintSection, { kind: K }>;
/** The name of a small program. */
export type ToolName = (typeof TOOLS)[number];
