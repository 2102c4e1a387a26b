import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { type OwnImage, ownImageTag, sourceFiles } from './own-images.ts';

const image: OwnImage = {
  name: 'api',
  dockerfile: 'api/Dockerfile',
  context: '.',
  bundle: 'api',
  sources: ['lock.json', 'api', 'gone'],
};
let root: string;

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'faibric-own-'));
  write('lock.json', '{}');
  write('api/src/main.ts', 'one');
  return () => rmSync(root, { recursive: true });
});

test.each([
  ['a test', 'api/src/main.test.ts'],
  ['an integration test', 'api/src/main.it.test.ts'],
  ['a test folder', 'api/test/builder.ts'],
  ['a build output', 'api/dist/main.js'],
  ['an installed package', 'api/node_modules/x/index.js'],
  ['a document', 'api/README.md'],
])('%s does not change the tag', async (_, path) => {
  const before = await ownImageTag(root, image, 'bases');
  write(path, 'two');
  expect(await ownImageTag(root, image, 'bases')).toBe(before);
});

test.each([
  ['another content', () => write('api/src/main.ts', 'two')],
  ['another file', () => write('api/src/other.ts', 'one')],
  ['another name', () => write('api/src/main.tsx', '')],
])('%s changes the tag', async (_, change) => {
  const before = await ownImageTag(root, image, 'bases');
  change();
  expect(await ownImageTag(root, image, 'bases')).not.toBe(before);
});

test('other base images change the tag', async () => {
  expect(await ownImageTag(root, image, 'one')).not.toBe(await ownImageTag(root, image, 'two'));
});

test('source files are sorted, and a missing path is none', async () => {
  write('api/src/a.ts', '');
  expect(await sourceFiles(root, 'api')).toEqual(['api/src/a.ts', 'api/src/main.ts']);
  expect(await sourceFiles(root, 'gone')).toEqual([]);
});
