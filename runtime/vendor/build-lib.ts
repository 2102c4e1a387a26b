// Copies the modules of lucide-react and date-fns that an app can reach, with a map from each exported name to its own
// module, for the bundler to shake (builder/src/bundle/shaken-modules.ts). Only files reachable from the index are
// copied, without source maps.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { parseSync } from 'oxc-parser';
import { SHAKEN, type ShakenMap } from '../builder/src/bundle/shaken-modules.ts';
import { packageFolder } from './package-folder.ts';

const INDEX = { 'lucide-react': 'dist/esm/lucide-react.mjs', 'date-fns': 'index.js' } as const;

async function reachable(index: string): Promise<string[]> {
  const result = await build({
    entryPoints: [index],
    bundle: true,
    write: false,
    format: 'esm',
    external: ['react'],
    metafile: true,
    absWorkingDir: '/',
  });
  return Object.keys(result.metafile.inputs).map((path) => join('/', path));
}

/** Names that a module exports itself or by name from others; `export *` is followed by the caller. */
async function exportsOf(
  file: string,
): Promise<{ names: [string, string, string | null][]; stars: string[] }> {
  const { module } = parseSync(file, await readFile(file, 'utf8'));
  const entries = module.staticExports.flatMap((one) => one.entries);
  const names = entries.flatMap((entry): [string, string, string | null][] => {
    if (entry.exportName.kind === 'Default') return [['default', 'default', null]];
    if (entry.exportName.kind !== 'Name' || !entry.exportName.name) return [];
    const isOwn = !entry.moduleRequest || entry.importName.kind === 'All';
    const from = entry.importName.kind === 'Default' ? 'default' : (entry.importName.name ?? 'default');
    return [
      [
        entry.exportName.name,
        isOwn ? entry.exportName.name : from,
        isOwn ? null : (entry.moduleRequest?.value ?? null),
      ],
    ];
  });
  const stars = entries
    .filter((entry) => entry.importName.kind === 'AllButDefault')
    .map((e) => e.moduleRequest?.value ?? '');
  return { names, stars };
}

async function mapOf(root: string, index: string): Promise<ShakenMap> {
  const map: ShakenMap = { index, names: {} };
  const top = join(root, index);
  const file = (path: string): string => relative(root, path);
  const { names, stars } = await exportsOf(top);
  for (const [name, exported, from] of names) {
    map.names[name] = { file: file(from ? join(dirname(top), from) : top), export: exported };
  }
  for (const star of stars) {
    const path = join(dirname(top), star);
    for (const [name] of (await exportsOf(path)).names) {
      if (name !== 'default') map.names[name] ??= { file: file(path), export: name };
    }
  }
  return map;
}

/** Writes OUT/lib: the modules of each shaken package and its map of names. Returns the names by package. */
export async function buildLib(out: string): Promise<Record<string, string[]>> {
  const names: Record<string, string[]> = {};
  await rm(join(out, 'lib'), { recursive: true, force: true });
  for (const name of SHAKEN) {
    const root = packageFolder(name);
    const map = await mapOf(root, INDEX[name]);
    for (const path of await reachable(join(root, INDEX[name]))) {
      await cp(path, join(out, 'lib', name, relative(root, path)));
    }
    await mkdir(join(out, 'lib'), { recursive: true });
    await writeFile(join(out, 'lib', `${name}.json`), JSON.stringify(map));
    names[name] = Object.keys(map.names).sort();
  }
  return names;
}
