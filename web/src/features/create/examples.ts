// Sentences to start from. Each is one that the builtin engine does well without a model key, so that the
// first click of a newcomer ends in a working app. The first of a visit differs: the list is rotated.

/** An example: what the chip says and the sentence that goes into the box. */
export interface Example {
  label: string;
  prompt: string;
}

const EXAMPLES: readonly Example[] = [
  {
    label: 'Plant tracker',
    prompt: 'A plant tracker with name, species, watering interval in days and last watered date',
  },
  { label: 'Stock dashboard', prompt: 'A live dashboard for AAPL, MSFT and TSLA with a chart' },
  {
    label: 'Pizzeria site',
    prompt: "A site for Rosa's pizzeria with menu, opening hours and a contact form",
  },
  {
    label: 'Reading list',
    prompt: 'A reading list with title, author, pages, rating and whether I have finished it',
  },
  { label: 'Coin prices', prompt: 'A dashboard with live prices of bitcoin and ethereum' },
  {
    label: 'Club sign-up',
    prompt: 'A sign-up form for a running club with name, email, experience and preferred distance',
  },
  { label: 'Team notes', prompt: 'A notes app with title, text and tags, newest first' },
  { label: 'Expenses', prompt: 'An expense tracker with date, amount, category and a note' },
];

/** `count` examples, starting at a place chosen by `seed` (0 up to, not including, 1). */
export function pickExamples(seed: number, count: number): Example[] {
  const start = Math.floor(seed * EXAMPLES.length);
  return [...EXAMPLES.slice(start), ...EXAMPLES.slice(0, start)].slice(0, count);
}
