// Builds and pushes those of our images whose sources have changed, and nothing when none has.
import { join } from 'node:path';
import { containerState } from '../docker/containers.ts';
import { buildAndPush, startBuilder, stopBuilder } from '../images/builder.ts';
import { bundle } from '../images/bundle.ts';
import { pushedDigest } from '../images/oci.ts';
import { type OwnImage, ownImages, ownImageTag, ownReference, ownRepository } from '../images/own-images.ts';
import { recipeEntry } from '../images/recipe.ts';
import { fullName, imageName, thirdPartyImages } from '../images/third-party.ts';
import { names, type Settings } from '../settings.ts';
import type { Say } from './steps.ts';
import { findBuildctl } from './third-party-steps.ts';

const root = new URL('../../', import.meta.url).pathname;

/** References of our images by name. */
export type OwnReferences = Readonly<Record<OwnImage['name'], string>>;

/** What the images stand on: built bases change with their recipes, pulled ones with their tags. */
function basesDigest(mode: 'pull' | 'build'): string {
  const bases = thirdPartyImages.filter((image) => /node$|nginx$|buildkit$/.test(image.repository));
  const part = (image: (typeof bases)[number]) =>
    mode === 'build' ? recipeEntry(imageName(image), image.recipe).key : fullName(image);
  return bases.map(part).join(' ');
}

type Wanted = { readonly image: OwnImage; readonly tag: string };

async function isMissing({ image, tag }: Wanted): Promise<boolean> {
  const target = { registry: names.registryHost, repository: ownRepository(image), tag };
  return (await pushedDigest(target)) === undefined;
}

/** Makes sure all our images are in the registry; gives their references and how many were built. */
export async function provideOwnImages(
  settings: Settings,
  parts: { mode: 'pull' | 'build'; buildkit: string },
  say: Say,
): Promise<{ references: OwnReferences; built: number }> {
  const bases = basesDigest(parts.mode);
  const wanted: Wanted[] = await Promise.all(
    ownImages.map(async (image) => ({ image, tag: await ownImageTag(root, image, bases) })),
  );
  const missing: Wanted[] = [];
  for (const item of wanted) if (await isMissing(item)) missing.push(item);
  if (missing.length > 0) await buildMissing(settings, { ...parts, missing }, say);
  const references = Object.fromEntries(
    wanted.map(({ image, tag }) => [image.name, ownReference(image, tag)]),
  );
  // Every name is in `wanted`, since it comes from the whole table.
  return { references: references as OwnReferences, built: missing.length };
}

async function buildMissing(
  settings: Settings,
  work: { mode: 'pull' | 'build'; buildkit: string; missing: readonly Wanted[] },
  say: Say,
): Promise<void> {
  for (const name of new Set(work.missing.map(({ image }) => image.bundle))) {
    say(`bundling ${name}`);
    await bundle(name);
  }
  await startBuilder(settings, work.buildkit);
  try {
    const buildctl = await findBuildctl(settings, work.mode);
    for (const { image, tag } of work.missing) {
      say(`building ${image.name}`);
      const job = {
        dockerfile: join(root, image.dockerfile),
        context: join(root, image.context),
        reference: ownReference(image, tag),
      };
      const tell = (line: string) => say(`${image.name}: ${line}`);
      await buildAndPush(buildctl, job, tell).catch(async (error: unknown) => {
        // Stopped by another hand or killed for memory: once more. A failing Dockerfile is no reason to.
        if ((await containerState(names.builder)) === 'running') throw error;
        await startBuilder(settings, work.buildkit);
        await buildAndPush(buildctl, job, tell);
      });
    }
  } finally {
    await stopBuilder();
  }
}
