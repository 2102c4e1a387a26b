import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { imageFiles, packImage, pushedDigest, pushImage, writeLoadArchive } from './oci.ts';

const folder = mkdtempSync(join(tmpdir(), 'faibric-oci-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function packed(name: string, time: number): Promise<string> {
  const root = join(folder, `${name}-root`);
  const dir = join(folder, name);
  mkdirSync(join(root, 'etc'), { recursive: true });
  mkdirSync(dir);
  writeFileSync(join(root, 'etc/motd'), 'hello');
  utimesSync(join(root, 'etc/motd'), time, time);
  await packImage(root, dir, { Entrypoint: ['/bin/true'], Env: ['A=1'] });
  return dir;
}

test('the same content packed at another time is the same image', async () => {
  const [one, two] = [await packed('one', 1_000), await packed('two', 2_000)];
  for (const file of Object.values(imageFiles)) {
    expect(readFileSync(join(one, file)).equals(readFileSync(join(two, file)))).toBe(true);
  }
});

test('the configuration has a path unless the image brings its own', async () => {
  const dir = await packed('config', 1);
  const { config } = JSON.parse(readFileSync(join(dir, imageFiles.config), 'utf8'));
  expect(config.Env).toEqual([expect.stringMatching(/^PATH=/), 'A=1']);
});

test('the archive for the engine names the image and its parts', async () => {
  const dir = await packed('archive', 1);
  const target = join(folder, 'load.tar');
  await writeLoadArchive(dir, 'faibric/test:1', target);
  const index = JSON.parse(execFileSync('tar', ['-xOf', target, 'manifest.json']).toString());
  expect(index).toEqual([{ Config: 'config.json', RepoTags: ['faibric/test:1'], Layers: ['layer.tar.gz'] }]);
});

/** As much of a registry as a push needs. */
function fakeRegistry() {
  const blobs = new Set<string>();
  const manifests = new Map<string, string>();
  const seen = { writes: 0 };
  const find = (url: URL, name: string) =>
    url.pathname.includes('/manifests/') ? manifests.get(name) : [...blobs].find((digest) => digest === name);
  const receive = (url: URL, name: string, body: Buffer) => {
    const digest = url.searchParams.get('digest');
    if (digest === null) manifests.set(name, `sha256:${createHash('sha256').update(body).digest('hex')}`);
    else blobs.add(digest);
  };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    const name = decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
    const body = Buffer.concat(await request.toArray());
    if (request.method === 'HEAD') {
      const digest = find(url, name);
      response.writeHead(digest === undefined ? 404 : 200, { 'docker-content-digest': digest ?? '' }).end();
      return;
    }
    seen.writes += 1;
    if (request.method === 'PUT') receive(url, name, body);
    response.writeHead(202, { location: `${url.pathname}upload?state=1` }).end();
  });
  return { server, blobs, seen };
}

test('a push sends what is missing, and a second push nothing', async () => {
  const { server, blobs, seen } = fakeRegistry();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const registry = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const target = { registry, repository: 'library/test', tag: '1' };
  try {
    const dir = await packed('push', 1);
    expect(await pushedDigest(target)).toBeUndefined();
    expect(await pushImage(dir, target)).toBe(true);
    expect(blobs.size).toBe(2);
    const sent = seen.writes;
    expect(await pushImage(dir, target)).toBe(false);
    expect(seen.writes).toBe(sent);
  } finally {
    server.close();
  }
});
