// The name of an app or a business, where the prompt gives one: in quotes, after "called", or as "Rosa's pizzeria".
import { sentenceCase } from './make-field.ts';

const CALLED =
  /\b(?:called|named|titled|by the name of|name it|call it|namens|genannt|appelée?|llamad[ao])\s*:?\s+["“'«„]?([^"”'».,;:!?\n]{2,60})/iu;
const QUOTED = /["“«„]([^"”»“\n]{2,60})["”»“]/u;
const TITLE_LINE = /\b(?:title|heading|headline)\s*:\s*["“]?([^"”.,;\n]{2,60})/i;
const STOP = /\s+(?:with|that|which|where|for|and|to|in|using|by|has|where|showing|who)\b.*$/i;
const POSSESSIVE =
  /\b((?:\p{Lu}[\p{L}.]*\s+(?:(?:and|&)\s+)?){0,3}\p{Lu}[\p{L}]*['’]s?)\s+((?:\p{Lu}?[\p{L}-]+)(?:\s+\p{Lu}[\p{L}-]+|\s+(?:shop|bar|salon|studio|store|club|school|house|place|truck|company|service|services|garage|repair|restaurant|bakery|cafe|café)){0,3})/u;
const PROPER =
  /\b(?:for|of|für|pour|de|para)\s+(?:(?:my|our|a|an|the|local|small|family|new)\s+)*(?:[a-z-]+\s+){0,3}?((?:the\s+)?\p{Lu}[\p{L}'’&-]*(?:\s+(?:\p{Lu}[\p{L}'’-]*|&|and(?=\s\p{Lu})|of(?=\s\p{Lu})|der|la|le|el|de))+)/u;

/** A name that the prompt states for the whole app. */
export function readStatedName(prompt: string): string | undefined {
  const called = CALLED.exec(prompt)?.[1];
  const text = called ? called.replace(STOP, '') : (TITLE_LINE.exec(prompt)?.[1] ?? quotedName(prompt));
  const name = text
    ?.replace(/[^\p{L}\p{N}\s'’&.!+-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return name && name.length >= 2 ? sentenceCase(name).slice(0, 60) : undefined;
}

/** Words in quotes are a name only near the start, and not after "says" or "button". */
function quotedName(prompt: string): string | undefined {
  const match = QUOTED.exec(prompt);
  if (!match || match.index > 120) return undefined;
  const before = prompt.slice(Math.max(0, match.index - 30), match.index);
  return /\b(?:says?|saying|button|text|label|options?|like|e\.g\.|column|field|word|question)\b[^.]*$/i.test(
    before,
  )
    ? undefined
    : match[1];
}

/** A business by its possessive or capital letters: "Rosa's pizzeria", "Blue Fin Sushi". */
export function readBusinessName(prompt: string): string | undefined {
  const possessive = POSSESSIVE.exec(prompt);
  if (possessive)
    return `${possessive[1]} ${possessive[2]}`.replace(/\s+(?:with|that|and|in|on|at)$/i, '').trim();
  const proper = PROPER.exec(prompt)?.[1];
  return proper ? sentenceCase(proper.trim()).slice(0, 60) : undefined;
}
