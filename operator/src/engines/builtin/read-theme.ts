// Colours and mode that a prompt asks for: by CSS name ("royal blue"), by hex, with "dark" or "light" before a name; for
// the background when it says so, else for buttons and accents.
import type { BlueprintTheme } from '@faibric/crds';
import { COLOURS } from './css-colours.ts';

interface Found {
  readonly hex: string;
  readonly at: number;
  readonly end: number;
}

const NAMES = Object.keys(COLOURS)
  .map((name) =>
    name.replace(
      /^(dark|light|medium|pale|deep|royal|sky|steel|navy|midnight|forest|olive|sea|hot|lime)(?=[a-z])(?!n\b)/,
      '$1 ?',
    ),
  )
  .sort((a, b) => b.length - a.length);
const NAMED = new RegExp(`(?<![\\p{L}\\p{N}-])(${NAMES.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
const HEX = /#([0-9a-f]{6}|[0-9a-f]{3})\b/gi;
// Where a colour's name is something else: a rose, an orange, "the white house", a tan.
const AMBIGUOUS =
  /^(?:rose|orange|gold|silver|lime|plum|olive|peach|cherry|salmon|mint|wine|sand|snow|coral|ocean|cream|lemon|tan|moss|sage|amber|ruby|jade|copper|bronze|rust|linen|wheat|chocolate|tomato|peru|violet|lavender|indigo|emerald|apricot|mustard|slate|brown|green|black|white|pink|thistle|orchid|azure|ivory|beige|khaki|charcoal)$/i;

const expand = (hex: string): string =>
  `#${hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex}`.toLowerCase();

function findColours(prompt: string): Found[] {
  const hexes = [...prompt.matchAll(HEX)].map((match) => ({
    hex: expand(match[1] ?? ''),
    at: match.index,
    end: match.index + match[0].length,
  }));
  const named = [...prompt.matchAll(NAMED)]
    .filter((match) => isColour(match, prompt))
    .map((match) => {
      const name = (match[1] ?? '').toLowerCase();
      return {
        hex: COLOURS[name] ?? COLOURS[name.replace(/\s/g, '')] ?? '#000000',
        at: match.index,
        end: match.index + match[0].length,
      };
    });
  return [...hexes, ...named].sort((a, b) => a.at - b.at);
}

/** A colour that stands alone between commas: "…, warm orange". */
const SEGMENT =
  /[,.;]\s*(?:and\s+)?(?:in\s+)?(?:all\s+)?(?:(?:warm|cool|soft|bright|dark|light|deep|pale|fresh|mostly)\s+)?$/i;

/** Adjectives that stand before a colour and change nothing. */
const ADJECTIVE =
  '(?:(?:warm|cool|soft|bright|dark|light|deep|pale|fresh|mostly|friendly|calm|nice|pretty|lovely|cheerful|elegant|rich|vivid|muted|big) )*';
const BEFORE_COLOUR = new RegExp(
  `(?:\\b(?:colou?rs?(?: is| are| should be|:)?|theme:?|background:?|accents?:?|buttons?:?|header:?|text:?|in|make it|turn it|use|with an?|be) (?:an? )?${ADJECTIVE}|\\b(?:bright|dark|light|deep|pastel|soft) )$`,
  'i',
);
const AFTER_COLOUR =
  /^\s*(?:colou?rs?|coloured|theme|themed|background|accents?|buttons?|palette|header|design|style|tones?|scheme|mode|hintergrund|letters|text|font)\b/i;
/** "a green and white club site", "a pink website": an app of that colour. */
const OF_APP =
  /^(?: (?:and|&) [a-z]+)?(?: \w+){0,3} (?:app|site|website|web ?page|page|dashboard|tracker|tool|timer|calculator|game|blog|theme|design|palette|colou?rs?)\b/i;

function isColour(match: RegExpMatchArray, prompt: string): boolean {
  const name = match[1] ?? '';
  const at = match.index ?? 0;
  const before = prompt.slice(Math.max(0, at - 40), at);
  const after = prompt.slice(at + name.length, at + name.length + 60);
  if (/^\p{Lu}/u.test(name) && at > 0 && !/[.!?]\s*$/.test(before)) return false; // "Green Street", "Rose's"
  if (!AMBIGUOUS.test(name)) return true;
  const endsThere = /^\s*(?:[,.;!]|$|(?:and|with|for|on|as|background|theme|buttons?)\b)/i.test(after);
  if (SEGMENT.test(before) && endsThere) return true;
  if (AFTER_COLOUR.test(after)) return true;
  if (BEFORE_COLOUR.test(before) && (endsThere || /\b(?:make it|turn it|use|colou?rs?:?)\b/i.test(before)))
    return true;
  return /\b(?:an?|my|and|&)\s+$/i.test(before) && OF_APP.test(after);
}

/** Whether the words around a colour say that it is the page's own. */
const isBackground = (prompt: string, { at, end }: Found): boolean =>
  /^\s*(?:as (?:the )?)?(?:back ?ground|hintergrund|page)\b/i.test(prompt.slice(end, end + 26)) ||
  /\b(?:back ?ground(?: colou?r)?|hintergrund)(?: (?:is|in|of|should be|must be|colou?r))?[:\s]*(?:an? )?$/i.test(
    prompt.slice(Math.max(0, at - 36), at),
  );

/** Brightness of a colour by WCAG's relative luminance, 0 to 1. */
export function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const DARK =
  /\b(?:dark|night)[ -]?(?:mode|theme|themed|design|ui|look|style|background|interface|colou?rs?|palette)\b|\bin dark\b|\bdunkel(?:modus|er hintergrund)?\b|\bthème sombre\b|\bmodo oscuro\b/i;
const LIGHT = /\b(?:light|bright)[ -]?(?:mode|theme|themed|design|ui)\b/i;

function modeOf(prompt: string, background: Found | undefined): BlueprintTheme['mode'] {
  if (background) return luminance(background.hex) < 0.25 ? 'dark' : 'light';
  const [dark, light] = [DARK.test(prompt), LIGHT.test(prompt)];
  if (dark === light) return 'auto';
  return dark ? 'dark' : 'light';
}

/** Words for corners and letters, the first that fits. */
const CORNERS: readonly (readonly [RegExp, NonNullable<BlueprintTheme['radius']>])[] = [
  [/\b(?:sharp|square|hard) (?:corners|edges)|\bbrutalist\b/i, 'none'],
  [/\b(?:very )?(?:rounded|round|soft) (?:corners|edges|buttons|design)\b/i, 'large'],
];
const LETTERS: readonly (readonly [RegExp, NonNullable<BlueprintTheme['font']>])[] = [
  [/\b(?:monospace|typewriter font|terminal|hacker|retro computer)\b/i, 'mono'],
  [/(?<!sans[- ])\bserif\b|\b(?:elegant|classic|newspaper) (?:design|look|style|font|site|feel)\b/i, 'serif'],
  [/\b(?:playful|friendly|cute|for kids|for children)\b/i, 'rounded'],
];

const firstOf = <T>(rules: readonly (readonly [RegExp, T])[], prompt: string): T | undefined =>
  rules.find(([pattern]) => pattern.test(prompt))?.[1];

/** The theme that a prompt asks for; what it does not say is absent. */
export function readTheme(prompt: string): BlueprintTheme {
  const colours = findColours(prompt);
  const background = colours.find((found) => isBackground(prompt, found));
  const primary = colours.find((found) => found !== background);
  const radius = firstOf(CORNERS, prompt);
  const font = firstOf(LETTERS, prompt);
  return {
    ...(primary && { primary: primary.hex }),
    ...(background && { background: background.hex }),
    mode: modeOf(prompt, background),
    ...(radius && { radius }),
    ...(font && { font }),
  };
}
