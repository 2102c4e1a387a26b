// The fields that a prompt names: "with name, species, watering interval in days and last watered date". A list is
// found by the words that open one, cut at the sentence's end, split, and freed of what is no field (a chart, a search).
import type { BlueprintField } from '@faibric/crds';
import { distinctFields, makeField } from './make-field.ts';

const OPENERS =
  /\b(?:with (?:the )?(?:following )?(?:fields|columns|properties|attributes)(?: for| of)?:?|(?:fields|columns|properties|attributes)(?: are| for|:)|each (?:\w+ ){0,3}(?:has|have|with|should have|needs|gets)|(?:that|which) (?:has|have|tracks?|stores?|records?|saves?|includes?|shows?)|(?:i|we|users?|people|you) (?:can|want to|need to|should be able to) (?:enter|log|record|save|store|note|track)|tracking|track|recording|record(?= )|log(?:ging)?(?= (?:the|my|date|each))|including|by|has|having|with|showing|containing|storing|for each[^,.;:]*?:|mit|avec|con|com|met|:)(?=\s)/gi;
const SENTENCE_END =
  /[.!?](?=\s|$)|[;\n]|\b(?:so that|so i|in order|which (?:is|are|shows?|can|should|i|we)|because|and (?:let|allow|make|show|display|it|i|we|users?|people|a button|the app|should|must|can)\b|then|using|that (?:lets|allows|can)|where (?:i|we|you|it|users?|people)|when (?:i|we|you|it))\b/i;

const ARTICLE =
  /^(?:(?:a|an|the|its|their|my|his|her|our|your|some|any|each|every|also|optional|both|one|other)\s+)+/i;
/** Parts and abilities of an app: what a list may name besides fields. */
const FEATURE =
  /\b(?:charts?|graphs?|search(?:ing)?|filter(?:s|ing)?|sort(?:ing|s)?|dark|light|mode|theme|background|buttons?|menu|opening hours|hours of operation|contact form|form|kontaktformular|\w*formular|öffnungszeiten|speisekarte|login|log in|sign[- ]?(?:in|up)|accounts?|export|import|reminders?|notifications?|dashboard|navigation|header|footer|hero|gallery|testimonials?|reviews section|faq|newsletter|animations?|design|layout|style|colou?rs?(?= (?:scheme|theme|palette))|page|pages|section|sections|list|lists|table|tables|cards?|board|columns?|statistics|stats|summary of|totals?|calendar|map|timer|progress bars?|ability|option to|way to|support|pagination|drag|upload|delete|edit|add(?:ing)?|live|real[- ]time|ui|interface|app|emojis?|sound|effects)\b/i;
const VERBS =
  /\b(?:is|are|be|can|should|must|will|would|lets?|allow|allows|shows?|displays?|click|press|want|need|please|make|create|build|like)\b/i;

interface Item {
  readonly label: string;
  readonly unit?: string;
  readonly options?: readonly string[];
}

/** "with categories, due dates and priorities": each document has one. */
const PLURALS =
  /^(?:categories|priorities|(?:due |start |end )?dates|deadlines|prices|names|titles|amounts|quantities|authors|durations|ratings|types|locations|genres)$/i;

/** One item of a list as a field, or undefined when it is none. */
function readItem(text: string): Item | undefined {
  const bare = text
    .trim()
    .replace(ARTICLE, '')
    .replace(/[.!?:"“”]+$/g, '')
    .replace(/\s+(?:\(?yes ?\/ ?no\)?|(?:from |of )?(?:1|one) (?:to|-) (?:5|five))$/i, '')
    .trim();
  const inBrackets = /^(.{2,50}?)\s*\(([^)]{1,120})\)\s*$/.exec(bare);
  if (inBrackets) return readBrackets(inBrackets[1] ?? '', inBrackets[2] ?? '');
  const withUnit = /^(.{2,50}?)\s+in\s+([\p{L}%€$£]+)$/iu.exec(bare);
  if (withUnit) return accept({ label: withUnit[1] ?? '', unit: withUnit[2] ?? '' });
  return accept({ label: bare });
}

function readBrackets(label: string, inner: string): Item | undefined {
  const options = inner.split(/\s*(?:\/|,|\||\bor\b)\s*/).map((option) => option.trim());
  const named = options.filter(
    (option) => option !== '' && !/^(?:e\.?g\.?|etc\.?|optional|required|yes|no)$/i.test(option),
  );
  if (named.length > 1 && named.every((option) => option.length <= 40 && !/^\d+\s*-/.test(option)))
    return accept({ label, options: named });
  return accept({
    label,
    ...(/^(?:in )?[\p{L}%€$£]{1,12}$/u.test(inner) ? { unit: inner.replace(/^in /, '') } : {}),
  });
}

function accept(item: Item): Item | undefined {
  const label = item.label.replace(ARTICLE, '').trim();
  const words = label.split(/\s+/);
  if (label.length < 2 || label.length > 50 || words.length > 5) return undefined;
  if (FEATURE.test(label) || (words.length > 1 && VERBS.test(label)) || !/\p{L}/u.test(label))
    return undefined;
  return {
    ...item,
    label: PLURALS.test(label) ? label.replace(/ies$/i, 'y').replace(/(?<!u)s$/i, '') : label,
  };
}

/** Splits at commas, semicolons and "and", but not inside brackets. */
function splitList(text: string): string[] {
  const shielded = text.replace(/\([^)]*\)/g, (inner) =>
    inner.replaceAll(',', '\u0001').replaceAll(/\band\b/g, '\u0002'),
  );
  return shielded
    .split(/\s*[,、，]\s*(?:and\s+|plus\s+)?|\s+(?:and|plus|as well as|&|und|et|y|e|en)\s+|\s*\+\s*/i)
    .map((part) => part.replaceAll('\u0001', ',').replaceAll('\u0002', 'and').trim())
    .filter(Boolean);
}

