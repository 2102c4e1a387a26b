// A thing that the lexicon does not know, named by the main noun of the prompt: "a tracker for vintage typewriters".
import type { BlueprintField } from '@faibric/crds';
import nlp from 'compromise';
import type { Thing } from '../plan/brief.ts';
import { KEEPER } from './keeper.ts';
import { rowFields } from './lexicon/thing-row.ts';
import { markRequired, withView } from './with-fields.ts';

/** Words that say "an app" and never what it keeps. */
const EMPTY_NOUNS =
  /\b(?:app|apps|application|website|web|site|page|tool|program|software|thing|something|stuff|system|platform|list|tracker|tracking|manager|log|diary|journal|dashboard|planner|organi[sz]er|database|collection|catalog(?:ue)?|way|place|please|user|users|people|them|they|it|its|me|us|one|friends|field|fields|data|information|everything|prompt|simple|nice|beautiful|modern|cool|small|basic|new|my|our|your|the|a|an|me|i|we|it|that|this|build|make|create|want|need|like|would|can|for|of|to|with|and|or|in|on)\b/gi;

/** A thing that the lexicon does not know, named by the main noun of the prompt. */
export function unknownThing(prompt: string, named: readonly BlueprintField[]): Thing {
  const noun = mainNoun(prompt);
  const fields = rowFields(named.length > 0 ? 'Name' : 'Name, Category, Date, Notes');
  const thing: Thing = { ...numberOf(noun), icon: 'LayoutList', fields, view: 'table' };
  if (named.length === 0) return thing;
  return {
    ...thing,
    ...withView(
      thing,
      markRequired(named.some((field) => field.type === 'text') ? named : [...fields, ...named]),
    ),
  };
}

/** Singular and plural, by English grammar; a word in another script stays as it is. */
function numberOf(noun: string): { singular: string; plural: string } {
  if (!/^[a-z' -]+$/.test(noun)) return { singular: noun, plural: noun };
  const nouns = nlp(noun).nouns();
  const isPlural = nouns.isPlural().found;
  const singular = (isPlural ? nouns.toSingular().text() : noun) || noun;
  const plural = (isPlural ? noun : nouns.toPlural().text()) || `${noun}s`;
  return { singular, plural: plural === singular ? `${singular}s` : plural };
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
      .replace(/(?<!\p{L})['-]|['-](?!\p{L})/gu, ' ')
      .trim()
      .split(/\s+/)
      .filter((word) => word.length > 1);
    if (words.length > 0) return words.slice(-2).join(' ').toLowerCase().slice(0, 40);
  }
  return 'entry';
}
