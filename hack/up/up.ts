// `npm run up`: makes the local cluster from whatever this machine has, installs Faibric, and with a prompt goes on to
// make that app. Every step is idempotent: run again, it repairs what is missing and leaves what is right.
import { ensureCluster } from '../cluster/cluster.ts';
import { kubectlAt } from '../cluster/kubectl.ts';
import { freeReleasedVolumes } from '../cluster/volumes.ts';
import { ensureEngine } from '../docker/engine.ts';
import { ensureTree } from '../images/root-file-systems.ts';
import { names, readSettings, type Settings } from '../settings.ts';
import { attempt } from '../shell.ts';
import { updateState } from '../state/state.ts';
import { dropGoCaches, ensureGoPrograms } from '../tools/go-build.ts';
import { ensureTool } from '../tools/tool.ts';
import { parseUpArguments, type UpArguments, upUsage } from './arguments.ts';
import { awaitReady } from './await-ready.ts';
import { awaitApps, createApp, followApp } from './create-app.ts';
import { installChart } from './install-chart.ts';
import { hostHeader } from './local-request.ts';
import { takeLock } from './lock.ts';
import { lookAtMachine, type Machine } from './machine.ts';
import { type OwnReferences, provideOwnImages } from './own-images-step.ts';
import { planLines, preflight } from './preflight.ts';
import { runSteps, type Step, type Steps } from './steps.ts';
import { buildThirdParty, type EngineImages, provideBuilt, providePulled } from './third-party-steps.ts';

/** What earlier steps leave for later ones. */
type Found = { engine?: EngineImages; references?: OwnReferences; kubectl?: string; url?: string };

/** A value that an earlier step must have left. */
function left<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a step ran before what it needs');
  return value;
}

const engineStep = (settings: Settings): Step => ({
  title: 'Docker engine',
  run: async (say) => await ensureEngine(settings, say),
});

/** Engine and packages beside the long compilation, where there is any. */
function groundSteps(settings: Settings, machine: Machine): Steps {
  const compile = machine.goSetsToBuild.map(
    (set): Step => ({
      title: `Compile ${Object.keys(set.programs).join(', ')}`,
      run: async (say) => {
        await ensureGoPrograms(settings.cacheDir, set, say);
        return undefined;
      },
    }),
  );
  const trees: Step = {
    title: 'Debian packages',
    run: async (say) => {
      for (const name of ['node', 'parts'] as const) await ensureTree(settings.cacheDir, name, say);
      return undefined;
    },
  };
  const first = [engineStep(settings), ...(machine.treesToBuild > 0 ? [trees] : [])];
  return compile.length === 0 ? first : [[first, compile]];
}

function thirdPartySteps(settings: Settings, machine: Machine, found: Found): Steps {
  const build: Step = { title: 'Images of others', run: async (say) => await buildThirdParty(settings, say) };
  const provide: Step = {
    title: 'Local registry',
    run: async (say) => {
      found.engine = await (machine.mode === 'build' ? provideBuilt : providePulled)(settings, say);
      await updateState(settings.stateDir, { images: machine.mode });
      if (machine.goSetsToBuild.length > 0) await dropGoCaches(settings.cacheDir);
      return undefined;
    },
  };
  return machine.imagesToBuild > 0 ? [build, provide] : [provide];
}

function clusterSteps(settings: Settings, machine: Machine, found: Found): Steps {
  const cluster: Step = {
    title: 'Kubernetes cluster',
    run: async (say) => {
      const kind = await ensureTool(settings, 'kind', say);
      found.kubectl = await ensureTool(settings, 'kubectl', say);
      const parts = { kind, kubectl: found.kubectl, nodeImage: left(found.engine).node };
      const outcome = await ensureCluster(settings, parts, say);
      if (machine.mode === 'build') await freeReleasedVolumes(kubectlAt(found.kubectl));
      return outcome;
    },
  };
  const own: Step = {
    title: 'Faibric’s images',
    run: async (say) => {
      const parts = { mode: machine.mode, buildkit: left(found.engine).buildkit };
      const { references, built } = await provideOwnImages(settings, parts, say);
      found.references = references;
      return built === 0 ? 'unchanged' : `${built} built`;
    },
  };
  return machine.cluster === 'missing' ? [[[cluster], [own]]] : [cluster, own];
}

