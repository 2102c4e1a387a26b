// The kind cluster: made when it is missing, started when it is stopped, made again when it was never finished. One
// that was finished holds people's apps and data: it is restarted, and never deleted without being asked.
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { containerState, inspectContainer } from '../docker/containers.ts';
import { names, type Settings } from '../settings.ts';
import { run } from '../shell.ts';
import { readState, updateState } from '../state/state.ts';
import { writeKindConfig } from './kind-config.ts';
import { type Kubectl, kubectlAt } from './kubectl.ts';

type Say = (line: string) => void;

/** Programs by path, and the node image. */
export type ClusterParts = { readonly kind: string; readonly kubectl: string; readonly nodeImage: string };

/** What had to be done. */
export type ClusterOutcome = 'was running' | 'started' | 'created';

// Generous: a busy machine takes minutes to start a control plane.
const readyLimitMs = 300_000;

/** Makes sure that the cluster's API answers and its node is ready. */
export async function ensureCluster(
  settings: Settings,
  parts: ClusterParts,
  say: Say,
): Promise<ClusterOutcome> {
  const state = await containerState(names.node);
  const { clusterHalfMade } = await readState(settings.stateDir);
  if (state === 'missing' || clusterHalfMade === true) return await createCluster(settings, parts, say);
  if (state === 'stopped') {
    say('starting the stopped node');
    await run('docker', ['start', names.node]);
  }
  await run(parts.kind, ['export', 'kubeconfig', '--name', names.cluster]).catch(() => undefined);
  if (await becomesReady(parts.kubectl, say)) return state === 'stopped' ? 'started' : 'was running';
  if (!(await readState(settings.stateDir)).cluster) {
    throw new Error(
      `A kind cluster named ${names.cluster} is there that "npm run up" did not make, and it does not become ready. ` +
        `Delete it with: kind delete cluster --name ${names.cluster}`,
    );
  }
  say('the cluster does not become ready: restarting its node');
  await run('docker', ['restart', '--time', '10', names.node], { timeoutMs: 120_000 });
  if (await becomesReady(parts.kubectl, say)) return 'started';
  throw new Error(
    'The cluster does not become ready, also after a restart of its node. It may hold apps and data, so it is not ' +
      `deleted. See why: docker logs ${names.node}. To start afresh without them: npm run down, then npm run up`,
  );
}

async function createCluster(settings: Settings, parts: ClusterParts, say: Say): Promise<ClusterOutcome> {
  await updateState(settings.stateDir, { cluster: true, clusterHalfMade: true, httpPort: settings.httpPort });
  const config = await writeKindConfig(settings);
  await deleteCluster(parts.kind); // half of one keeps its name in kubeconfig
  const args = ['create', 'cluster', '--config', config, '--image', parts.nodeImage, '--wait', '120s'];
  await run(parts.kind, args, {
    timeoutMs: 600_000,
    onLine: (line) => say(line.replace(/\p{Extended_Pictographic}|\uFE0F/gu, '').trim()),
  });
  if (!(await becomesReady(parts.kubectl, say))) throw new Error('The new cluster does not become ready.');
  await updateState(settings.stateDir, { clusterHalfMade: false });
  return 'created';
}

/** Deletes the cluster; nothing happens when there is none. */
export async function deleteCluster(kind: string): Promise<void> {
  await run(kind, ['delete', 'cluster', '--name', names.cluster], { timeoutMs: 120_000 });
}

const lease = z.object({ spec: z.object({ renewTime: z.coerce.date().optional() }) });
const node = z.object({
  status: z.object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })) }),
});

/** Waits until the API server is ready and the node too, by word of a kubelet that runs now. */
async function becomesReady(kubectlPath: string, say: Say): Promise<boolean> {
  const deadline = Date.now() + readyLimitMs;
  const kubectl = kubectlAt(kubectlPath);
  while (Date.now() < deadline) {
    const container = await inspectContainer(names.node);
    if (container?.running !== true) return false;
    const missing = await whatIsMissing(kubectl, container.startedAt);
    if (missing === undefined) return true;
    say(`waiting for ${missing}`);
    await wait(500);
  }
  return false;
}

/** After a restart all objects still say what was true before, so the kubelet's lease must be newer than the start. */
async function whatIsMissing(kubectl: Kubectl, startedAt: Date): Promise<string | undefined> {
  const get = async (args: readonly string[]) =>
    await kubectl.attempt(['--request-timeout', '5s', 'get', ...args]);
  if (!(await get(['--raw', '/readyz'])).ok) return 'the API server';
  const beat = await get(['lease', '-n', 'kube-node-lease', names.node, '-o', 'json']);
  const renewed = beat.ok ? lease.parse(JSON.parse(beat.stdout)).spec.renewTime : undefined;
  if (renewed === undefined || renewed < startedAt) return 'the kubelet';
  const found = await get(['node', names.node, '-o', 'json']);
  const conditions = found.ok ? node.parse(JSON.parse(found.stdout)).status.conditions : [];
  const ready = conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  return ready ? undefined : 'the node to become ready';
}