/** One list of a prompt: its fields, and the items that are none. */
export interface FieldList {
  readonly fields: readonly BlueprintField[];
  readonly others: readonly string[];
  /** Where in the prompt the list begins. */
  readonly at: number;
}

/** Where a list may begin: after an opener, in the brackets behind a plural, or as a sentence of its own. */
function candidates(prompt: string): { text: string; at: number }[] {
  const opened = [...prompt.matchAll(OPENERS)].map((opener) => {
    const at = opener.index + opener[0].length;
    const rest = prompt.slice(at, at + 600);
    const end = rest.search(SENTENCE_END);
    return { text: end < 0 ? rest : rest.slice(0, end), at };
  });
  const bracketed = [...prompt.matchAll(/\b\p{L}+s \(([^()]{8,300})\)/gu)]
    .filter((match) => COMMON.test(match[1] ?? '') && (match[1] ?? '').split(',').length > 2)
    .map((match) => ({ text: match[1] ?? '', at: match.index + match[0].indexOf('(') + 1 }));
  const sentences = [...prompt.matchAll(/(?<=[.!?\n]\s*)([^.!?\n]{8,300})(?=[.!?\n]|$)/g)]
    .filter((match) => COMMON.test(match[1] ?? '') && (match[1] ?? '').split(',').length > 2)
    .map((match) => ({ text: match[1] ?? '', at: match.index }));
  return [...bracketed, ...opened, ...sentences].map(withoutHead);
}

/** Fields that nearly every list has; a list without an opener must hold one. */
const COMMON =
  /\b(?:name|title|date|price|amount|status|e-?mail|phone|notes|category|description|quantity|author)\b/i;

/** "my workouts with exercise, sets": the list begins behind "with". */
function withoutHead({ text, at }: { text: string; at: number }): { text: string; at: number } {
  const [first = ''] = text.split(',');
  const head =
    /^(?:.*:|.*\b(?:with|including|by|having|such as|has|have|contains)\b)\s+(?=\S)/i.exec(first)?.[0] ?? '';
  return { text: text.slice(head.length), at: at + head.length };
}

/** The best list of fields in a prompt: the one with most fields, the first of equals. One item alone is a list only after "with". */
export function readFields(prompt: string): FieldList {
  let best: FieldList = { fields: [], others: [], at: -1 };
  for (const { text, at } of candidates(prompt)) {
    const found = readList(text, at);
    const isList =
      found.fields.length > 1 ||
      /\b(?:with|having|has|mit|avec|con)\s+(?:an?\s+)?$/i.test(prompt.slice(0, at));
    if (isList && found.fields.length > best.fields.length) best = found;
  }
  return best;
}

/** The fields of a text that is nothing but a list of them. */
export const readListOf = (text: string): readonly BlueprintField[] => readList(text, 0).fields;

function readList(text: string, at: number): FieldList {
  const parts = splitList(text);
  const items = parts.map(readItem);
  const fields = items.flatMap((item) =>
    item
      ? [
          makeField(item.label, {
            ...(item.unit ? { unit: item.unit } : {}),
            ...(item.options ? { options: item.options } : {}),
          }),
        ]
      : [],
  );
  return { fields: distinctFields(fields).slice(0, 20), others: parts.filter((_, i) => !items[i]), at };
}
