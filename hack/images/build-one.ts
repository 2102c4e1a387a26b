// `node hack/images/build-one.ts operator|api REFERENCE`: builds one image for Tilt from what is in its dist folder, with
// the writable layer of hack/dev on top. REFERENCE names the registry as this machine knows it.

import { join } from 'node:path';
import { inspectContainer } from '../docker/containers.ts';
import { names, readSettings } from '../settings.ts';
import { readState } from '../state/state.ts';
import { findBuildctl } from '../up/third-party-steps.ts';
import { buildAndPush, startBuilder } from './builder.ts';
import { ownImages } from './own-images.ts';

const root = new URL('../../', import.meta.url).pathname;

/** The same image under the name that BuildKit knows the registry by. */
export function insideReference(reference: string): string {
  return reference.startsWith(`${names.registryHost}/`)
    ? `${names.registryInside}${reference.slice(names.registryHost.length)}`
    : reference;
}

async function main([name, reference]: readonly string[]): Promise<void> {
  const image = ownImages.find((candidate) => candidate.name === name);
  if (image === undefined || reference === undefined) throw new Error('usage: build-one.ts IMAGE REFERENCE');
  const settings = readSettings();
  const builder = await inspectContainer(names.builder);
  if (builder === undefined) throw new Error('There is no builder yet. Run "npm run up" first.');
  await startBuilder(settings, builder.image);
  const buildctl = await findBuildctl(settings, (await readState(settings.stateDir)).images ?? 'pull');
  const target = insideReference(reference);
  const base = { dockerfile: join(root, image.dockerfile), context: join(root, image.context) };
  await buildAndPush(buildctl, { ...base, reference: `${target}-base` }, console.log);
  const dev = { dockerfile: join(root, 'hack/dev/Dockerfile'), context: join(root, 'hack/dev') };
  await buildAndPush(buildctl, { ...dev, reference: target, args: { BASE: `${target}-base` } }, console.log);
}

if (import.meta.main) await main(process.argv.slice(2));
