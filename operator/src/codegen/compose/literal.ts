// Values as TypeScript text. Everything a user wrote reaches the source through here alone, as a string literal with
// every invisible character escaped; it is never pasted into code or markup.

const WIDTH = 96;
const PLAIN_KEY = /^[A-Za-z_$][\w$]*$/;
// In an object literal `__proto__:` sets the prototype; only a computed key names a member.
const keyText = (key: string): string =>
  key === '__proto__' ? `['__proto__']` : PLAIN_KEY.test(key) ? key : quote(key);
// Format characters, line separators and private use: they could make the source read otherwise than it runs.
const UNSEEN = /[\p{Cf}\p{Zl}\p{Zp}\p{Co}\u007f-\u009f]/gu;

const escapeUnseen = (text: string): string =>
  text.replace(UNSEEN, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);

/** A string literal, in single quotes unless only double quotes need no escape. */
export function quote(text: string): string {
  const json = escapeUnseen(JSON.stringify(text));
  if (text.includes("'") && !text.includes('"')) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A value of JSON as TypeScript, on one line where it fits. */
export function literal(value: unknown, used = 0): string {
  if (typeof value === 'string') return quote(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const isList = Array.isArray(value);
  const entries = isList
    ? value.map((one) => literal(one))
    : Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([key, one]) => `${keyText(key)}: ${literal(one)}`);
  if (entries.length === 0) return isList ? '[]' : '{}';
  const flat = isList ? `[${entries.join(', ')}]` : `{ ${entries.join(', ')} }`;
  if (!flat.includes('\n') && flat.length + used <= WIDTH) return flat;
  const body = entries.map((entry) => `  ${entry.replaceAll('\n', '\n  ')},`).join('\n');
  return isList ? `[\n${body}\n]` : `{\n${body}\n}`;
}

// In markup, a plain value needs no braces: no quote, brace, ampersand, backslash or unseen character.
const PLAIN_ATTRIBUTE = /^[^"'{}&<>\\\p{C}\p{Zl}\p{Zp}]*$/u;

/** A JSX attribute with a text: `title="Plants"`. */
export const attribute = (name: string, text: string): string =>
  PLAIN_ATTRIBUTE.test(text) ? `${name}="${text}"` : `${name}={${quote(text)}}`;

/** An attribute that is left out when there is no text. */
export const optionalAttribute = (name: string, text: string | undefined): string =>
  text === undefined ? '' : attribute(name, text);

/** Text between tags. */
export const child = (text: string): string =>
  PLAIN_ATTRIBUTE.test(text) && text.trim() === text && text !== '' ? text : `{${quote(text)}}`;
