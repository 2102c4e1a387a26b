// Decides whether images are pulled or built here. A registry is asked once, with a short time-out; a cluster that is
// there stays what it is, so that a lost connection does not start twenty minutes of compiling.
import type { Settings } from '../settings.ts';

/** Where the images come from. */
export type ImagesMode = 'pull' | 'build';

const askedRegistries = ['https://registry-1.docker.io/v2/', 'https://registry.k8s.io/v2/'];
const askLimitMs = 4_000;

/** The way: what is set, else what this machine's cluster was made with, else what the registries answer. */
export async function imagesMode(settings: Settings, before: ImagesMode | undefined): Promise<ImagesMode> {
  if (settings.images !== 'auto') return settings.images;
  return before ?? ((await registriesAnswer()) ? 'pull' : 'build');
}

/** Whether all registries that are needed speak the registry protocol; "unauthorized" is an answer. */
export async function registriesAnswer(): Promise<boolean> {
  const answers = await Promise.all(
    askedRegistries.map(async (url) => {
      const answer = await fetch(url, { signal: AbortSignal.timeout(askLimitMs) }).catch(() => undefined);
      return answer !== undefined && (answer.ok || answer.status === 401);
    }),
  );
  return answers.every((answered) => answered);
}
