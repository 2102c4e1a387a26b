import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { appSpec } from './app.ts';
import { APP_CONDITIONS } from './conditions.ts';
import { makeCrds } from './make-crd.ts';
import { REASONS } from './reasons.ts';
import { type SchemaNode, structuralSchema } from './structural-schema.ts';

const crds = makeCrds();
const rootOf = (crd: SchemaNode): SchemaNode =>
  (crd as { spec: { versions: [{ schema: { openAPIV3Schema: SchemaNode } }] } }).spec.versions[0].schema
    .openAPIV3Schema;

/** Every property node below a schema node, with its path. */
const propertiesOf = (node: SchemaNode, path: string): [string, SchemaNode][] => {
  const own = Object.entries((node.properties ?? {}) as Record<string, SchemaNode>);
  const items = node.items ? propertiesOf(node.items as SchemaNode, `${path}[]`) : [];
  return [
    ...own.flatMap(([name, child]): [string, SchemaNode][] => [
      [`${path}.${name}`, child],
      ...propertiesOf(child, `${path}.${name}`),
    ]),
    ...items,
  ];
};

const paths = Object.entries(crds).flatMap(([file, crd]) => propertiesOf(rootOf(crd), file));

test.each(paths.filter(([path]) => !path.endsWith('.metadata')))(
  'kubectl explain has a text for %s',
  (_, node) => {
    expect(node.description).toMatch(/\w{2}/);
  },
);

test.each(paths)('%s is structural: it has one type and forbids nothing that a CRD cannot', (_, node) => {
  expect(['string', 'integer', 'number', 'boolean', 'object', 'array']).toContain(node.type);
  expect(node).not.toHaveProperty('additionalProperties', false);
});

test('given defaults in zod, the CRD has them too', () => {
  const spec = (rootOf(crds['faibricapps.yaml']!).properties as Record<string, SchemaNode>).spec!;
  const properties = spec.properties as Record<string, SchemaNode>;
  const defaults = Object.fromEntries(
    Object.entries(properties)
      .filter(([, node]) => 'default' in node)
      .map(([name, node]) => [name, node.default]),
  );
  expect(defaults).toEqual({
    engine: 'auto',
    audience: 'public',
    suspend: false,
    replicas: 1,
    revisionHistoryLimit: 10,
  });
});

test.each(Object.keys(crds))('%s on disk and in the chart is what the schemas generate', async (name) => {
  const root = join(import.meta.dirname, '..', '..');
  const own = await readFile(join(root, 'crds', name), 'utf8');
  expect(await readFile(join(root, 'charts/faibric/files/crds', name), 'utf8')).toBe(own);
});

test('given a union, the generator refuses it instead of writing what a CRD cannot hold', () => {
  expect(() => structuralSchema(z.object({ a: z.union([z.string(), z.object({ b: z.string() })]) }))).toThrow(
    /anyOf/,
  );
});

test.each([
  ['a prompt', { prompt: 'A plant tracker' }, true],
  ['a prompt of 8,000 characters', { prompt: 'x'.repeat(8000) }, true],
  ['a prompt of 8,001 characters', { prompt: 'x'.repeat(8001) }, false],
  ['an empty prompt', { prompt: '' }, false],
  ['a prompt with a NUL', { prompt: 'abc\u0000def' }, false],
  ['an owner with a capital', { prompt: 'abc', owner: 'Batman' }, false],
  ['an owner with a dot', { prompt: 'abc', owner: 'a.b' }, false],
  ['an id with a dash, which could make two apps share a host', { prompt: 'abc', id: 'a-b' }, false],
  ['a file outside src', { source: { files: [{ path: '../../x.ts', content: '' }] } }, false],
  ['a file under src', { source: { files: [{ path: 'src/a/b.test.tsx', content: '' }] } }, true],
  ['a billion replicas', { prompt: 'abc', replicas: 1e9 }, false],
])('given %s, the spec schema says %s', (_, spec, ok) => {
  expect(appSpec.safeParse(spec).success).toBe(ok);
});

test('condition types and reasons are CamelCase, as the API conventions ask', () => {
  for (const word of [...APP_CONDITIONS, ...Object.keys(REASONS)]) expect(word).toMatch(/^[A-Z][A-Za-z]+$/);
});
