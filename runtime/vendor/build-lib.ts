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

interface Export {
  name: string;
  /** The name that it has in the module it comes from. */
  original: string;
  /** The module that it is re-exported from; null for the module's own. */
  from: string | null;
}

/** Names that a module exports itself or by name from others; what `export *` names is in `stars`. */
async function exportsOf(file: string): Promise<{ names: Export[]; stars: string[] }> {
  const { module } = parseSync(file, await readFile(file, 'utf8'));
  const entries = module.staticExports.flatMap((one) => one.entries);
  const names: Export[] = [];
  const stars: string[] = [];
  for (const { exportName, importName, moduleRequest } of entries) {
    const name = exportName.kind === 'Default' ? 'default' : exportName.name;
    if (importName.kind === 'AllButDefault') stars.push(moduleRequest?.value ?? '');
    else if (name && moduleRequest && importName.kind === 'Name') {
      names.push({ name, original: importName.name ?? name, from: moduleRequest.value });
    } else if (name) names.push({ name, original: name, from: null });
  }
  return { names, stars };
}

async function mapOf(root: string, index: string): Promise<ShakenMap> {
  const map: ShakenMap = { index, names: {} };
  const top = join(root, index);
  const file = (path: string): string => relative(root, path);
  const { names, stars } = await exportsOf(top);
  for (const { name, original, from } of names) {
    map.names[name] = { file: file(from ? join(dirname(top), from) : top), export: original };
  }
  for (const star of stars) {
    const path = join(dirname(top), star);
    for (const { name } of (await exportsOf(path)).names) {
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
