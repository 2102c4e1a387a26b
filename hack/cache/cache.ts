// The cache outside the checkout: each entry is a directory named after a digest of what it is made from. An entry
// appears by one rename, so a killed build leaves only a `.part` directory, which the next one replaces.
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A short digest of any JSON-able inputs; the order of object keys is the caller's. */
export function digestOf(...inputs: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 16);
}

/** Where an entry is, or would be. */
export type Entry = { readonly kind: string; readonly name: string; readonly key: string };

/** The directory of an entry, whether or not it exists. */
export function entryPath(cacheDir: string, entry: Entry): string {
  return join(cacheDir, entry.kind, `${entry.name}-${entry.key}`);
}

/** Whether the entry has been made. */
export function isCached(cacheDir: string, entry: Entry): boolean {
  return existsSync(entryPath(cacheDir, entry));
}

/** Gives the entry's directory, making it by `make(dir)` first when it is missing. */
export async function ensureEntry(
  cacheDir: string,
  entry: Entry,
  make: (dir: string) => Promise<void>,
): Promise<string> {
  const path = entryPath(cacheDir, entry);
  if (existsSync(path)) {
    const now = new Date();
    await utimes(path, now, now);
    return path;
  }
  const part = `${path}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  await make(part);
  await rename(part, path);
  await dropOlder(path, entry);
  return path;
}

/** Keeps the entry and its one predecessor: a branch switched back and forth should not rebuild each time. */
async function dropOlder(path: string, entry: Entry): Promise<void> {
  const folder = dirname(path);
  const siblings = (await readdir(folder))
    .filter((name) => isVersionOf(name, entry.name))
    .map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const old of siblings.slice(2)) await rm(join(folder, old.name), { recursive: true, force: true });
}

/** Whether a directory name is `name` with a digest after it (and not another entry that begins alike). */
export function isVersionOf(directory: string, name: string): boolean {
  return directory.startsWith(`${name}-`) && /^[0-9a-f]{16}$/.test(directory.slice(name.length + 1));
}
