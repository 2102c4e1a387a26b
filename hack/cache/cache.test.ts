import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { digestOf, ensureEntry, entryPath, isCached, isVersionOf } from './cache.ts';

const cacheDir = mkdtempSync(join(tmpdir(), 'faibric-cache-'));
afterAll(() => rmSync(cacheDir, { recursive: true }));

const entryOf = (version: number) => ({ kind: 'bin', name: 'tool', key: digestOf(version) });

test('an entry is made once', async () => {
  let made = 0;
  const make = async (dir: string) => {
    made += 1;
    writeFileSync(join(dir, 'file'), 'x');
  };
  const path = await ensureEntry(cacheDir, entryOf(1), make);
  expect(await ensureEntry(cacheDir, entryOf(1), make)).toBe(path);
  expect(made).toBe(1);
  expect(existsSync(join(path, 'file'))).toBe(true);
});

test('a failed making leaves no entry, and the next one starts clean', async () => {
  const entry = { kind: 'bin', name: 'broken', key: digestOf('b') };
  const failing = async (dir: string) => {
    writeFileSync(join(dir, 'half'), 'x');
    throw new Error('killed');
  };
  await expect(ensureEntry(cacheDir, entry, failing)).rejects.toThrow('killed');
  expect(isCached(cacheDir, entry)).toBe(false);
  const path = await ensureEntry(cacheDir, entry, async () => undefined);
  expect(readdirSync(path)).toEqual([]);
});

test('of older versions only the newest stays', async () => {
  for (const version of [1, 2, 3]) {
    const path = await ensureEntry(cacheDir, entryOf(version), async () => undefined);
    utimesSync(path, 1_000 * version, 1_000 * version);
  }
  await ensureEntry(cacheDir, entryOf(4), async () => undefined);
  expect([1, 2, 3, 4].filter((version) => existsSync(entryPath(cacheDir, entryOf(version))))).toEqual([3, 4]);
});

test.each([
  ['node-0123456789abcdef', 'node', true],
  ['node-image-0123456789abcdef', 'node', false],
  ['node-0123456789abcdef.part', 'node', false],
])('%s is a version of %s: %s', (directory, name, is) => {
  expect(isVersionOf(directory, name)).toBe(is);
});
