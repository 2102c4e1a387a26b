// Versions below which there is a known hole (claims, "Versions"), read from what is really locked and pinned.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const lock = z
  .object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) })
  .parse(JSON.parse(text('package-lock.json'))).packages;

const installed = (name: string): string[] =>
  Object.entries(lock).flatMap(([path, { version }]) =>
    path.endsWith(`node_modules/${name}`) && version !== undefined ? [version] : [],
  );

const parts = (version: string): number[] =>
  version.replace(/^v/, '').split('-')[0]?.split('.').map(Number) ?? [];
const isAtLeast = (version: string, least: string): boolean => {
  const [a, b] = [parts(version), parts(least)];
  const first = a.findIndex((part, index) => part !== b[index]);
  return first < 0 || (a[first] ?? 0) > (b[first] ?? 0);
};

test.each([
  ['2.0.1', '2.0.1', true],
  ['2.0.10', '2.0.9', true],
  ['v0.34.2', '0.28.1', true],
  ['2.2.9', '2.3.0', false],
  ['1.9.9', '2.0.1', false],
])('%s is at least %s: %s', (version, least, expected) => {
  expect(isAtLeast(version, least)).toBe(expected);
});

test.each([
  ['@kubernetes/client-node', '2.0.1'],
  ['body-parser', '2.3.0'],
  ['qs', '6.14.1'],
])('Versions: every %s in the tree is at least %s', (name, least) => {
  const versions = installed(name);
  expect(versions.length).toBeGreaterThan(0);
  expect(versions.filter((version) => !isAtLeast(version, least))).toEqual([]);
});

test('Versions: nothing brings react-server-dom, into no bundle', () => {
  expect(Object.keys(lock).filter((path) => path.includes('react-server-dom'))).toEqual([]);
  const sources = readdirSync(join(root, 'runtime/vendor'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|js|mjs|json)$/.test(path) && !path.includes('node_modules'))
    .map((path) => text(`runtime/vendor/${path}`));
  expect(sources.some((source) => source.includes('react-server-dom'))).toBe(false);
});

test('Versions: BuildKit is at least 0.28.1, in the chart and where it is built here', () => {
  const pinned = /image: \S*moby\/buildkit:(v[\d.]+)/.exec(text('charts/faibric/values.yaml'))?.[1];
  const built = /github\.com\/moby\/buildkit (v[\d.]+)/.exec(text('hack/go/buildkit/go.mod'))?.[1];
  expect(isAtLeast(pinned ?? '0', '0.28.1')).toBe(true);
  expect(isAtLeast(built ?? '0', '0.28.1')).toBe(true);
});
