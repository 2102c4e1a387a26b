// Changes of a plan: what each does, and that nothing else moves.
import type { Blueprint } from '@faibric/crds';
import { expect, test } from 'vitest';
import { compose } from '../../../codegen/compose/compose.ts';
import { assemble } from '../../plan/assemble.ts';
import { readPrompt } from '../read-prompt.ts';
import { editPlan } from './edit-plan.ts';

const planFor = (prompt: string): Blueprint => assemble(readPrompt(prompt));
const PLANTS = 'A plant tracker with name, species and last watered date';
const EXPENSES = 'Expense tracker with amount, category (food, rent) and date';
const PIZZERIA = "A site for Rosa's pizzeria with menu, testimonials, opening hours and a contact form";
const STOCKS = 'A live dashboard for AAPL and TSLA';
const labels = (plan: Blueprint) => plan.collections[0]?.fields.map((field) => field.label);
const kinds = (plan: Blueprint) => plan.pages.flatMap((page) => page.sections.map((section) => section.kind));

test.each<[prompt: string, change: string, seen: (plan: Blueprint) => unknown, expected: unknown]>([
  [PLANTS, 'add a due date', labels, ['Name', 'Species', 'Last watered date', 'Due date']],
  [
    PLANTS,
    'Add location and pot size in cm',
    labels,
    ['Name', 'Species', 'Last watered date', 'Location', 'Pot size'],
  ],
  [PLANTS, 'remove the species', labels, ['Name', 'Last watered date']],
  [PLANTS, 'rename species to variety', labels, ['Name', 'Variety', 'Last watered date']],
  [PLANTS, 'rename species to variety', (plan) => plan.collections[0]?.fields[1]?.name, 'species'],
  [PLANTS, 'make it dark green', (plan) => plan.theme.primary, '#006400'],
  [PLANTS, 'make it dark', (plan) => plan.theme.mode, 'dark'],
  [PLANTS, 'use dark mode', (plan) => plan.theme.mode, 'dark'],
  [PLANTS, 'call it Fernwatch', (plan) => plan.title, 'Fernwatch'],
  [
    PLANTS,
    'show them as cards',
    (plan) => plan.pages[0]?.sections[0],
    expect.objectContaining({ view: 'cards' }),
  ],
  [PLANTS, 'also track my wines', (plan) => plan.collections.map((one) => one.name), ['plants', 'wines']],
  [EXPENSES, 'add a chart', kinds, ['stats', 'records', 'chart']],
  [EXPENSES, 'show a chart of spending by month', (plan) => kinds(plan).includes('chart'), true],
  [PIZZERIA, 'remove the testimonials', kinds, ['hero', 'price-list', 'hours', 'form']],
  [PIZZERIA, 'call it Da Rosa', (plan) => plan.pages[0]?.sections[0]?.title, 'Da Rosa'],
  [STOCKS, 'add NVDA', (plan) => JSON.stringify(plan).includes('["AAPL","TSLA","NVDA"]'), true],
  [STOCKS, 'remove TSLA', (plan) => JSON.stringify(plan).includes('["AAPL"]'), true],
  [
    PLANTS,
    'fluffier please',
    (plan) => plan.limited[0],
    '“fluffier please”: this change was not understood, and nothing was changed.',
  ],
  [PLANTS, 'send me an e-mail when a plant is dry', (plan) => plan.limited.length, 1],
])('%s, then "%s"', (prompt, change, seen, expected) => {
  const before = planFor(prompt);
  const after = editPlan(before, change);
  expect(seen(after)).toEqual(expected);
  expect(compose(after)['src/App.tsx']).toContain('export default function App');
});

test('a chain of changes keeps all that none of them names', () => {
  const chain = [
    'add a price',
    'make it navy',
    'rename species to variety',
    'add a chart',
    'also track my books',
    'call it Greenhouse',
    'add a rating',
    'what about a dragon',
    'remove the rating',
    'use dark mode',
  ];
  const plan = chain.reduce(editPlan, planFor(PLANTS));
  expect(labels(plan)).toEqual(['Name', 'Variety', 'Last watered date', 'Price']);
  expect(plan.collections.map((one) => one.name)).toEqual(['plants', 'books']);
  expect(plan).toMatchObject({ title: 'Greenhouse', theme: { primary: '#000080', mode: 'dark' } });
  expect(plan.limited).toHaveLength(1);
  expect(kinds(plan)).toContain('chart');
});

test('a change that says nothing to the rules changes nothing but the note', () => {
  const before = planFor(PIZZERIA);
  const { limited, ...after } = editPlan(before, 'xyzzy');
  expect(after).toEqual({ ...before, limited: undefined });
  expect(limited).toHaveLength(1);
});
