// Finds kube-apiserver, etcd and their like for integration tests. They are compiled (or fetched) by
// `npm run up`, which keeps them in its cache; a test builds nothing itself. FAIBRIC_BIN_DIR names another
// directory that holds them.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../hack/settings.ts';

/** The directory that holds the programs named; an error that says how to get them when there is none. */
export function controlPlaneBinaries(programs: readonly string[] = ['etcd', 'kube-apiserver']): string {
  const found = candidates().find((dir) => programs.every((program) => existsSync(join(dir, program))));
  if (found !== undefined) return found;
  throw new Error(
    `no directory holds ${programs.join(' and ')}: run \`npm run up\` once, or set FAIBRIC_BIN_DIR to one that does`,
  );
}

function candidates(): string[] {
  const given = process.env.FAIBRIC_BIN_DIR;
  if (given) return [given];
  const folder = join(readSettings().cacheDir, 'bin');
  if (!existsSync(folder)) return [];
  const versions = readdirSync(folder).filter((name) => /^node-[0-9a-f]{16}$/.test(name));
  const dirs = versions.map((name) => join(folder, name));
  return dirs.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
}
