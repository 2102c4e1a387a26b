// Elements as text, laid out as a formatter would: on one line where it fits, else one attribute to a line.
import { type Code, join, raw } from './code.ts';
import { knownImport } from './known-names.ts';

type Part = Code | string | undefined | false;
const WIDTH = 88;

const present = (parts: readonly Part[]): Code[] =>
  parts
    .map((part) => (typeof part === 'string' ? raw(part) : part))
    .filter((part): part is Code => part !== undefined && part !== false && part.text !== '');

/** An element of the SDK or of HTML, for example `tag('Card', [attribute('title', 'Plants')], children)`. */
export function tag(name: string, attributes: readonly Part[], children: readonly Part[] = []): Code {
  const known = knownImport(name);
  const parts = present(attributes);
  const inner = join(present(children));
  const imports = [...(known ? [known] : []), ...parts.flatMap((part) => part.imports), ...inner.imports];
  const open = openTag(name, parts);
  const end = inner.text === '' ? ' />' : '>';
  if (inner.text === '') return { text: open.endsWith('\n') ? `${open}/>` : `${open}${end}`, imports };
  const flat = `${open}>${inner.text}</${name}>`;
  const isShort = !flat.includes('\n') && flat.length <= WIDTH && !inner.text.startsWith('<');
  const body = `\n  ${inner.text.replaceAll('\n', '\n  ')}\n`;
  return { text: isShort ? flat : `${open}>${body}</${name}>`, imports };
}

function openTag(name: string, parts: readonly Code[]): string {
  const flat = [`<${name}`, ...parts.map((part) => part.text)].join(' ');
  if (!flat.includes('\n') && flat.length <= WIDTH) return flat;
  const lines = parts.map((part) => `  ${part.text.replaceAll('\n', '\n  ')}\n`);
  return `<${name}\n${lines.join('')}`;
}

/** An attribute whose value is an expression: `items={plants.items}`. */
export function prop(name: string, value: Code | string): Code {
  const code = typeof value === 'string' ? raw(value) : value;
  const isLong = code.text.includes('\n') && code.text.startsWith('<');
  const text = isLong ? `${name}={\n  ${code.text.replaceAll('\n', '\n  ')}\n}` : `${name}={${code.text}}`;
  return { ...code, text };
}
