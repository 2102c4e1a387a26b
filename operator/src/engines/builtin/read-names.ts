// The name of an app or a business, where the prompt gives one: in quotes, after "called", or as "Rosa's pizzeria".
import { sentenceCase } from './make-field.ts';

const CALLED =
  /\b(?:called|named|titled|by the name of|name it|call it|namens|genannt|appelée?|llamad[ao])\s*:?\s+["“'«„]?([^"”'».,;:!?\n]{2,60})/iu;
const QUOTED = /["“«„]([^"”»“\n]{2,60})["”»“]/u;
const TITLE_LINE = /\b(?:title|heading|headline)\s*:\s*["“]?([^"”.,;\n]{2,60})/i;
const STOP = /\s+(?:with|that|which|where|for|and|to|in|using|by|has|where|showing|who)\b.*$/i;
const POSSESSIVE =
  /\b((?:\p{Lu}[\p{L}.]*\s+(?:(?:and|&)\s+)?){0,3}\p{Lu}[\p{L}]*['’]s?)\s+((?:\p{Lu}?[\p{L}-]+)(?:\s+\p{Lu}[\p{L}-]+|\s+(?:shop|bar|salon|studio|store|club|school|house|place|truck|company|service|services|garage|repair|restaurant|bakery|cafe|café|clinic|practice|office|firm|kitchen|farm|hotel|gym|agency|workshop|boutique|library|museum|gallery|parlour|parlor|band|foundation|academy)){0,3})/u;
const PROPER =
  /\b(?:for|of|für|pour|de|para)\s+(?:(?:my|our|a|an|the|local|small|family|new)\s+)*(?:[a-z-]+\s+){0,3}?((?:the\s+)?\p{Lu}[\p{L}'’&-]*(?:\s+(?:\p{Lu}[\p{L}'’-]*|&|and(?=\s\p{Lu})|of(?=\s\p{Lu})|(?:der|la|le|el|de)(?!\p{L})))+)/u;

/** "my startup Cloudly", "the band The Velvet Owls", "Bäckerei Müller": a kind of business, then a name. */
const KIND_NAME =
  /\b(?:[Ss]tartup|[Ss]tart-up|[Cc]ompany|[Bb]usiness|[Bb]rand|[Ff]irm|[Aa]gency|[Bb]and|[Cc]lub|shop|store|restaurant|caf[eé]|bakery|bar|hotel|gym|studio|salon|school|clinic|app|product|choir|charity|photographer|[Bb]äckerei|[Ff]irma|[Vv]erein|[Tt]rattoria|[Oo]steria|[Rr]istorante|[Bb]oulangerie)\s+((?:\p{Lu}[\p{L}\p{N}'’&-]*)(?:\s+(?:\p{Lu}[\p{L}'’-]*|&|und|and(?=\s\p{Lu})|of(?=\s\p{Lu})))*)/u;

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
  const kindName = KIND_NAME.exec(prompt);
  if (kindName) return /^\p{Lu}/u.test(kindName[0]) ? kindName[0] : kindName[1];
  const proper = PROPER.exec(prompt)?.[1];
  return proper ? sentenceCase(proper.trim()).slice(0, 60) : undefined;
}

const VERB =
  /^(?:track|manage|log|record|collect|save|organi[sz]e|show|upload|scan|make|build|create|use|plan|i|we|you|no|let|give|please|help|write|want|need|share|flip|roll|vote|guess|something|add|keep|store|generate|count|convert|compare|remember|eine?|une?|un|una|der|die|das|le|la|el|il)$/i;

const KEEPS =
  /^(?:inventory|logbook|guestbook|address ?book|bookshelf|library|wishlist|watchlist|timesheet|roster|diary|journal|planner)$/i;

/** The head of a prompt as a title: "Sleep log with …" is "Sleep log". Undefined when it does not begin with a name. */
export function readHeadPhrase(prompt: string): string | undefined {
  const head = prompt
    .split(
      /[.,;:!?\n(]|\s(?:with|that|which|where|for|of|to|in|and|by|from|so|when|using|i|we|on|showing|please)\s/i,
    )[0]
    ?.replace(
      /^(?:(?:a|an|the|my|our|simple|small|basic|nice|beautiful|modern|please|make me|build me|create|build|make|me)\s+)+/i,
      '',
    )
    .replace(/\s+(?:app|application|web ?app|website|tool|page|system|program)(?:\s+please)?$/i, '')
    .trim();
  const words = head?.split(/\s+/) ?? [];
  const [first = ''] = words;
  const isName =
    (words.length > 1 || KEEPS.test(first)) &&
    words.length <= 4 &&
    !VERB.test(first) &&
    !/[^\p{L}\p{N} '’&-]/u.test(head ?? '');
  if (!head || !isName) return undefined;
  return sentenceCase(head === head.toUpperCase() ? head.toLowerCase() : head);
}
