// Makes an image of one layer from a directory, as files that can both be pushed to a registry and be loaded into an
// engine. The layer is deterministic (sorted names, no times), so the same content has the same digest everywhere.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { z } from 'zod';

/** What an image runs, in the words of the image specification. */
export type ImageConfig = {
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Env?: readonly string[];
  readonly User?: string;
  readonly WorkingDir?: string;
  readonly StopSignal?: string;
  readonly ExposedPorts?: Readonly<Record<string, Record<string, never>>>;
  readonly Volumes?: Readonly<Record<string, Record<string, never>>>;
};

const defaultPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const withPath = (env: readonly string[]) =>
  env.some((e) => e.startsWith('PATH=')) ? env : [defaultPath, ...env];
const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';

/** Names of the files of an image in its cache directory. */
export const imageFiles = {
  layer: 'layer.tar.gz',
  config: 'config.json',
  manifest: 'registry-manifest.json',
} as const;

/** Passes bytes on and hashes them on the way. */
function hashing(): { stream: Transform; result: () => { digest: string; size: number } } {
  const hash = createHash('sha256');
  let size = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, result: () => ({ digest: `sha256:${hash.digest('hex')}`, size }) };
}

/** Packs `root` into `dir` as an image: layer, config and manifest. */
export async function packImage(root: string, dir: string, config: ImageConfig): Promise<void> {
  const names = ['--sort=name', '--mtime=@0', '--numeric-owner', '--format=gnu'];
  const tar = spawn('tar', [...names, '-C', root, '-cf', '-', '.'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = new Promise<number>((resolve) => tar.on('close', (code) => resolve(code ?? 1)));
  const plain = hashing();
  const packed = hashing();
  // Level 1: these layers travel one machine's loopback, so the compressor's time is all that counts.
  const gzip = createGzip({ level: 1 });
  await pipeline(
    tar.stdout,
    plain.stream,
    gzip,
    packed.stream,
    createWriteStream(join(dir, imageFiles.layer)),
  );
  if ((await exit) !== 0) throw new Error(`tar could not pack ${root}`);
  const layer = packed.result();
  const text = JSON.stringify({
    architecture,
    os: 'linux',
    created: '1970-01-01T00:00:00Z',
    config: { ...config, Env: withPath(config.Env ?? []) },
    rootfs: { type: 'layers', diff_ids: [plain.result().digest] },
    history: [{ created: '1970-01-01T00:00:00Z', created_by: 'faibric up' }],
  });
  await writeFile(join(dir, imageFiles.config), text);
  const manifest = {
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      digest: `sha256:${createHash('sha256').update(text).digest('hex')}`,
      size: Buffer.byteLength(text),
    },
    layers: [{ mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', ...layer }],
  };
  await writeFile(join(dir, imageFiles.manifest), JSON.stringify(manifest));
}

/** Packs a ready image directory for `docker load`, under the given name. */
export async function writeLoadArchive(dir: string, name: string, target: string): Promise<void> {
  const index = [{ Config: imageFiles.config, RepoTags: [name], Layers: [imageFiles.layer] }];
  await writeFile(join(dir, 'manifest.json'), JSON.stringify(index));
  const files = ['manifest.json', imageFiles.config, imageFiles.layer];
  const tar = spawn('tar', ['-C', dir, '-cf', target, ...files], { stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise<number>((resolve) => tar.on('close', (c) => resolve(c ?? 1)));
  if (code !== 0) throw new Error(`tar could not pack the image ${name}`);
}

const descriptor = z.object({ digest: z.string(), size: z.number() });
const manifestFile = z.object({
  mediaType: z.string(),
  config: descriptor,
  layers: z.array(descriptor).length(1),
});

/** Where an image goes: registry as host and port, spoken to in plain http. */
export type Target = { readonly registry: string; readonly repository: string; readonly tag: string };

/** Pushes an image directory; says whether anything had to be sent. Blobs that are there are not sent again. */
export async function pushImage(dir: string, target: Target): Promise<boolean> {
  const text = await readFile(join(dir, imageFiles.manifest), 'utf8');
  const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  if ((await pushedDigest(target)) === digest) return false;
  const manifest = manifestFile.parse(JSON.parse(text));
  const base = `http://${target.registry}/v2/${target.repository}`;
  await pushBlob(base, { ...manifest.config, file: join(dir, imageFiles.config) });
  for (const layer of manifest.layers) await pushBlob(base, { ...layer, file: join(dir, imageFiles.layer) });
  const answer = await fetch(`${base}/manifests/${target.tag}`, {
    method: 'PUT',
    body: text,
    headers: { 'content-type': manifest.mediaType },
  });
  if (!answer.ok)
    throw new Error(`pushing ${target.repository}:${target.tag}: ${answer.status} ${await answer.text()}`);
  return true;
}

async function pushBlob(base: string, blob: { digest: string; size: number; file: string }): Promise<void> {
  if ((await fetch(`${base}/blobs/${blob.digest}`, { method: 'HEAD' })).ok) return;
  const started = await fetch(`${base}/blobs/uploads/`, { method: 'POST' });
  const location = started.headers.get('location');
  if (!started.ok || location === null) throw new Error(`${base} takes no uploads: ${started.status}`);
  const url = new URL(location, base);
  url.searchParams.set('digest', blob.digest);
  const request = {
    method: 'PUT',
    body: createReadStream(blob.file),
    duplex: 'half',
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(blob.size) },
  };
  // `duplex` is needed for a streamed body and missing in the types of fetch.
  const answer = await fetch(url, request as unknown as RequestInit);
  if (!answer.ok) throw new Error(`pushing a blob to ${base}: ${answer.status} ${await answer.text()}`);
}

const anyManifest = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
].join(', ');

/** The digest that a tag stands for in a registry, or undefined when it is not there. */
export async function pushedDigest(target: Target): Promise<string | undefined> {
  const url = `http://${target.registry}/v2/${target.repository}/manifests/${target.tag}`;
  const request = { method: 'HEAD', headers: { accept: anyManifest }, signal: AbortSignal.timeout(5_000) };
  const answer = await fetch(url, request).catch(() => undefined);
  return answer?.ok ? (answer.headers.get('docker-content-digest') ?? undefined) : undefined;
}
