// PocketBase in the database bench: built from its Go module into the cache, with its own defaults or with SQLite flushing at
// each commit. Its collection has real columns and an index on the filtered one, which its user would have to add.
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { freePort } from '../../../api/test/free-port.ts';
import { digestOf, ensureEntry } from '../../cache/cache.ts';
import { run } from '../../shell.ts';
import { goEnvironment } from '../../tools/go-build.ts';
import { benchDocument, type Contestant, NEW_DOCUMENT, postJson, untilAnswers } from './contestant.ts';

/** The version that is built. */
export const POCKETBASE = '0.39.1';
const SOURCE = new URL('./pocketbase/', import.meta.url).pathname;
const ADMIN = { identity: 'bench@faibric.dev', password: 'bench-password' };

/** Builds it, or finds it built; gives the program. */
export const buildPocketBase = async (cacheDir: string, say: (line: string) => void): Promise<string> => {
  const entry = { kind: 'bench', name: 'pocketbase', key: digestOf(POCKETBASE, process.arch) };
  const folder = await ensureEntry(cacheDir, entry, async (dir) => {
    say(`PocketBase ${POCKETBASE}: building, which takes some minutes`);
    const source = join(dir, 'src');
    await mkdir(source, { recursive: true });
    await cp(SOURCE, source, { recursive: true });
    const env = goEnvironment(cacheDir);
    await run('go', ['build', '-trimpath', '-o', join(dir, 'pocketbase'), '.'], {
      cwd: source,
      env,
      timeoutMs: 30 * 60_000,
    });
  });
  return join(folder, 'pocketbase');
};

const FIELDS = [
  { name: 'title', type: 'text' },
  { name: 'category', type: 'text' },
  { name: 'price', type: 'number' },
  { name: 'done', type: 'bool' },
  { name: 'note', type: 'text' },
  { name: 'created', type: 'autodate', onCreate: true },
];

const fill = async (base: string, documents: number): Promise<string[]> => {
  const auth = z
    .object({ token: z.string() })
    .parse(await postJson(`${base}/api/collections/_superusers/auth-with-password`, ADMIN));
  const headers = { authorization: auth.token };
  await postJson(
    `${base}/api/collections`,
    {
      name: 'items',
      type: 'base',
      fields: FIELDS,
      ...{ listRule: '', viewRule: '', createRule: '' },
      indexes: [
        'CREATE INDEX idx_category ON items (category)',
        'CREATE INDEX idx_created ON items (created)',
      ],
    },
    headers,
  );
  const ids: string[] = [];
  const created = z.object({ id: z.string() });
  for (let n = 0; n < documents; n += 32) {
    const batch = Array.from({ length: Math.min(32, documents - n) }, (_, i) =>
      postJson(`${base}/api/collections/items/records`, benchDocument(n + i)),
    );
    ids.push(...(await Promise.all(batch)).map((one) => created.parse(one).id));
  }
  return ids;
};

/** Starts it with so many documents; `flush`: SQLite waits for the disk at each commit. */
export const startPocketBase = async (
  program: string,
  documents: number,
  flush: boolean,
): Promise<Contestant> => {
  const folder = await mkdtemp(join(tmpdir(), 'faibric-bench-'));
  const env = { SYNCHRONOUS: flush ? 'FULL' : 'NORMAL' };
  await run(program, ['superuser', 'upsert', ADMIN.identity, ADMIN.password, '--dir', folder], { env });
  const port = await freePort();
  const args = ['serve', '--http', `127.0.0.1:${port}`, '--dir', folder];
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const base = `http://127.0.0.1:${port}`;
  await untilAnswers(`${base}/api/health`);
  const path = '/api/collections/items/records';
  return {
    name: `PocketBase ${POCKETBASE}${flush ? ', flushing' : ''}`,
    durability: flush
      ? 'SQLite: WAL, synchronous=FULL (flush at each commit)'
      : 'SQLite: WAL, synchronous=NORMAL (its default: a power cut may lose acknowledged writes)',
    port,
    headers: {},
    ids: await fill(base, documents),
    requests: {
      'get one': { method: 'GET', path: `${path}/{id}` },
      'list of 20': { method: 'GET', path: `${path}?perPage=20&sort=-created` },
      'filtered list': {
        method: 'GET',
        path: `${path}?perPage=20&sort=-created&filter=category%3D%27category-{category}%27`,
      },
      create: { method: 'POST', path, body: NEW_DOCUMENT },
    },
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
};
