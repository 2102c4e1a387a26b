// Where an installed package lies. `require.resolve(name + '/package.json')` fails for packages whose "exports" leave
// that file out, so the folders that Node would search are tried by hand.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Folder of an installed package, as seen from `from` (a module's URL). */
export function packageFolder(name: string, from: string = import.meta.url): string {
  const folders = createRequire(from).resolve.paths(name) ?? [];
  const found = folders
    .map((folder) => join(folder, name))
    .find((folder) => existsSync(join(folder, 'package.json')));
  if (!found) throw new Error(`the package ${name} is not installed`);
  return found;
}
