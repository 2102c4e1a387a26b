// Makes runtime/dist: everything that the images and the tests of the runtime need, from pinned packages and our source,
// with no network. `node runtime/build.ts` takes a few seconds, and nothing when no input has changed. The new tree is
// made beside the old one and swapped in, so that a build never leaves a half-made one.
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildLib } from './vendor/build-lib.ts';
import { buildPrograms } from './vendor/build-programs.ts';
import { buildTypes } from './vendor/build-types.ts';
import { buildVendor } from './vendor/build-vendor.ts';

const TOP = join(import.meta.dirname, '..');
const INPUTS = ['runtime/sdk', 'runtime/vendor', 'runtime/builder/src', 'operator/src/codegen/checks'];
const FILES = ['runtime/build.ts', 'package-lock.json'];

/** Digest of everything that the build reads: our sources, and the lock file for all packages. */
async function inputsDigest(): Promise<string> {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}\n`);
  const found = await Promise.all(
    INPUTS.map(async (folder) => {
      const entries = await readdir(join(TOP, folder), { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    }),
  );
  const paths = [...found.flat(), ...FILES.map((file) => join(TOP, file))].filter(
    (path) => !/\.test\.tsx?$/.test(path),
  );
  for (const path of paths.sort()) hash.update(`${path.slice(TOP.length)}\0`).update(await readFile(path));
  return hash.digest('hex');
}

async function make(out: string): Promise<void> {
  await buildVendor(out);
  const names = await buildLib(out);
  await buildTypes(out, names['lucide-react'] ?? []);
  await buildPrograms(out);
}

/** Builds into `out`/builder. Returns false when that was up to date. */
export async function buildRuntime(out: string): Promise<boolean> {
  const target = join(out, 'builder');
  const digest = await inputsDigest();
  const before = await readFile(join(target, 'inputs.txt'), 'utf8').catch(() => '');
  if (before === digest) return false;
  const staging = join(out, `staging-${process.pid}`);
  const old = join(out, `old-${process.pid}`);
  try {
    await make(staging);
    await writeFile(join(staging, 'inputs.txt'), digest);
    await rename(target, old).catch(() => undefined); // there is none the first time
    await rename(staging, target);
  } finally {
    for (const path of [staging, old]) await rm(path, { recursive: true, force: true });
  }
  return true;
}

if (import.meta.main) {
  const built = await buildRuntime(join(import.meta.dirname, 'dist'));
  process.stdout.write(built ? 'runtime/dist: built\n' : 'runtime/dist: up to date\n');
}
