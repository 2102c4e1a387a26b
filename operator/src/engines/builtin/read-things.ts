// The kinds of thing that a prompt wants to keep: words of the lexicon, weighed by where they stand, and else the main
// noun ("a tracker for vintage typewriters" keeps typewriters).

import type { BlueprintField } from '@faibric/crds';
import type { Thing } from '../plan/brief.ts';
import { KEEPER } from './keeper.ts';
import { FOREIGN, PIECES } from './lexicon/foreign.ts';
import { rowThing, type ThingRow } from './lexicon/thing-row.ts';
import { HOME_THINGS } from './lexicon/things-home.ts';
import { WORK_THINGS } from './lexicon/things-work.ts';
import { unknownThing } from './unknown-thing.ts';
import { withFields } from './with-fields.ts';

interface Entry {
  readonly row: ThingRow;
  readonly hint?: string;
}

const ENTRIES: ReadonlyMap<string, readonly Entry[]> = indexRows([...HOME_THINGS, ...WORK_THINGS]);

function indexRows(rows: readonly ThingRow[]): Map<string, Entry[]> {
  const index = new Map<string, Entry[]>();
  for (const row of rows)
    for (const name of row[0].split(' ')) {
      const [word = '', hint] = name.split(':');
      const key = word.replaceAll('-', ' ');
      index.set(key, [...(index.get(key) ?? []), hint ? { row, hint } : { row }]);
    }
  return index;
}

/** What makes a thing be kept: "plant tracker", "track my plants", "list of plants". */
const AFTER = new RegExp(`^[- ](?:${KEEPER})s?\\b`, 'i');
const BEFORE = new RegExp(
  `\\b(?:(?:${KEEPER})s? (?:of|for|to (?:track|log|manage|record))(?: all)?(?: my| our| the| a| your| their)?|(?:track(?:s|ing)?|manag(?:e|es|ing)|organi[sz](?:e|es|ing)|log(?:s|ging)?|record(?:s|ing)?|sav(?:e|es|ing)|collect(?:s|ing)?|keep(?:s|ing)? (?:track|a list|a record|tabs) (?:of|on)|list(?:s|ing)?|stor(?:e|es|ing)|catalog(?:ue|s|ing)?|plan(?:s|ning)?|shar(?:e|es|ing)|rat(?:e|es|ing)|review(?:s|ing)?|add|post)(?: all)?(?: of)?(?: my| our| the| your| their| a| an)?(?: \\w+)?)\\s*$`,
  'i',
);

interface Match {
  readonly row: ThingRow;
  readonly word: string;
  readonly at: number;
  readonly score: number;
}

/** All words of the lexicon in a text, the longest at each place. */
function matches(text: string): Match[] {
  const lower = text.toLowerCase();
  const words = [...lower.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’]*/gu)];
  const found: Match[] = [];
  let from = 0;
  for (let i = 0; i < words.length; i++) {
    for (let length = 3; length > 0; length--) {
      const span = words.slice(i, i + length);
      const word = span.map((match) => match[0]).join(' ');
      const entry = entryOf(word, lower);
      const at = span[0]?.index ?? 0;
      if (!entry || span.length < length || isVerb(word, text.slice(from, at))) continue;
      found.push({ row: entry.row, word, at, score: scoreOf(text, { at, word, from }) });
      i += length - 1;
      from = at + word.length;
      break;
    }
  }
  return found;
}

const entryOf = (word: string, text: string): Entry | undefined =>
  (ENTRIES.get(word) ?? ENTRIES.get(FOREIGN.get(word)?.english ?? ''))?.find(
    ({ hint }) => !hint || text.includes(hint),
  );

/** "I run a bakery", "to plan": a word of the lexicon that is a verb here. */
const isVerb = (word: string, before: string): boolean =>
  !word.endsWith('s') &&
  /\b(?:i|we|you|they|to|can|could|will|would|who|let us|people|please|not)\s+$/i.test(before);

/** Those for whom an app is are not what it keeps: "a board for my team". */
const AUDIENCE =
  /^(?:teams?|famil(?:y|ies)|friends?|kids?|child(?:ren)?|club|school|class|classes|people|clients?|customers?|students?|members?|staff|colleagues?|company|pupils|guests?|visitors?|players?|employees?|holidays?|vacations?|freelancers?|volunteers?)$/;

