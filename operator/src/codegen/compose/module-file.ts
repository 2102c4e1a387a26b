// A piece of code as a file: head comment, sorted imports, body. Imports are merged, so that no name is imported twice.
import type { Code } from './code.ts';
import type { Import } from './known-names.ts';

/** One file of the app. */
export interface ModuleFile {
  readonly path: string;
  readonly text: string;
}

/** Imports of packages first, then the app's own files, each in order of the alphabet. */
const rank = (from: string): string => `${from.startsWith('.') ? 1 : 0}${from}`;

function importLine(from: string, imports: readonly Import[]): string {
  const byName = new Map<string, boolean>();
  for (const { name, type } of imports) byName.set(name, (byName.get(name) ?? true) && type === true);
  const names = [...byName].sort(([a], [b]) => (a < b ? -1 : 1));
  const onlyTypes = names.every(([, type]) => type);
  const parts = names.map(([name, type]) => (type && !onlyTypes ? `type ${name}` : name));
  const head = onlyTypes ? 'import type' : 'import';
  const flat = `${head} { ${parts.join(', ')} } from '${from}';`;
  return flat.length <= 100 ? flat : `${head} {\n  ${parts.join(',\n  ')},\n} from '${from}';`;
}

/** Words of icons that a type of the app has too: the icon is imported under another name. */
function apart(code: Code): Code {
  const types = new Set(code.imports.filter(({ from }) => from.startsWith('.')).map(({ name }) => name));
  const clashes = code.imports.filter(({ from, name }) => from === 'lucide-react' && types.has(name));
  if (clashes.length === 0) return code;
  const names = new Set(clashes.map(({ name }) => name));
  const text = [...names].reduce(
    (now, name) => now.replaceAll(`<${name} aria-hidden`, `<${name}Icon aria-hidden`),
    code.text,
  );
  const imports = code.imports.map((one) =>
    one.from === 'lucide-react' && names.has(one.name)
      ? { ...one, name: `${one.name} as ${one.name}Icon` }
      : one,
  );
  return { text, imports };
}

/** The file at `path` with what `code` needs imported. `about` is one sentence: what the file is. */
export function moduleFile(path: string, about: string, written: Code): ModuleFile {
  const code = apart(written);
  const sources = new Map<string, Import[]>();
  for (const one of code.imports) sources.set(one.from, [...(sources.get(one.from) ?? []), one]);
  const imports = [...sources]
    .sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1))
    .map(([from, names]) => importLine(from, names));
  const head = [`// ${about.replace(/\s+/g, ' ')}`, ...imports].join('\n');
  return { path, text: `${head}\n\n${code.text.trim()}\n` };
}
