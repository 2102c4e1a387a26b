// Writes the layer of an app: page, hashed files, each with a compressed twin, and the revision. Times and modes are
// fixed and gzip is told no time, so that equal source gives a byte-identical layer, and the registry stores it once.
import { chmod, mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Bundle } from '../bundle/bundle-app.ts';
import type { AppFile } from '../read-source.ts';
import { makePage } from './make-page.ts';

/** The time of every file: not the epoch, which some tools take for "unknown". */
const FIXED_TIME = new Date('2020-01-01T00:00:00Z');
const ORIGINS = 'http://faibric.localhost http://faibric.localhost:*';

/** Server variables of the app, in the syntax of the map that server/nginx.conf includes. */
export function serverValues(app: AppFile): { revision: string; frame: string } {
  const origins = app.frameAncestors?.join(' ') ?? ORIGINS;
  return { revision: `default "${app.revision}";\n`, frame: `default "${origins}";\n` };
}

/** Every file of the layer by path. */
export function layerOf(app: AppFile, bundle: Bundle): Map<string, Uint8Array> {
  const page = new TextEncoder().encode(makePage(app, bundle));
  const served = new Map([['/index.html', page], ...[...bundle.files].sort()]);
  const layer = new Map<string, Uint8Array>();
  for (const [path, content] of served) {
    layer.set(path, content);
    layer.set(`${path}.gz`, gzipSync(content, { level: 9 }));
  }
  const values = serverValues(app);
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  layer.set('/revision', encode(`${app.revision}\n`));
  layer.set('/server/revision.map', encode(values.revision));
  layer.set('/server/frame.map', encode(values.frame));
  return layer;
}

/** Writes the layer into `directory`. Returns the size of the app's own scripts and styles. */
export async function writeApp(
  directory: string,
  app: AppFile,
  bundle: Bundle,
): Promise<{ bytes: number; gzip: number }> {
  const layer = layerOf(app, bundle);
  const folders = new Set<string>();
  for (const [path, content] of layer) {
    const target = join(directory, path);
    folders.add(dirname(target));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
    await chmod(target, 0o644);
    await utimes(target, FIXED_TIME, FIXED_TIME);
  }
  for (const folder of [...folders].sort().reverse()) {
    await chmod(folder, 0o755);
    await utimes(folder, FIXED_TIME, FIXED_TIME);
  }
  const size = (end: string): number =>
    [...layer]
      .filter(([path]) => path.startsWith('/assets/') && path.endsWith('.gz') === (end === '.gz'))
      .reduce((sum, [, c]) => sum + c.length, 0);
  return { bytes: size(''), gzip: size('.gz') };
}