function scoreOf(text: string, { at, word, from }: { at: number; word: string; from: number }): number {
  const before = text.slice(Math.max(from, at - 60), at);
  const after = text.slice(at + word.length, at + word.length + 24);
  const isKept = AFTER.test(after) || BEFORE.test(before) || / (?:list|log|entry|book|sheet)$/.test(word);
  const isFor =
    AUDIENCE.test(word) &&
    /\b(?:for|of|among|between|with|from|to|by)\s+(?:(?:my|our|the|all|a|an|\w+)\s+){0,2}$/i.test(before) &&
    !AFTER.test(after);
  if (
    isFor &&
    !/\b(?:track(?:er)?|manage(?:r)?|list|organi[sz]er?|directory|database)\s+(?:of|for)?\s*(?:all\s+)?(?:my|our|the)?\s*$/i.test(
      before,
    )
  )
    return 0.1;
  const early = at < 60 ? 1 : 0;
  return (isKept ? 3 : 0) + early + (word.endsWith('s') ? 0.5 : 0) - at / 10_000;
}

/** Every thing that a prompt wants kept, the main one first. `listAt` is where its list of fields begins. */
export function readThings(prompt: string, named: readonly BlueprintField[], listAt: number): Thing[] {
  const head = listAt > 12 ? prompt.slice(0, listAt) : prompt;
  const rows = new Map<ThingRow, Match>();
  for (const match of matches(head)) {
    const before = rows.get(match.row);
    if (!before || before.score < match.score) rows.set(match.row, match);
  }
  const ranked = [...rows.values()].sort((a, b) => b.score - a.score);
  const pieces = ranked.length > 0 ? [] : pieceRows(prompt);
  const kept = [...ranked, ...pieces].filter(
    (match, index) => match.score >= 3 || (index === 0 && match.score > 0),
  );
  const things = kept.slice(0, 4).map(({ row, word }) => callBy(rowThing(row), row, word));
  const [main, ...others] = things;
  if (!main) return named.length > 0 ? [unknownThing(prompt, named)] : [];
  return [withFields(main, named), ...others];
}

/** Things that are named in a script whose words the lexicon cannot split. */
const pieceRows = (prompt: string): Match[] =>
  PIECES.filter(([piece]) => piece.test(prompt)).flatMap(([, english]) => {
    const row = ENTRIES.get(english)?.[0]?.row;
    return row ? [{ row, word: english, at: 0, score: 3 }] : [];
  });

/** Things of a list that names only things: "with students, teachers and courses". */
export function readListedThings(labels: readonly string[]): Thing[] {
  const lower = labels.map((label) => label.toLowerCase());
  // Only plurals of one word: then even "members" and "payments" are things.
  const isAllThings = lower.every((label) => /^\p{L}+s$/u.test(label) && !PLAIN_FIELDS.test(label));
  const plurals = lower.filter((label) => label.endsWith('s') && (isAllThings || !FIELD_LIKE.test(label)));
  const known = plurals.flatMap((label) => {
    const row = ENTRIES.get(label)?.find(({ hint }) => !hint)?.row;
    return row ? [callBy(rowThing(row), row, label)] : [];
  });
  const distinct = known.filter(
    (thing, index) => known.findIndex((one) => one.plural === thing.plural) === index,
  );
  return distinct.length > 1 && distinct.length * 2 > labels.length ? distinct.slice(0, 5) : [];
}

/** Plurals that are never a list of their own. */
const PLAIN_FIELDS =
  /^(?:notes|tags|categories|ingredients|instructions|steps|dates|times|prices|priorities|statuses|calories|reps|sets|points|hours|pages|details)$/;

/** Plurals that are fields of one thing more often than things. */
const FIELD_LIKE =
  /^(?:notes|tags|ingredients|steps|pages|reps|sets|points|hours|comments|instructions|guests|seats|rooms|photos|pictures|links|members|players|scores|goals|votes|calories|symptoms|ideas|grades?)$/;

/** A thing under the word that the prompt uses: houseplants stay houseplants. */
function callBy(thing: Thing, row: ThingRow, word: string): Thing {
  const foreign = FOREIGN.get(word);
  if (foreign) return { ...thing, singular: foreign.singular, plural: foreign.plural };
  const names = row[0].split(' ').map((name) => (name.split(':')[0] ?? '').replaceAll('-', ' '));
  const at = names.indexOf(word);
  if (at < 2 || NOT_COUNTED.has(word)) return thing;
  const plural = word.endsWith('s') ? word : (names[at + 1] ?? '');
  const singular = word.endsWith('s') ? (names[at - 1] ?? '') : word;
  const isPair =
    plural.startsWith(singular.slice(0, 3)) &&
    plural !== singular &&
    plural.endsWith('s') &&
    !singular.endsWith('s');
  return isPair ? { ...thing, singular, plural } : thing;
}

const NOT_COUNTED = new Set(
  (
    'reading spending finance finances budget budgets todo todos to-do to-dos shopping groceries grocery packing luggage training trainings gym ' +
    'running cycling hiking diet nutrition sleep weight water hydration travel gardening garden knitting crochet sewing astronomy fishing ' +
    'birdwatching crm pipeline kanban roadmap inventory inventories warehouse attendance research membership memberships club league forum forums discussion discussions'
  ).split(' '),
);
