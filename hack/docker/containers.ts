// Containers and networks by name, through the `docker` program. States are read from `docker inspect`, never
// guessed: after an engine was killed, a container may be there, stopped, or called dead.
import { z } from 'zod';
import { attempt, run } from '../shell.ts';

/** How a container is. `missing` also when the engine does not answer. */
export type ContainerState = 'running' | 'stopped' | 'missing';

const inspected = z.array(
  z.object({
    State: z.object({ Running: z.boolean(), StartedAt: z.string() }),
    Config: z.object({ Image: z.string() }),
    NetworkSettings: z.object({ Networks: z.record(z.string(), z.unknown()) }),
  }),
);

/** What is known of a container, or undefined when there is none of this name. */
export async function inspectContainer(name: string) {
  const outcome = await attempt('docker', ['inspect', '--type', 'container', name], { timeoutMs: 20_000 });
  if (!outcome.ok) return undefined;
  const container = inspected.parse(JSON.parse(outcome.stdout))[0];
  if (container === undefined) return undefined;
  return {
    running: container.State.Running,
    startedAt: new Date(container.State.StartedAt),
    image: container.Config.Image,
    networks: Object.keys(container.NetworkSettings.Networks),
  };
}

/** The state of a container. */
export async function containerState(name: string): Promise<ContainerState> {
  const container = await inspectContainer(name);
  if (container === undefined) return 'missing';
  return container.running ? 'running' : 'stopped';
}

/** Removes a container with its anonymous volumes; says nothing when there is none. */
export async function removeContainer(name: string): Promise<void> {
  const outcome = await attempt('docker', ['rm', '--force', '--volumes', name], { timeoutMs: 60_000 });
  if (!outcome.ok && !/no such container/i.test(outcome.stderr)) throw new Error(outcome.stderr);
}

/** Whether the engine has an image under this name. */
export async function hasImage(name: string): Promise<boolean> {
  return (await attempt('docker', ['image', 'inspect', '--format', '{{.Id}}', name], { timeoutMs: 20_000 }))
    .ok;
}

/** Whether a network is there. */
export async function hasNetwork(name: string): Promise<boolean> {
  return (await attempt('docker', ['network', 'inspect', name], { timeoutMs: 20_000 })).ok;
}

/** Makes the network in which kind runs its nodes, when kind has not made it yet; says whether it did. */
export async function ensureNetwork(name: string): Promise<boolean> {
  if (await hasNetwork(name)) return false;
  const options = ['--driver', 'bridge', '--opt', 'com.docker.network.bridge.enable_ip_masquerade=true'];
  await run('docker', ['network', 'create', ...options, name]);
  return true;
}
