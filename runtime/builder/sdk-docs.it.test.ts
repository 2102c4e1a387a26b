// The SDK's reference is what engines show to models, so its examples are programs: they type-check against the SDK that
// apps are built with, and the whole app in it passes the whole check.
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { buildRuntime } from '../build.ts';
import { checkTypes } from './src/types/check-types.ts';
import { checkCase } from './test/corpus.ts';

const text = await readFile(join(import.meta.dirname, '../../docs/reference/sdk.md'), 'utf8');
const codeOf = (language: string): string[] =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, code = '']) => code);
const snippets = codeOf('ts');
const apps = codeOf('tsx');

/** Names that the snippets take for granted. */
const FRAME = `import { type StockQuote, useCollection, useGateway, useUser } from '@faibric/app';
type Plant = { name: string; indoor?: boolean; interval?: number };
const given = { id: '', email: '', password: '', name: '', next: '' };
`;
const frame = (code: string): string =>
  `${FRAME}export async function example({ id, email, password, name, next } = given) {\n${code}\n}\n`;

const typesOf = async (files: Record<string, string>) =>
  await checkTypes(await mkdtemp(join(tmpdir(), 'faibric-sdk-docs-')), files);

beforeAll(async () => {
  await buildRuntime(join(import.meta.dirname, '../dist'));
}, 300_000);

test('there are examples, and the page is short enough for a prompt', () => {
  expect([snippets.length, apps.length]).toEqual([3, 1]);
  // About four characters to a token.
  expect(text.length / 4).toBeLessThan(3_500);
});

test.each(snippets.map((code) => [code.split('\n')[0] ?? '', code] as const))(
  '%s',
  async (_first, code) => {
    expect(await typesOf({ 'src/example.ts': frame(code) })).toEqual([]);
  },
  60_000,
);

test('an example that names what is not there is found', async () => {
  const wrong = await typesOf({
    'src/example.ts': frame("const a = useCollection<Plant>('a');\nawait a.insert({});"),
  });
  expect(wrong).toMatchObject([{ code: 'TS2339' }]);
}, 60_000);

test('the whole app is accepted', async () => {
  const one = { name: 'sdk.md', path: import.meta.filename, files: { 'src/App.tsx': apps[0] ?? '' } };
  const { findings } = await checkCase(one, 'Reference');
  expect(findings.diagnostics).toEqual([]);
}, 60_000);
