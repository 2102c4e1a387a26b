// The proof of an export: an app that the builtin engine wrote is downloaded as a zip, installed from the registry, built
// by Vite, and opened in a real Chromium without any server of ours. What is entered there is still there after a reload.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { execa } from 'execa';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeExportKit } from '../../../hack/images/export-kit.ts';
import { builtinEngine } from '../../../operator/src/engines/builtin-engine.ts';
import { openPage, startBrowser } from '../../../runtime/server/test/browser.ts';
import { sendTo, startServer, type TestServer } from '../../test/api-server.ts';
import { anApp, aRevision, type MemoryCluster, memoryCluster } from '../../test/memory-cluster.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { exportKitSchema } from './export-kit.ts';

let postgres: TestPostgres;
let server: TestServer;
let cluster: MemoryCluster;
let directory: string;
let site: Server;
let zip: Record<string, Uint8Array>;

const io = { signal: new AbortController().signal };

const writeApp = async (prompt: string) => {
  const analyzed = await builtinEngine.analyze({ prompt, changes: [], appId: 'k3x9q2' }, io);
  if (!analyzed.ok) throw new Error(analyzed.message);
  const analysis = analyzed.value;
  const written = await builtinEngine.generate({ prompt, changes: [], appId: 'k3x9q2', analysis }, io);
  if (!written.ok) throw new Error(written.message);
  return { analysis, files: Object.entries(written.value).map(([path, content]) => ({ path, content })) };
};

/** The zip as bytes: the test client gives text. */
const download = async (): Promise<Uint8Array> => {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/projects/k3x9q2/export/`, {
    headers: { 'x-faibric-proxy': 'the-secret-of-the-proxy' },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/zip');
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="todos-k3x9q2-r1.zip"');
  return new Uint8Array(await response.arrayBuffer());
};

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** Serves a folder as any web server would: files, and index.html for everything else. */
const serve = (root: string): Promise<Server> =>
  new Promise((resolve) => {
    const started = createServer(async (req, res) => {
      const path = new URL(req.url ?? '/', 'http://x').pathname;
      const file = extname(path) === '' ? 'index.html' : path;
      const content = await readFile(join(root, file)).catch(() => null);
      res.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
      res.writeHead(content === null ? 404 : 200).end(content ?? 'not found');
    });
    started.listen(0, '127.0.0.1', () => resolve(started));
  });

beforeAll(async () => {
  postgres = await startPostgres();
  cluster = memoryCluster();
  const kit = exportKitSchema.parse(await makeExportKit());
  const app = anApp({ name: 'todos-k3x9q2', status: { revision: 1 } });
  cluster.put(app);
  cluster.putRevision(aRevision(app, { spec: await writeApp('a todo list') }));
  cluster.putRevision(aRevision(app, { number: 2 }));
  server = await startServer(postgres, await postgres.database(), {
    cluster,
    readExportKit: async () => kit,
  });
  directory = await mkdtemp(join(tmpdir(), 'faibric-export-'));
  zip = unzipSync(await download());
});
afterAll(async () => {
  site?.close();
  await server?.close();
  await postgres?.stop();
  if (directory) await rm(directory, { recursive: true, force: true });
});

describe('an exported app', () => {
  test('installs, builds and works without Faibric', { timeout: 300_000 }, async () => {
    for (const [path, bytes] of Object.entries(zip)) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), bytes);
    }
    const cwd = join(directory, 'todos-k3x9q2');
    await execa('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd, timeout: 180_000 });
    await execa('npm', ['run', 'build'], { cwd, timeout: 120_000 });
    site = await serve(join(cwd, 'dist'));
    const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
    const browser = await startBrowser();
    try {
      const { page, complaints } = await openPage(browser, url, { width: 1000, scheme: 'light' });
      const box = page.getByRole('textbox').first();
      await box.fill('Water the fern');
      await box.press('Enter');
      await page.getByText('Water the fern').first().waitFor({ timeout: 10_000 });
      await page.reload({ waitUntil: 'networkidle' });
      await page.getByText('Water the fern').first().waitFor({ timeout: 10_000 });
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  test('is the same bytes each time', async () => {
    expect(Buffer.from(await download())).toEqual(Buffer.from(await download()));
  });

  test('carries nothing of the installation', () => {
    const text = Object.values(zip)
      .map((bytes) => strFromU8(bytes))
      .join('\n');
    expect(text).not.toMatch(/the-secret-of-the-proxy|registry\.npmjs|resolved/);
  });

  test.each([
    ['?revision=2', 404, 'not_found'],
    ['?revision=9', 404, 'not_found'],
    ['?revision=x', 400, 'invalid_query'],
  ])('%s is %i %s', async (query, status, code) => {
    const answer = await sendTo(server.port, 'GET', `/api/projects/k3x9q2/export/${query}`);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });
});
