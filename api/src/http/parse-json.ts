// JSON from strangers: one linear scan before JSON.parse bounds depth and keys and finds numbers that a
// double cannot hold, so that nothing is stored changed. The scan may be wrong only about text that is not
// JSON at all, which JSON.parse then refuses.
import { MAX_JSON_DEPTH, MAX_JSON_KEY_LENGTH, MAX_JSON_KEYS } from '../contract/limits.ts';
import { ApiError } from '../errors.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const MINUS = 0x2d;
const NUMBER = /-?\d[\d.eE+-]*/y;

/** Sign, significant digits and exponent of a decimal text; equal for equal values. */
const canonical = (text: string): string => {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const trimmed = digits.replace(/0+$/, '');
  const power = Number(exponent) - fraction.length + (digits.length - trimmed.length);
  const sign = mantissa.startsWith('-') ? '-' : '';
  return trimmed === '' ? `${sign}0` : `${sign}${trimmed}e${power}`;
};

/** True when reading the number as a double and printing it again gives the same value. */
export const survivesAsDouble = (text: string): boolean => {
  // Any decimal of up to 15 digits survives a double (IEEE 754); this is nearly every number there is.
  if (text.length <= 15 && text.charCodeAt(0) !== MINUS && !/[eE]/.test(text)) return true;
  const value = Number(text);
  if (!Number.isFinite(value)) return false;
  return canonical(text) === canonical(String(value));
};

/** Index just after the string that starts at `start`. */
const endOfString = (text: string, start: number): number => {
  for (let i = start + 1; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === BACKSLASH) i += 1;
    else if (code === QUOTE) return i + 1;
  }
  return text.length;
};

const isKey = (text: string, after: number): boolean => {
  let i = after;
  while (i < text.length && text.charCodeAt(i) <= 0x20) i += 1;
  return text.charCodeAt(i) === COLON;
};

const tooComplex = (what: string): ApiError =>
  new ApiError('too_complex', `The JSON is too complex: ${what}.`);

const checkNumber = (text: string, start: number): number => {
  NUMBER.lastIndex = start;
  const token = NUMBER.exec(text)?.[0] ?? '';
  if (!survivesAsDouble(token)) {
    const shown = token.length > 40 ? `${token.slice(0, 40)}…` : token;
    throw new ApiError(
      'invalid_number',
      `The number ${shown} cannot be stored without changing it. Send it as a string, or round it to 15 digits.`,
    );
  }
  return start + Math.max(1, token.length);
};

/** What one scan has counted so far. */
interface Tally {
  depth: number;
  keys: number;
  readonly maxKeys: number;
}

const countKey = (length: number, tally: Tally): void => {
  tally.keys += 1;
  if (length > MAX_JSON_KEY_LENGTH)
    throw tooComplex(`a key is longer than ${MAX_JSON_KEY_LENGTH} characters`);
  if (tally.keys > tally.maxKeys) throw tooComplex(`more than ${tally.maxKeys} keys`);
};

const countBracket = (code: number, tally: Tally): void => {
  if (code === 0x7b || code === 0x5b) tally.depth += 1;
  else if (code === 0x7d || code === 0x5d) tally.depth -= 1;
  if (tally.depth > MAX_JSON_DEPTH) throw tooComplex(`nested deeper than ${MAX_JSON_DEPTH}`);
};

/** Looks at the token at `i` and returns the index after it. */
const scanToken = (text: string, i: number, tally: Tally): number => {
  const code = text.charCodeAt(i);
  if (code === QUOTE) {
    const end = endOfString(text, i);
    if (isKey(text, end)) countKey(end - i - 2, tally);
    return end;
  }
  if (code === MINUS || (code >= 0x30 && code <= 0x39)) return checkNumber(text, i);
  countBracket(code, tally);
  return i + 1;
};

/** Bounds depth, keys and numbers of a JSON text in one pass; throws an ApiError. */
export const scanJson = (text: string, maxKeys = MAX_JSON_KEYS): void => {
  const tally = { depth: 0, keys: 0, maxKeys };
  for (let i = 0; i < text.length; ) i = scanToken(text, i, tally);
};

const badCharacter = (what: string): ApiError =>
  new ApiError('invalid_character', `The JSON holds ${what}, which cannot be stored.`);

const checkString = (text: string): void => {
  if (text.includes('\u0000')) throw badCharacter('the character U+0000');
  if (!text.isWellFormed()) throw badCharacter('half of a surrogate pair');
};

const checkStrings = (value: unknown): void => {
  if (typeof value === 'string') checkString(value);
  else if (Array.isArray(value)) for (const item of value) checkStrings(item);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      checkString(key);
      checkStrings(item);
    }
  }
};

/** Parses a JSON body; throws an ApiError that says what is wrong with it. */
export const parseJson = (bytes: Uint8Array, maxKeys = MAX_JSON_KEYS): unknown =>
  parseJsonText(decodeUtf8(bytes), maxKeys);

/** Parses JSON that is already text. */
export const parseJsonText = (text: string, maxKeys = MAX_JSON_KEYS): unknown => {
  if (text.trim() === '') throw new ApiError('invalid_json', 'The body is empty; send a JSON object.');
  scanJson(text, maxKeys);
  const value = parse(text);
  // Bad characters can only come from \u escapes: raw ones are refused by JSON.parse and the UTF-8 decoder.
  if (text.includes('\\u')) checkStrings(value);
  return value;
};

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

const decodeUtf8 = (bytes: Uint8Array): string => {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new ApiError('invalid_character', 'The body is not valid UTF-8.');
  }
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError('invalid_json', 'The body is not valid JSON.');
  }
};
