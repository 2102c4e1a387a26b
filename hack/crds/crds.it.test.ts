// Claims C1 to C6 against a real API server: admission refuses a bad spec at once, and says what to write instead.
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiServer, startApiServer } from '../../operator/test/api-server.ts';
import { readSettings } from '../settings.ts';
import { ensureTool } from '../tools/tool.ts';

const root = join(import.meta.dirname, '..', '..');
let server: ApiServer;
let kubectlPath: string;

interface Answer {
  readonly ok: boolean;
  readonly output: string;
}

const kubectl = async (args: readonly string[], input?: unknown): Promise<Answer> => {
  const result = await execa(kubectlPath, ['--kubeconfig', server.kubeconfig, ...args], {
    reject: false,
    all: true,
    ...(input === undefined ? {} : { input: JSON.stringify(input) }),
  });
  return { ok: result.exitCode === 0, output: result.all };
};

const app = (spec: unknown, name = 'plants') => ({
  apiVersion: 'faibric.dev/v1alpha1',
  kind: 'FaibricApp',
  metadata: { name },
  spec,
});
const tryApp = (spec: unknown, name?: string): Promise<Answer> =>
  kubectl(['create', '--dry-run=server', '-f', '-'], app(spec, name));
const patch = (kind: string, name: string, body: unknown, ...more: string[]): Promise<Answer> =>
  kubectl(['patch', kind, name, '--type', 'merge', '-p', JSON.stringify(body), ...more]);

beforeAll(async () => {
  server = await startApiServer();
  kubectlPath = await ensureTool(readSettings(), 'kubectl', console.log);
  for (const file of ['faibricapps.yaml', 'faibricrevisions.yaml']) {
    const { ok, output } = await kubectl(['apply', '--server-side', '-f', join(root, 'crds', file)]);
    if (!ok) throw new Error(output);
  }
  await kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=30s']);
});
afterAll(() => server?.stop());

const prompt = 'A plant tracker';

test.each([
  ['C1', 'upper case', { prompt, owner: 'Batman' }, /write a DNS label/],
  ['C1', 'a dot', { prompt, owner: 'a.b' }, /write a DNS label/],
  ['C1', 'a leading dash', { prompt, owner: '-a' }, /write a DNS label/],
  ['C1', '64 characters', { prompt, owner: 'a'.repeat(64) }, /may not be more than 30/],
  ['C1', 'an emoji', { prompt, owner: '🦇' }, /write a DNS label/],
  ['C1', 'punycode', { prompt, owner: 'xn--dp8h' }, /punycode/],
  ['C1', 'an empty owner', { prompt, owner: '' }, /owner/],
  ['C1', 'localhost', { prompt, owner: 'localhost' }, /owner must not be one of/],
  ['C2', 'a rule injection', { prompt, owner: 'a`) || PathPrefix(`/' }, /write a DNS label/],
  ['C2', 'a rule injection as host', { prompt, host: 'a`) || PathPrefix(`/.x' }, /write a full host name/],
  ['C3', 'an id with a dash', { prompt, id: 'b-c' }, /without dashes/],
  ['C4', 'a reserved owner', { prompt, owner: 'registry' }, /owner must not be one of/],
  ['C4', 'a reserved host', { prompt, host: 'traefik.example.org' }, /must not be one of/],
  ['C5', 'an empty prompt', { prompt: '' }, /at least 3/],
  ['C5', 'a prompt of spaces', { prompt: '          ' }, /spaces do not count/],
  ['C5', '100 KB', { prompt: 'x'.repeat(100_000) }, /may not be more than 8000/],
  ['C5', 'a NUL', { prompt: 'abc\u0000def' }, /control characters/],
  ['C5', 'an escape sequence', { prompt: 'abc\u001b[31mdef' }, /control characters/],
  ['C5', 'neither prompt nor source', {}, /set prompt \(a sentence\) or source/],
  ['C6', 'a billion replicas', { prompt, replicas: 1e9 }, /less than or equal to 10/],
  ['C6', 'negative replicas', { prompt, replicas: -1 }, /greater than or equal to 0/],
  ['C6', 'an image', { prompt, image: 'evil' }, /unknown field "spec.image"/],
  ['C6', 'a nodeSelector', { prompt, nodeSelector: { a: 'b' } }, /unknown field/],
  ['V12', 'a file outside src', { source: { files: [{ path: '../x.ts', content: '' }] } }, /path under src/],
])('%s: given %s, admission refuses it and says why', async (_, __, spec, message) => {
  const { ok, output } = await tryApp(spec);
  expect(output).toMatch(message);
  expect(ok).toBe(false);
});

