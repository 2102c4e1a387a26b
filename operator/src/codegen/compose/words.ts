// The words that composed code itself shows, by language. A language that is missing falls back to English.
// `{x}` stands for the name of a thing and is filled by `say`.

const ENGLISH = {
  add: 'Add {x}',
  edit: 'Edit {x}',
  save: 'Save',
  remove: 'Delete {x}',
  none: 'No {x} yet',
  addFirst: 'Add the first one to get started.',
  search: 'Search {x}',
  all: 'All',
  filterBy: 'Filter by {x}',
  total: 'Total {x}',
  open: 'Open',
  read: 'Read',
  done: 'Done',
  nothingOpen: 'Nothing left to do.',
  thanks: 'Thank you',
  another: 'Send another',
  write: 'Write',
  back: 'Back',
  untitled: 'Untitled',
  published: 'Published',
  price: 'Price',
  watchlist: 'Watch-list',
  addSymbol: 'Add symbol',
  history: 'Price history',
  range: 'Range',
  feelsLike: 'Feels like',
  humidity: 'Humidity',
  wind: 'Wind',
  vote: 'Vote',
  votes: 'votes',
  results: 'Results',
  start: 'Start',
  pause: 'Pause',
  reset: 'Reset',
  next: 'Next',
  again: 'Play again',
  newGame: 'New game',
  score: 'Score',
  lightAndDark: 'Change theme',
  failedToLoad: 'This could not be loaded',
};

/** The words of one language. */
export type Words = Readonly<Record<keyof typeof ENGLISH, string>>;

const LANGUAGES: Readonly<Record<string, Words>> = { en: ENGLISH };

/** The words of a language, by its two letters. */
export const wordsOf = (language: string): Words =>
  Object.hasOwn(LANGUAGES, language) ? (LANGUAGES[language] ?? ENGLISH) : ENGLISH;

/** Fills the place of `{x}`. */
export const say = (pattern: string, x: string): string => pattern.replace('{x}', () => x);

/** A label inside a sentence: lower case at the start, unless it is an abbreviation or a name in capitals. */
export const inSentence = (label: string): string =>
  /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
