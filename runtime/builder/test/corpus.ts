// The corpus: correct programs of many styles, which must be accepted byte-identical (claim V15), and broken ones with
// what must be said of them. A case is a file (it is src/App.tsx) or a folder (its src/). A broken one says in its
// first line "// expect: CHECK/CODE [FILE[:LINE]]"; that line counts.
import { cp, mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from '../src/check.ts';
import type { Findings } from '../src/findings.ts';

const CORPUS = join(import.meta.dirname, '../corpus');

/** One program. */
export interface Case {
  name: string;
  path: string;
  files: Record<string, string>;
}

async function filesOf(path: string): Promise<Record<string, string>> {
  if ((await stat(path)).isFile()) return { 'src/App.tsx': await readFile(path, 'utf8') };
  const names = await readdir(join(path, 'src'));
  const pairs = names.map(async (name) => [`src/${name}`, await readFile(join(path, 'src', name), 'utf8')]);
  return Object.fromEntries((await Promise.all(pairs)) as [string, string][]);
}

/** All programs of one kind, by name. */
export async function readCorpus(kind: 'good' | 'broken'): Promise<Case[]> {
  const names = (await readdir(join(CORPUS, kind))).sort();
  return await Promise.all(
    names.map(async (name) => {
      const path = join(CORPUS, kind, name);
      return { name, path, files: await filesOf(path) };
    }),
  );
}

/** What the first line of a broken program expects. */
export function expectationOf(one: Case): { check: string; code: string; file?: string; line?: number } {
  const first = one.files['src/App.tsx']?.split('\n')[0] ?? '';
  const [, check = '', code = '', file, line] =
    /^\/\/ expect: (\w+)\/(\w+)(?: ([^:\s]+)(?::(\d+))?)?$/.exec(first) ?? [];
  return { check, code, ...(file ? { file } : {}), ...(line ? { line: Number(line) } : {}) };
}

/** Checks one program in a folder of its own. */
export async function checkCase(one: Case, title = 'Corpus'): Promise<{ findings: Findings; out: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'faibric-corpus-'));
  if ((await stat(one.path)).isFile()) {
    await mkdir(join(directory, 'src'));
    await writeFile(join(directory, 'src/App.tsx'), one.files['src/App.tsx'] ?? '');
  } else await cp(join(one.path, 'src'), join(directory, 'src'), { recursive: true });
  await writeFile(join(directory, 'app.json'), JSON.stringify({ appId: 'corpus', revision: 1, title }));
  const out = join(directory, 'out');
  return { findings: await check(directory, out), out };
}

/** Runs `work` over all, `width` at a time, in order of the list. */
export async function inPool<T, R>(
  all: readonly T[],
  width: number,
  work: (one: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(all.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < all.length; at = next++) results[at] = await work(all[at] as T);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