function installSteps(settings: Settings, words: UpArguments, found: Found): Steps {
  const install: Step = {
    title: 'Faibric',
    run: async (say) => {
      const helm = await ensureTool(settings, 'helm', say);
      const installation = { references: left(found.references), sampleData: words.sampleData, helm };
      const kubectl = kubectlAt(left(found.kubectl));
      await installChart(settings, kubectl, installation);
      await awaitReady(kubectl, settings.httpPort, say);
      return await awaitApps(kubectl, say);
    },
  };
  const warm: Step = {
    title: 'Server image on the node',
    run: async () => {
      // The first app's pod then pulls only its own small layer. Not being able to is no reason to stop.
      const pull = [
        'ctr',
        '--namespace',
        'k8s.io',
        'images',
        'pull',
        '--hosts-dir',
        '/etc/containerd/certs.d',
      ];
      const reference = left(found.references).server;
      const has = [
        'exec',
        names.node,
        'ctr',
        '--namespace',
        'k8s.io',
        'images',
        'check',
        '--quiet',
        `name==${reference}`,
      ];
      if ((await attempt('docker', has)).stdout.includes(reference)) return 'there';
      return (await attempt('docker', ['exec', names.node, ...pull, reference])).ok ? undefined : 'later';
    },
  };
  return [install, warm];
}

function appSteps(settings: Settings, prompt: string, found: Found): Steps {
  return [
    {
      title: `App: ${prompt.length > 60 ? `${prompt.slice(0, 60)}…` : prompt}`,
      run: async (say) => {
        const { id } = await createApp(settings.httpPort, prompt);
        found.url = await followApp(settings.httpPort, id, say);
        return undefined;
      },
    },
  ];
}

/** True when the node that we built turns NetworkPolicies into rules. */
async function enforcesPolicies(kubectl: string): Promise<boolean> {
  const found = await kubectlAt(kubectl).attempt([
    ...['get', 'configmap', 'faibric-network', '-n', 'kube-system'],
    ...['-o', 'jsonpath={.data.enforcesNetworkPolicy}'],
  ]);
  return found.ok && found.stdout.trim() === 'true';
}

/** Brings everything up; gives the address to print last. */
export async function up(settings: Settings, words: UpArguments): Promise<string> {
  const machine = await lookAtMachine(settings);
  const problems = preflight(machine, settings);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  console.log(
    `Going to:\n${planLines(machine)
      .map((line) => `  - ${line}`)
      .join('\n')}\n`,
  );
  const found: Found = {};
  await runSteps([
    ...groundSteps(settings, machine),
    ...thirdPartySteps(settings, machine, found),
    ...clusterSteps(settings, machine, found),
    ...installSteps(settings, words, found),
    ...(words.prompt === undefined ? [] : appSteps(settings, words.prompt, found)),
  ]);
  if (machine.mode === 'build' && !(await enforcesPolicies(left(found.kubectl)))) {
    console.log(
      '\nNote: this cluster is of an older make and enforces no NetworkPolicy; `down` and `up` make a new one.',
    );
  }
  const dashboard = `http://${hostHeader({ host: 'faibric.localhost', port: settings.httpPort })}`;
  if (found.url !== undefined) console.log(`\nDashboard: ${dashboard}`);
  return found.url ?? dashboard;
}

async function main(): Promise<void> {
  const words = parseUpArguments(process.argv.slice(2));
  if (words.help) return console.log(upUsage);
  const settings = readSettings();
  const free = await takeLock(settings.stateDir, (line) => console.log(line));
  try {
    const address = await up(settings, words);
    console.log(`\n${address}`);
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
