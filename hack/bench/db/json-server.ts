// json-server in the database bench: installed from its package into the cache. It keeps all in memory and writes its whole
// file anew after a change, without waiting for the disk.
import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../api/test/free-port.ts';
import { digestOf, ensureEntry } from '../../cache/cache.ts';
import { run } from '../../shell.ts';
import { benchDocument, type Contestant, NEW_DOCUMENT, untilAnswers } from './contestant.ts';

/** The version that is installed. */
export const JSON_SERVER = '0.17.4';

/** Installs it, or finds it installed; gives its program. */
export const installJsonServer = async (cacheDir: string): Promise<string> => {
  const entry = { kind: 'bench', name: 'json-server', key: digestOf(JSON_SERVER) };
  const folder = await ensureEntry(cacheDir, entry, async (dir) => {
    await cp(new URL('./json-server/', import.meta.url).pathname, dir, { recursive: true });
    await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: dir,
      timeoutMs: 300_000,
    });
  });
  return join(folder, 'node_modules', 'json-server', 'lib', 'cli', 'bin.js');
};

/** Starts it with so many documents. */
export const startJsonServer = async (program: string, documents: number): Promise<Contestant> => {
  const folder = await mkdtemp(join(tmpdir(), 'faibric-bench-'));
  const file = join(folder, 'db.json');
  const items = Array.from({ length: documents }, (_, n) => ({ id: n + 1, created: n, ...benchDocument(n) }));
  await writeFile(file, JSON.stringify({ items }));
  const port = await freePort();
  const args = [program, '--quiet', '--host', '127.0.0.1', '--port', String(port), file];
  const child = spawn(process.execPath, args, { stdio: 'ignore', cwd: folder });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await untilAnswers(`http://127.0.0.1:${port}/items/1`);
  return {
    name: `json-server ${JSON_SERVER}`,
    durability: 'a JSON file, written anew after a change, no flush',
    port,
    headers: {},
    ids: items.map(({ id }) => String(id)),
    requests: {
      'get one': { method: 'GET', path: '/items/{id}' },
      'list of 20': { method: 'GET', path: '/items?_page=1&_limit=20&_sort=created&_order=desc' },
      'filtered list': {
        method: 'GET',
        path: '/items?category=category-{category}&_page=1&_limit=20&_sort=created&_order=desc',
      },
      create: { method: 'POST', path: '/items', body: NEW_DOCUMENT },
    },
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
};
