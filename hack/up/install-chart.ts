// Installs or upgrades the chart with the images just provided. Helm refuses to go on after it was killed half-way
// ("another operation is in progress"): the record of the unfinished release is removed first, the objects stay.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Kubectl } from '../cluster/kubectl.ts';
import { names, type Settings } from '../settings.ts';
import { run } from '../shell.ts';
import type { OwnReferences } from './own-images-step.ts';

const chart = new URL('../../charts/faibric/', import.meta.url).pathname;

/** What the installation depends on besides the settings. */
export type Installation = {
  readonly references: OwnReferences;
  readonly sampleData: boolean;
  readonly helm: string;
};

const secretList = z.object({
  items: z.array(
    z.object({ metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()) }) }),
  ),
});

/** The `--set` words of an installation. Pure. */
export function chartValues(settings: Settings, installation: Omit<Installation, 'helm'>): string[] {
  const strings = {
    ...Object.fromEntries(
      Object.entries(installation.references).map(([name, ref]) => [`images.${name}`, ref]),
    ),
    'auth.single.owner': settings.owner,
  };
  return [
    ...Object.entries(strings).flatMap(([key, value]) => ['--set-string', `${key}=${value}`]),
    ...['--set', `publicPort=${settings.httpPort}`, '--set', `gateway.sampleData=${installation.sampleData}`],
  ];
}

/** Installs the chart, with the model's Secret before it. */
export async function installChart(
  settings: Settings,
  kubectl: Kubectl,
  installation: Installation,
): Promise<void> {
  await kubectl.run(['apply', '-f', '-'], JSON.stringify(namespace()));
  const changed = await applyModel(settings, kubectl);
  await removeUnfinishedRelease(kubectl);
  const where = ['--kube-context', names.context, '--namespace', names.systemNamespace];
  const values = ['--values', `${chart}values-kind.yaml`, ...chartValues(settings, installation)];
  await run(installation.helm, ['upgrade', '--install', names.release, chart, ...where, ...values], {
    timeoutMs: 300_000,
  });
  if (changed) {
    await kubectl.attempt(['-n', names.systemNamespace, 'rollout', 'restart', 'deployment/faibric-operator']);
  }
}

const namespace = () => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: names.systemNamespace,
    labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
  },
});

/** Puts the model's settings of the environment into its Secret. None set: what is there stays. */
async function applyModel(settings: Settings, kubectl: Kubectl): Promise<boolean> {
  if (Object.keys(settings.model).length === 0) return false;
  const digest = createHash('sha256').update(JSON.stringify(settings.model)).digest('hex').slice(0, 16);
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'faibric-model',
      namespace: names.systemNamespace,
      annotations: { 'faibric.dev/digest': digest },
    },
    stringData: settings.model,
  };
  const there = await kubectl.attempt([
    ...['-n', names.systemNamespace, 'get', 'secret', 'faibric-model'],
    '-o',
    'json',
  ]);
  if (there.ok && there.stdout.includes(`"faibric.dev/digest": "${digest}"`)) return false;
  await kubectl.run(['apply', '--server-side', '--force-conflicts', '-f', '-'], JSON.stringify(secret));
  return there.ok; // a first Secret is there before the operator is
}

async function removeUnfinishedRelease(kubectl: Kubectl): Promise<void> {
  const records = ['secrets', '-n', names.systemNamespace, '-l', `owner=helm,name=${names.release}`];
  const { items } = secretList.parse(await kubectl.get(records));
  const unfinished = items.filter((item) => (item.metadata.labels.status ?? '').startsWith('pending-'));
  for (const item of unfinished) {
    await kubectl.run(['delete', 'secret', '-n', names.systemNamespace, item.metadata.name]);
  }
}
