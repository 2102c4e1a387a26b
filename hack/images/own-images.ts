// Our four images: which sources each is made of, and its tag, a digest of those sources and of what it stands on.
// The tag alone decides whether anything is built: unchanged sources mean an image that is already pushed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { names } from '../settings.ts';
import type { BundleName } from './bundle.ts';

/** An image of ours. Paths are from the top of the checkout. */
export type OwnImage = {
  readonly name: 'operator' | 'api' | 'builder' | 'server';
  readonly dockerfile: string;
  /** What the Dockerfile may copy from. */
  readonly context: string;
  readonly bundle: BundleName;
  readonly sources: readonly string[];
};

const always = ['package-lock.json', 'hack/images/bundle.ts'];

/** The images of ours, in the order in which they are built. */
export const ownImages: readonly OwnImage[] = [
  {
    name: 'operator',
    dockerfile: 'operator/Dockerfile',
    context: '.',
    bundle: 'operator',
    sources: [...always, 'operator/src', 'operator/package.json', 'operator/Dockerfile', 'crds/src'],
  },
  {
    name: 'api',
    dockerfile: 'api/Dockerfile',
    context: '.',
    bundle: 'api',
    sources: [
      ...always,
      ...['api/src', 'api/package.json', 'api/Dockerfile', 'crds/src'],
      // What an exported app is made of.
      ...[
        'hack/images/export-kit.ts',
        'runtime/sdk/src',
        'runtime/standalone',
        'runtime/package.json',
        'LICENSE',
      ],
      ...['web/src', 'web/public', 'web/index.html', 'web/vite.config.ts', 'web/package.json'],
    ],
  },
  {
    name: 'builder',
    dockerfile: 'runtime/builder/Dockerfile',
    context: '.',
    bundle: 'runtime',
    sources: [...always, 'runtime', 'operator/src/codegen/checks'],
  },
  {
    name: 'server',
    dockerfile: 'runtime/server/Dockerfile',
    context: '.',
    bundle: 'runtime',
    sources: [...always, 'runtime', 'operator/src/codegen/checks'],
  },
];

const notSources = /(^|\/)(node_modules|dist|test)$|\.(test|it\.test)\.tsx?$|\.md$|\.tsbuildinfo$/;

/** The files under a path that count as sources, sorted. Tests and documents do not count. */
export async function sourceFiles(root: string, path: string): Promise<string[]> {
  if (notSources.test(path) || !existsSync(join(root, path))) return [];
  const inside = await readdir(join(root, path), { withFileTypes: true }).catch(() => undefined);
  if (inside === undefined) return [path];
  const nested = await Promise.all(inside.map((entry) => sourceFiles(root, `${path}/${entry.name}`)));
  return nested.flat().sort();
}

/** The tag of an image: a digest of its sources' names and bytes, and of the base images' versions. */
export async function ownImageTag(root: string, image: OwnImage, bases: string): Promise<string> {
  const hash = createHash('sha256').update(`${image.name}\n${bases}\n`);
  const files = (await Promise.all(image.sources.map((path) => sourceFiles(root, path)))).flat();
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex').slice(0, 16);
}

/** The repository of an image in the local registry. */
export const ownRepository = (image: OwnImage) => `faibric/${image.name}`;

/** The reference under which node, pods and BuildKit know an image. */
export const ownReference = (image: OwnImage, tag: string) =>
  `${names.registryInside}/${ownRepository(image)}:${tag}`;
