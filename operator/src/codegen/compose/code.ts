// Text of TypeScript that knows what it imports. `tsx` is a template tag: names of the SDK, of React and of date-fns in
// the written part become imports; what is put in by `${}` is never searched, so words of a user cannot cause one.
// A multi-line value keeps the indentation of its place, and a line that an empty value leaves blank is dropped.
import { type Import, knownImport } from './known-names.ts';

/** A piece of source with the imports it needs. */
export interface Code {
  readonly text: string;
  readonly imports: readonly Import[];
}

type Value = Code | string | number | undefined | false | readonly (Code | undefined | false)[];

const HOLE = '\u0000';

/** A piece of source that imports nothing by itself. */
export const raw = (text: string): Code => ({ text, imports: [] });

/** A name that is imported from a file of the app. */
export const local = (name: string, from: string): Code => ({ text: name, imports: [{ name, from }] });

/** A type that is imported from a file of the app. */
export const localType = (name: string, from: string): Code => ({
  text: name,
  imports: [{ name, from, type: true }],
});

/** An icon, for example `icon('Plus')` for `<Plus />`. Decorative: the SDK hides it from readers. */
export const icon = (name: string): Code => ({
  text: `<${name} aria-hidden />`,
  imports: [{ name, from: 'lucide-react' }],
});

/** An icon for an icon button or a badge. */
export const smallIcon = (name: string): Code => ({
  text: `<${name} aria-hidden size={18} />`,
  imports: [{ name, from: 'lucide-react' }],
});

/** Pieces one below the other. */
export function join(pieces: readonly (Code | undefined | false)[], between = '\n'): Code {
  const present = pieces.filter((piece): piece is Code => Boolean(piece) && (piece as Code).text !== '');
  return {
    text: present.map((piece) => piece.text).join(between),
    imports: present.flatMap((piece) => piece.imports),
  };
}

function asCode(value: Value): Code {
  if (value === undefined || value === false) return raw('');
  if (typeof value === 'string' || typeof value === 'number') return raw(String(value));
  return 'text' in value ? value : join(value);
}

/** Takes the common indentation of a template away, and the empty first and last line. */
function dedent(text: string): string {
  const lines = text
    .replace(/^\n/, '')
    .replace(/\n[ \t]*$/, '')
    .split('\n');
  const depths = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const depth = depths.length > 0 ? Math.min(...depths) : 0;
  return lines.map((line) => line.slice(depth)).join('\n');
}

function fill(line: string, take: () => string): string | undefined {
  if (!line.includes(HOLE)) return line;
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  const filled = line.replaceAll(HOLE, () => take().replaceAll('\n', `\n${indent}`));
  return filled.trim() === '' ? undefined : filled;
}

/** Source from a template; see the head of this file. */
export function tsx(parts: TemplateStringsArray, ...values: readonly Value[]): Code {
  const codes = values.map(asCode);
  const texts = codes.map((code) => code.text);
  const take = (): string => texts.shift() ?? '';
  const lines = dedent(parts.raw.join(HOLE).replaceAll('\\`', '`').replaceAll('\\${', '${')).split('\n');
  return {
    text: lines
      .map((line) => fill(line, take))
      .filter((line) => line !== undefined)
      .join('\n')
      .replace(/[ \t]+$/gm, ''),
    imports: [...parts.raw.flatMap(namesIn), ...codes.flatMap((code) => code.imports)],
  };
}

function namesIn(written: string): Import[] {
  const withoutComments = written.replace(/\/\/.*$/gm, '').replace(/'[^'\n]*'/g, '');
  const names = withoutComments.match(/(?<![.\w-])[A-Za-z]\w*/g) ?? [];
  return names.map(knownImport).filter((found) => found !== undefined);
}
