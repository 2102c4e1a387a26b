// The registry container on kind's network. It must run before the cluster is made: the node pulls its own control
// plane through it where images are built here.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ensureNetwork, hasImage, inspectContainer, removeContainer } from '../docker/containers.ts';
import { writeLoadArchive } from '../images/oci.ts';
import { names, type Settings } from '../settings.ts';
import { run } from '../shell.ts';
import { updateState } from '../state/state.ts';

/** Loads a packed image directory into the engine under a name, unless the engine has it. */
export async function loadImage(dir: string, name: string): Promise<void> {
  if (await hasImage(name)) return;
  const archive = join(dir, 'load.tar');
  await writeLoadArchive(dir, name, archive);
  await run('docker', ['load', '--input', archive], { timeoutMs: 300_000 });
  await rm(archive);
}

/** Makes sure that the registry runs and answers. `image` is in the engine or can be pulled. */
export async function ensureRegistry(settings: Settings, image: string): Promise<void> {
  const there = await inspectContainer(names.registry);
  if (there !== undefined && !there.running) await run('docker', ['start', names.registry]);
  if (there === undefined) await createRegistry(settings, image);
  else if (!there.networks.includes(names.network)) {
    if (await ensureNetwork(names.network)) await updateState(settings.stateDir, { network: true });
    await run('docker', ['network', 'connect', names.network, names.registry]);
  }
  await registryAnswers();
}

async function createRegistry(settings: Settings, image: string): Promise<void> {
  await updateState(settings.stateDir, { registry: true });
  if (await ensureNetwork(names.network)) await updateState(settings.stateDir, { network: true });
  await removeContainer(names.registry); // one that is half made
  await run(
    'docker',
    [
      ...['run', '--detach', '--restart', 'unless-stopped', '--name', names.registry],
      ...['--network', names.network, '--publish', `${names.registryHost}:5000`, image],
    ],
    { timeoutMs: 300_000 },
  );
}

async function registryAnswers(): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const answer = await fetch(`http://${names.registryHost}/v2/`, {
      signal: AbortSignal.timeout(2_000),
    }).catch(() => undefined);
    if (answer?.ok) return;
    await wait(200);
  }
  throw new Error(
    `The registry container ${names.registry} runs but does not answer on ${names.registryHost}.`,
  );
}
