// Provides the images of others, by building or by pulling, and leaves every part with a name that the engine, the
// node and BuildKit can use.
import { join } from 'node:path';
import { ensureRegistry, loadImage } from '../cluster/registry.ts';
import { hasImage } from '../docker/containers.ts';
import { builtNodeImage, ensureNodeImage } from '../images/node-image.ts';
import { pushImage } from '../images/oci.ts';
import { ensureImage } from '../images/recipe.ts';
import {
  buildkitImage,
  fullName,
  imageName,
  registryImage,
  thirdPartyImages,
} from '../images/third-party.ts';
import { names, type Settings } from '../settings.ts';
import { run } from '../shell.ts';
import { ensureGoPrograms } from '../tools/go-build.ts';
import { goProgramSets } from '../tools/go-modules.ts';
import type { Say } from './steps.ts';

/** The node image that kind 0.33 was released with for this minor release. */
const pulledNodeImage =
  'kindest/node:v1.35.8@sha256:07b2536e30b803ed61d1677a79df6115f798ce64c80f9e22f6ed45afd09323c0';

/** Images that the engine itself runs. */
export type EngineImages = { readonly node: string; readonly buildkit: string };

/** Makes every image that is not in the cache yet. */
export async function buildThirdParty(settings: Settings, say: Say): Promise<string | undefined> {
  for (const image of thirdPartyImages) {
    say(fullName(image));
    await ensureImage(settings.cacheDir, { name: imageName(image), recipe: image.recipe }, say);
  }
  say('the kind node image');
  await ensureNodeImage(settings.cacheDir, say);
  return undefined;
}

const builtDir = async (settings: Settings, image: (typeof thirdPartyImages)[number]) =>
  await ensureImage(settings.cacheDir, { name: imageName(image), recipe: image.recipe }, () => undefined);

/** The name in the engine of an image that we built: its content's key, so that a new recipe is a new name. */
function engineName(image: { repository: string }, dir: string): string {
  return `${image.repository.replace('library/', '')}:faibric-${dir.slice(-16)}`;
}

/** Loads what the engine runs, starts the registry and fills it. */
export async function provideBuilt(settings: Settings, say: Say): Promise<EngineImages> {
  const registryDir = await builtDir(settings, registryImage);
  await loadImage(registryDir, engineName(registryImage, registryDir));
  await ensureRegistry(settings, engineName(registryImage, registryDir));
  for (const image of thirdPartyImages) {
    say(`pushing ${image.repository}:${image.tag}`);
    const target = { registry: names.registryHost, repository: image.repository, tag: image.tag };
    await pushImage(await builtDir(settings, image), target);
  }
  const buildkitDir = await builtDir(settings, buildkitImage);
  const buildkit = engineName(buildkitImage, buildkitDir);
  say('loading the images that the engine runs');
  await loadImage(buildkitDir, buildkit);
  await loadImage(await ensureNodeImage(settings.cacheDir, say), builtNodeImage());
  return { node: builtNodeImage(), buildkit };
}

/** Pulls what the engine runs and starts the registry; the node pulls the rest itself. */
export async function providePulled(settings: Settings, say: Say): Promise<EngineImages> {
  const engine = {
    node: pulledNodeImage,
    buildkit: fullName(buildkitImage),
    registry: fullName(registryImage),
  };
  for (const image of Object.values(engine)) {
    if (await hasImage(image)) continue;
    say(`pulling ${image.split('@')[0]}`);
    await run('docker', ['pull', image], { timeoutMs: 900_000 });
  }
  await ensureRegistry(settings, engine.registry);
  return { node: engine.node, buildkit: engine.buildkit };
}

/** Where buildctl is: built beside BuildKit, or taken out of the running builder's image. */
export async function findBuildctl(settings: Settings, mode: 'pull' | 'build'): Promise<string> {
  if (mode === 'build') {
    return join(
      await ensureGoPrograms(settings.cacheDir, goProgramSets.buildkit, () => undefined),
      'buildctl',
    );
  }
  const path = join(settings.stateDir, 'buildctl');
  await run('docker', ['cp', `${names.builder}:/usr/bin/buildctl`, path]);
  return path;
}
