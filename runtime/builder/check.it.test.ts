// The whole check on real programs: the corpus, hostile input, and the same bytes for the same source.
// Needs no cluster; every program runs through parser, compiler, linter, bundler and a render of its own.
import { mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildRuntime } from '../build.ts';
import { check } from './src/check.ts';
import type { Findings } from './src/findings.ts';
import { startRenderer } from './src/render/render-app.ts';
import { checkCase, expectationOf, inPool, readCorpus } from './test/corpus.ts';

const good = await readCorpus('good');
const broken = await readCorpus('broken');
const outcomes = new Map<string, Findings>();
const TEN_MINUTES = 600_000;

beforeAll(async () => {
  await buildRuntime(join(import.meta.dirname, '../dist'));
  await inPool([...good, ...broken], 2, async (one) =>
    outcomes.set(one.path, (await checkCase(one)).findings),
  );
}, TEN_MINUTES);

describe('V15 a correct program is accepted', () => {
  test.each(good.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    expect(outcomes.get(one.path)?.diagnostics).toEqual([]);
    expect(outcomes.get(one.path)?.ok).toBe(true);
  });
});

describe('V10 a broken program is refused with its place', () => {
  test.each(broken.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const findings = outcomes.get(one.path);
    expect(findings?.ok).toBe(false);
    expect(findings?.diagnostics).toContainEqual(expect.objectContaining(expectationOf(one)));
  });
});

async function folderWith(
  files: Record<string, string>,
  title = 'Test',
): Promise<{ source: string; out: string }> {
  const source = await mkdtemp(join(tmpdir(), 'faibric-check-it-'));
  await mkdir(join(source, 'src'));
  await writeFile(join(source, 'app.json'), JSON.stringify({ appId: 'test01', revision: 4, title }));
  for (const [path, text] of Object.entries(files)) await writeFile(join(source, path), text);
  return { source, out: join(source, 'out') };
}

async function bytesOf(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const pairs = files
    .sort()
    .map(async (path) => [path.slice(directory.length), (await readFile(path)).toString('base64')]);
  return Object.fromEntries((await Promise.all(pairs)) as [string, string][]);
}

const APP = 'export default function App() { return <p>hi</p>; }\n';

test('V15 the same source gives the same bytes', async () => {
  const gallery = good.find((one) => one.name === 'gallery');
  if (!gallery) throw new Error('the gallery is missing');
  const [first, second] = [await checkCase(gallery), await checkCase(gallery)];
  expect(await bytesOf(join(first.out, 'app'))).toEqual(await bytesOf(join(second.out, 'app')));
});

test('V13 a title is text, whatever it holds', async () => {
  const { source, out } = await folderWith(
    { 'src/App.tsx': APP },
    '</title><script>alert(1)</script>`${x}"\'',
  );
  expect((await check(source, out)).ok).toBe(true);
  const page = await readFile(join(out, 'app/index.html'), 'utf8');
  expect(page).toContain('<title>&lt;/title&gt;&lt;script&gt;alert(1)');
  expect(page.match(/<script/g)).toHaveLength(1);
});

test('V12 a symbolic link in the source is refused and not followed', async () => {
  const { source, out } = await folderWith({ 'src/App.tsx': APP });
  await symlink('/etc/passwd', join(source, 'src/secrets.ts'));
  const findings = await check(source, out);
  expect(findings.diagnostics).toMatchObject([{ check: 'limits', code: 'not_a_file' }]);
});

test('V10 source that crashes the native parser is a finding, and the caller lives', async () => {
  const chain = `const x = ${'a=>'.repeat(60_000)}1;\n${APP}`;
  const { source, out } = await folderWith({ 'src/App.tsx': chain });
  const findings = await check(source, out);
  expect(findings.ok).toBe(false);
  expect(findings.diagnostics.length).toBeGreaterThan(0);
});

test('V17 no variable of the check’s environment reaches the bundle, and the app cannot see Node', async () => {
  process.env.FAIBRIC_CANARY = 'canary-5f2e';
  const text = `const seen = [typeof process, typeof Buffer, typeof global, typeof setImmediate].join();
export default function App() { if (seen !== 'undefined,undefined,undefined,undefined') throw new Error(seen); return <p>hi</p>; }`;
  const { source, out } = await folderWith({ 'src/App.tsx': `// @ts-nocheck\n${text}` });
  const findings = await check(source, out);
  delete process.env.FAIBRIC_CANARY;
  expect(findings.diagnostics).toEqual([]);
  const all = Object.values(await bytesOf(out)).map((content) =>
    Buffer.from(content, 'base64').toString('latin1'),
  );
  expect(all.join('\n')).not.toContain('canary-5f2e');
});

test('code that got past every check still cannot write, start a process or reach the network of Node', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'faibric-render-it-'));
  const target = join(tmpdir(), `faibric-forged-${process.pid}`);
  const code = `import { writeFileSync } from 'node:fs'; import { execSync } from 'node:child_process';
const tried = [() => writeFileSync(${JSON.stringify(target)}, 'x'), () => execSync('touch ${target}')].map((run) => { try { run(); return 'done'; } catch (e) { return e.code; } });
throw new Error(tried.join());`;
  const bundle = {
    files: new Map([['/assets/app.js', new TextEncoder().encode(code)]]),
    sourceMaps: new Map<string, string>(),
    script: '/assets/app.js',
    styles: [],
    vendored: [],
  };
  const findings = await startRenderer(directory).render(bundle);
  expect(findings).toMatchObject([
    { code: 'render_error', message: 'Error: ERR_ACCESS_DENIED,ERR_ACCESS_DENIED' },
  ]);
  await expect(readFile(target)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a wrong app.json is the operator’s fault and said as such', async () => {
  const { source, out } = await folderWith({ 'src/App.tsx': APP });
  await writeFile(join(source, 'app.json'), '{"appId":"../x","revision":0}');
  expect((await check(source, out)).diagnostics).toMatchObject([{ code: 'check_failed' }]);
});