test.each(['a.b', 'api', 'xn--dp8h', '1app', 'a'.repeat(51)])(
  'C1, C4: given the name %s, which could not stand in a host, admission refuses it',
  async (name) => {
    const { ok, output } = await tryApp({ prompt }, name);
    expect(output).toMatch(/metadata.name must/);
    expect(ok).toBe(false);
  },
);

test('C6: given a client that does not ask for strict fields, unknown fields are pruned', async () => {
  const args = ['create', '--validate=ignore', '-o', 'json', '-f', '-'];
  const { ok, output } = await kubectl(args, app({ prompt, hostPath: '/', env: [{ name: 'A' }] }, 'pruned'));
  expect(ok).toBe(true);
  expect(Object.keys(JSON.parse(output).spec)).not.toContain('hostPath');
  expect(Object.keys(JSON.parse(output).spec)).not.toContain('env');
});

test('C6: owner and id cannot change, be added later or be taken away', async () => {
  await kubectl(['create', '-f', '-'], app({ prompt, owner: 'batman1', id: 'k3x9q2' }, 'fixed'));
  for (const spec of [{ owner: 'robin' }, { owner: null }, { id: 'zzz' }, { id: null }]) {
    const { ok, output } = await patch('fapp', 'fixed', { spec });
    expect(output).toMatch(/cannot change/);
    expect(ok).toBe(false);
  }
  expect((await patch('fapp', 'fixed', { spec: { prompt: 'Something else' } })).ok).toBe(true);
});

test('C6: given an app that keeps data under a derived id, only that id may be written down', async () => {
  await kubectl(['create', '-f', '-'], app({ prompt }, 'derived'));
  await patch('fapp', 'derived', { status: { appId: 'abc123' } }, '--subresource', 'status');
  expect((await patch('fapp', 'derived', { spec: { id: 'other' } })).output).toMatch(/status.appId/);
  expect((await patch('fapp', 'derived', { spec: { id: 'abc123' } })).ok).toBe(true);
});

test('a revision keeps what it was made from, and takes each answer once', async () => {
  await kubectl(['create', '-f', '-'], {
    apiVersion: 'faibric.dev/v1alpha1',
    kind: 'FaibricRevision',
    metadata: { name: 'plants-r1' },
    spec: { app: 'plants', number: 1, input: 'abc', engine: 'builtin' },
  });
  const analysis = { engine: 'builtin', title: 'P', type: 't', services: [], collections: [], limited: [] };
  const files = [{ path: 'src/App.tsx', content: 'export default 1' }];
  expect(
    (await patch('frev', 'plants-r1', { spec: { analysis: { ...analysis, blueprint: { a: [1] } } } })).ok,
  ).toBe(true);
  expect((await patch('frev', 'plants-r1', { spec: { files } })).ok).toBe(true);
  const again = [
    { analysis: { blueprint: { a: [2] } } },
    { analysis: null },
    { files: [{ path: 'src/App.tsx', content: 'export default 2' }] },
    { files: null },
    { number: 2 },
    { input: 'def' },
    { parent: 1 },
  ];
  for (const spec of again) {
    const { ok, output } = await patch('frev', 'plants-r1', { spec });
    expect(output).toMatch(/written once|cannot change/);
    expect(ok).toBe(false);
  }
});

test('kubectl shows the columns, the short names and a text for every field', async () => {
  expect((await kubectl(['get', 'fapp'])).output).toMatch(/^NAME\s+PHASE\s+TYPE\s+REVISION\s+URL\s+AGE/);
  expect((await kubectl(['get', 'faibric'])).output).toMatch(/faibricapp\.faibric\.dev/);
  expect((await kubectl(['explain', 'faibricapp.spec.changes.prompt'])).output).toMatch(/What to change/);
});
