// The BuildKit that builds our own images on this machine: a container on kind's network, because the one in the
// cluster comes with the chart, and the chart needs these images. It is stopped when nothing is to be built.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { inspectContainer, removeContainer } from '../docker/containers.ts';
import { names, type Settings } from '../settings.ts';
import { attempt, run } from '../shell.ts';
import { updateState } from '../state/state.ts';

const config = `# Written by "npm run up": ask the local registry first.
[registry."docker.io"]
  mirrors = ["${names.registryInside}"]
[registry."${names.registryInside}"]
  http = true
`;

const volume = 'faibric-buildkitd';

/** Starts the builder, made first when it is missing or of another image. */
export async function startBuilder(settings: Settings, image: string): Promise<void> {
  const there = await inspectContainer(names.builder);
  if (there !== undefined && there.image !== image) await removeContainer(names.builder);
  if (there === undefined || there.image !== image) {
    await updateState(settings.stateDir, { builder: true });
    await mkdir(settings.stateDir, { recursive: true });
    const file = join(settings.stateDir, 'buildkitd.toml');
    await writeFile(file, config);
    const mounts = [
      '--volume',
      `${volume}:/var/lib/buildkit`,
      '--volume',
      `${file}:/etc/buildkit/buildkitd.toml:ro`,
    ];
    const where = ['--name', names.builder, '--network', names.network, '--privileged'];
    await run('docker', ['run', '--detach', ...where, ...mounts, image], { timeoutMs: 300_000 });
  } else if (!there.running) {
    await run('docker', ['start', names.builder]);
  }
  await builderAnswers();
}

async function builderAnswers(): Promise<void> {
  const deadline = Date.now() + 30_000;
  let last = '';
  while (Date.now() < deadline) {
    const outcome = await attempt('docker', ['exec', names.builder, 'buildctl', 'debug', 'workers'], {
      timeoutMs: 5_000,
    });
    if (outcome.ok) return;
    last = outcome.stderr;
    await wait(250);
  }
  throw new Error(`BuildKit does not answer in the container ${names.builder}: ${last}`);
}

/** Stops the builder: it takes memory that the cluster can use. Its cache stays. */
export async function stopBuilder(): Promise<void> {
  await attempt('docker', ['stop', '--time', '5', names.builder], { timeoutMs: 30_000 });
}

/** Removes the builder and its cache. */
export async function removeBuilder(): Promise<void> {
  await removeContainer(names.builder);
  await attempt('docker', ['volume', 'rm', '--force', volume]);
}

/** A Dockerfile to build: its path and its context's, and the name to push to the local registry. */
export type BuildJob = {
  readonly dockerfile: string;
  readonly context: string;
  readonly reference: string;
  readonly args?: Readonly<Record<string, string>>;
};

/** Builds a Dockerfile and pushes the result to the local registry. */
export async function buildAndPush(
  buildctl: string,
  job: BuildJob,
  say: (line: string) => void,
): Promise<void> {
  const args = [
    ...['--addr', `docker-container://${names.builder}`, 'build', '--progress', 'plain'],
    ...['--frontend', 'dockerfile.v0', '--local', `context=${job.context}`],
    ...['--local', `dockerfile=${dirname(job.dockerfile)}`],
    ...Object.entries(job.args ?? {}).flatMap(([key, value]) => ['--opt', `build-arg:${key}=${value}`]),
    ...['--output', `type=image,name=${job.reference},push=true,registry.insecure=true`],
  ];
  await run(buildctl, args, { timeoutMs: 600_000, onLine: (line) => say(line.replace(/^#\d+ /, '').trim()) });
}
