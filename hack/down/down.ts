// `npm run down`: undoes what `up` did on this machine, by its own record: cluster, registry, builder, network, and the
// engine when `up` started it. What the record does not name is left alone. `--purge` also removes caches and state.
import { rm } from 'node:fs/promises';
import { deleteCluster } from '../cluster/cluster.ts';
import { removeContainer } from '../docker/containers.ts';
import { engineVersion, ensureEngine } from '../docker/engine.ts';
import { engineTraces, removeOwnEngine, stopService } from '../docker/remove-engine.ts';
import { removeBuilder } from '../images/builder.ts';
import { names, readSettings, type Settings } from '../settings.ts';
import { attempt } from '../shell.ts';
import { clearState, readState, type State } from '../state/state.ts';
import { findTool } from '../tools/tool.ts';
import { takeLock } from '../up/lock.ts';
import { runSteps, type Say, type Step } from '../up/steps.ts';

const usage = `npm run down [-- --purge]

Deletes the local cluster with all apps and their data, the registry and the builder, and stops the Docker engine
when "up" started it. --purge also removes the caches (binaries and images) and the record of what was made.`;

/** Whether the record names anything that an engine holds. */
const holdsAnything = (state: State) => state.cluster || state.registry || state.builder || state.network;

/** Whether the engine runs because of `up`. */
const startedEngine = (state: State) => state.engine?.started === true || state.service === true;

function engineSteps(settings: Settings, state: State, purge: boolean): Step[] {
  const start: Step = {
    title: 'Docker engine',
    run: async (say) => {
      // What a stopped engine holds can only be deleted by it.
      if (startedEngine(state)) await ensureEngine(settings, say);
      return (await engineVersion()) === undefined ? 'none answers' : undefined;
    },
  };
  const remove = (title: string, wanted: boolean, act: (say: Say) => Promise<unknown>): Step[] =>
    wanted
      ? [
          {
            title,
            run: async (say) => {
              await act(say);
              return 'removed';
            },
          },
        ]
      : [];
  return [
    ...(holdsAnything(state) ? [start] : []),
    ...remove('Kubernetes cluster', state.cluster, async () => await removeCluster(settings)),
    ...remove('Builder', state.builder, async () => await removeBuilder()),
    ...remove('Registry', state.registry, async () => await removeContainer(names.registry)),
    ...remove('Network', state.network, removeNetwork),
    ...(purge ? remove('Images', holdsAnything(state), removeImages) : []),
  ];
}

/** kind knows best; without it, its node container is all there is to remove. */
async function removeCluster(settings: Settings): Promise<void> {
  const kind = await findTool(settings, 'kind');
  if (kind === undefined) await removeContainer(names.node);
  else await deleteCluster(kind);
}

/** Somebody's own kind cluster may use the network by now: then it stays. */
async function removeNetwork(): Promise<void> {
  await attempt('docker', ['network', 'rm', names.network]);
}

/** Images that `up` built and loaded; pulled ones may be somebody else's too. */
async function removeImages(): Promise<void> {
  const listed = await attempt('docker', ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}']);
  const ours = listed.stdout
    .split('\n')
    .filter((name) => /:faibric-|^kindest\/node:v[\d.]+-[0-9a-f]{16}$/.test(name));
  for (const image of ours) await attempt('docker', ['image', 'rm', image]);
}

async function stopEngine(settings: Settings, state: State): Promise<string> {
  const traces = await engineTraces();
  if (state.engine?.started === true) await removeOwnEngine(settings, traces);
  else await stopService(traces);
  return 'stopped';
}

/** Takes everything down. */
export async function down(settings: Settings, purge: boolean): Promise<void> {
  const state = await readState(settings.stateDir);
  const steps = engineSteps(settings, state, purge);
  if (startedEngine(state)) {
    steps.push({ title: 'Docker engine of ours', run: async () => await stopEngine(settings, state) });
  }
  if (purge) {
    steps.push({
      title: 'Caches',
      run: async () => {
        await attempt('chmod', ['-R', 'u+w', settings.cacheDir], { timeoutMs: 300_000 }); // Go's are read-only
        await rm(settings.cacheDir, { recursive: true, force: true });
        return 'removed';
      },
    });
  }
  if (steps.length === 0) console.log('Nothing of ours is there.');
  await runSteps(steps);
  await clearState(settings.stateDir);
}

async function main(): Promise<void> {
  const words = process.argv.slice(2).filter((word) => word !== '--');
  const unknown = words.find((word) => word !== '--purge' && word !== '--help');
  if (unknown !== undefined) throw new Error(`Unknown option ${unknown}.\n\n${usage}`);
  if (words.includes('--help')) return console.log(usage);
  const settings = readSettings();
  const free = await takeLock(settings.stateDir, (line) => console.log(line));
  try {
    await down(settings, words.includes('--purge'));
  } finally {
    free();
  }
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  });
}
