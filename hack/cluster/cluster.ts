// The kind cluster: made when it is missing, started when it is stopped, made again when it is only half there.
import { setTimeout as wait } from 'node:timers/promises';
import { containerState } from '../docker/containers.ts';
import { names, type Settings } from '../settings.ts';
import { attempt, run } from '../shell.ts';
import { readState, updateState } from '../state/state.ts';
import { writeKindConfig } from './kind-config.ts';

type Say = (line: string) => void;

/** Programs by path, and the node image. */
export type ClusterParts = { readonly kind: string; readonly kubectl: string; readonly nodeImage: string };

/** What had to be done. */
export type ClusterOutcome = 'was running' | 'started' | 'created';

const readyLimitMs = 120_000;

/** Makes sure that the cluster's API answers and its node is ready. */
export async function ensureCluster(
  settings: Settings,
  parts: ClusterParts,
  say: Say,
): Promise<ClusterOutcome> {
  const node = await containerState(names.node);
  if (node === 'missing') return await createCluster(settings, parts, say);
  if (node === 'stopped') {
    say('starting the stopped node');
    await run('docker', ['start', names.node]);
  }
  await run(parts.kind, ['export', 'kubeconfig', '--name', names.cluster]).catch(() => undefined);
  if (await becomesReady(parts.kubectl, say)) return node === 'stopped' ? 'started' : 'was running';
  if (!(await readState(settings.stateDir)).cluster) {
    throw new Error(
      `A kind cluster named ${names.cluster} is there that "npm run up" did not make, and it does not become ready. ` +
        `Delete it with: kind delete cluster --name ${names.cluster}`,
    );
  }
  say('the cluster does not become ready: making it again');
  await deleteCluster(parts.kind);
  return await createCluster(settings, parts, say);
}

async function createCluster(settings: Settings, parts: ClusterParts, say: Say): Promise<ClusterOutcome> {
  await updateState(settings.stateDir, { cluster: true, httpPort: settings.httpPort });
  const config = await writeKindConfig(settings);
  await deleteCluster(parts.kind); // half of one keeps its name in kubeconfig
  const args = ['create', 'cluster', '--config', config, '--image', parts.nodeImage, '--wait', '120s'];
  await run(parts.kind, args, {
    timeoutMs: 600_000,
    onLine: (line) => say(line.replace(/\p{Extended_Pictographic}|\uFE0F/gu, '').trim()),
  });
  if (!(await becomesReady(parts.kubectl, say))) throw new Error('The new cluster does not become ready.');
  return 'created';
}

/** Deletes the cluster; nothing happens when there is none. */
export async function deleteCluster(kind: string): Promise<void> {
  await run(kind, ['delete', 'cluster', '--name', names.cluster], { timeoutMs: 120_000 });
}

/** Waits until the API server says ready and so does the node. */
async function becomesReady(kubectl: string, say: Say): Promise<boolean> {
  const deadline = Date.now() + readyLimitMs;
  const context = ['--context', names.context, '--request-timeout', '5s'];
  while (Date.now() < deadline) {
    const condition = '{.status.conditions[?(@.type=="Ready")].status}';
    const outcome = await attempt(kubectl, [
      ...context,
      'get',
      'node',
      names.node,
      '-o',
      `jsonpath=${condition}`,
    ]);
    if (
      outcome.ok &&
      outcome.stdout.trim() === 'True' &&
      (await attempt(kubectl, [...context, 'get', '--raw', '/readyz'])).ok
    ) {
      return true;
    }
    if ((await containerState(names.node)) !== 'running') return false;
    say(outcome.ok ? 'waiting for the node to become ready' : 'waiting for the API server');
    await wait(500);
  }
  return false;
}
