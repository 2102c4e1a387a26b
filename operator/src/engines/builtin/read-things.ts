// The kinds of thing that a prompt wants to keep: words of the lexicon, weighed by where they stand, and else the main
// noun ("a tracker for vintage typewriters" keeps typewriters).

import type { BlueprintField } from '@faibric/crds';
import nlp from 'compromise';
import type { Thing } from '../plan/brief.ts';
import { rowFields, rowThing, type ThingRow } from './lexicon/thing-row.ts';
import { HOME_THINGS } from './lexicon/things-home.ts';
import { WORK_THINGS } from './lexicon/things-work.ts';

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
const KEEPER =
  'tracker|tracking|log|logger|logbook|diary|journal|list|lists|manager|management|organi[sz]er|planner|inventory|collection|catalog(?:ue)?|database|register|registry|library|archive|board|app|crm|directory|record|records|tool|overview|dashboard|sheet|system|keeper|counter|book|wall|monitor|schedule|calendar|roster';
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
  for (let i = 0; i < words.length; i++) {
    for (let length = 3; length > 0; length--) {
      const span = words.slice(i, i + length);
      const word = span.map((match) => match[0]).join(' ');
      const entry = ENTRIES.get(word)?.find(({ hint }) => !hint || lower.includes(hint));
      if (!entry || span.length < length) continue;
      const at = span[0]?.index ?? 0;
      found.push({ row: entry.row, word, at, score: scoreOf(text, at, word) });
      i += length - 1;
      break;
    }
  }
  return found;
}

function scoreOf(text: string, at: number, word: string): number {
  const before = text.slice(Math.max(0, at - 60), at);
  const after = text.slice(at + word.length, at + word.length + 24);
  const isKept = AFTER.test(after) || BEFORE.test(before);
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
  const kept = ranked.filter((match, index) => match.score >= 3 || (index === 0 && match.score > 0));
  const things = kept.slice(0, 4).map(({ row, word }) => callBy(rowThing(row), row, word));
  const [main, ...others] = things;
  if (!main) return named.length > 0 ? [unknownThing(prompt, named)] : [];
  return [withFields(main, named), ...others];
}

/** A thing under the word that the prompt uses: houseplants stay houseplants. */
function callBy(thing: Thing, row: ThingRow, word: string): Thing {
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
    'birdwatching crm pipeline kanban roadmap inventory inventories warehouse attendance research membership memberships club league'
  ).split(' '),
);

/** Named fields take the place of the expected ones; the first text is the title and required. */
export function withFields(thing: Thing, named: readonly BlueprintField[]): Thing {
  if (named.length === 0) return thing;
  const known = new Map(thing.fields.map((field) => [field.label.toLowerCase(), field]));
  const fields = named.map((field) => {
    const expected = known.get(field.label.toLowerCase());
    return expected && field.type === 'text' ? { ...expected, name: field.name } : field;
  });
  const hasTitle = fields.some((field) => field.type === 'text' || field.type === 'longtext');
  const title = thing.fields[0];
  const all = hasTitle || !title ? fields : [title, ...fields];
  const text = all.findIndex((field) => field.type === 'text');
  const first = Math.max(0, text);
  const required = all.map((field, index) => (index === first ? { ...field, required: true } : field));
  const done = required.find((field) => field.type === 'boolean')?.name;
  const by = required.find((field) => field.type === 'select' && /status|stage/.test(field.name))?.name;
  const { done: _done, by: _by, ...rest } = thing;
  const view =
    (thing.view === 'checklist' && !done) || (thing.view === 'board' && !by) ? 'table' : thing.view;
  return { ...rest, fields: required, view, ...(done ? { done } : {}), ...(by ? { by } : {}) };
}

/** Words that say "an app" and never what it keeps. */
const EMPTY_NOUNS =
  /\b(?:app|apps|application|website|web|site|page|tool|program|software|thing|something|stuff|system|platform|list|tracker|tracking|manager|log|diary|journal|dashboard|planner|organi[sz]er|database|collection|catalog(?:ue)?|way|place|please|user|users|people|field|fields|data|information|everything|prompt|simple|nice|beautiful|modern|cool|small|basic|new|my|our|your|the|a|an|me|i|we|it|that|this|build|make|create|want|need|like|would|can|for|of|to|with|and|or|in|on)\b/gi;

/** A thing that the lexicon does not know, named by the main noun of the prompt. */
export function unknownThing(prompt: string, named: readonly BlueprintField[]): Thing {
  const noun = mainNoun(prompt);
  const doc = nlp(noun);
  const isPlural = doc.nouns().isPlural().found;
  const plural = (isPlural ? noun : doc.nouns().toPlural().text()) || `${noun}s`;
  const singular = (isPlural ? doc.nouns().toSingular().text() : noun) || noun;
  const fields = named.length > 0 ? [] : rowFields('Name, Category, Date, Notes');
  const thing: Thing = {
    singular,
    plural: plural === singular ? `${singular}s` : plural,
    icon: 'LayoutList',
    fields,
    view: 'table',
  };
  return named.length > 0 ? withFields({ ...thing, fields: rowFields('Name') }, named) : thing;
}

function mainNoun(prompt: string): string {
  const head = prompt.slice(0, 300);
  const around = new RegExp(
    `\\b(?:${KEEPER})s? (?:of|for) (?:all )?(?:my |our |the |your )?([\\p{L}' -]{3,40}?)(?=[.,;:!?]|\\s(?:with|that|and|where|which|so|in|to|by|of|for)\\b|$)`,
    'iu',
  ).exec(head)?.[1];
  const before = new RegExp(`\\b([\\p{L}'-]+(?: [\\p{L}'-]+)?) (?:${KEEPER})\\b`, 'iu').exec(head)?.[1];
  const verb =
    /\b(?:track|manage|organi[sz]e|log|record|save|collect|store|catalogue?|plan|share|rate|list)\s+(?:all )?(?:my |our |the |your )?([\p{L}' -]{3,40}?)(?=[.,;:!?]|\s(?:with|that|and|where|which|so|in|to|by|of|for)\b|$)/iu.exec(
      head,
    )?.[1];
  const candidates = [around, verb, before, nlp(head).nouns().first().text(), head];
  for (const candidate of candidates) {
    const words = (candidate ?? '')
      .replace(EMPTY_NOUNS, ' ')
      .replace(/[^\p{L}\p{N}\s'-]/gu, ' ')
      .trim()
      .split(/\s+/)
      .filter((word) => word.length > 1);
    if (words.length > 0) return words.slice(-2).join(' ').toLowerCase().slice(0, 40);
  }
  return 'entry';
}
