// Packets from inside a pod's network, without a program in the pod: the node enters the network namespace of one of the
// pod's processes and opens a connection there. What is asked is the network, so an image without a shell is no matter.
import { z } from 'zod';
import { names } from '../../settings.ts';
import { attempt, run } from '../../shell.ts';
import { getJson, tryKubectl } from './kubectl.ts';

/** A running pod. */
export interface Pod {
  name: string;
  uid: string;
  ip: string;
}

const pods = z.object({
  items: z.array(
    z.object({
      metadata: z.object({
        name: z.string(),
        uid: z.string(),
        namespace: z.string(),
        deletionTimestamp: z.string().optional(),
      }),
      status: z.object({ phase: z.string(), podIP: z.string().optional() }),
    }),
  ),
});

/** The first running pod with these labels. */
export async function findPod(namespace: string, selector: string): Promise<Pod> {
  const { items } = pods.parse(await getJson(['pods', '-n', namespace, '-l', selector]));
  const found = items.find((one) => one.status.phase === 'Running' && !one.metadata.deletionTimestamp);
  if (found?.status.podIP === undefined) throw new Error(`no running pod ${selector} in ${namespace}`);
  return { ...found.metadata, ip: found.status.podIP };
}

/** True when the cluster's network turns policies into rules: kind's own does, and the one of the node that we build. */
export async function enforcesPolicies(): Promise<boolean> {
  const args = ['get', 'configmap', 'faibric-network', '-n', 'kube-system', '-o', 'jsonpath={.data}'];
  const { ok, stdout } = await tryKubectl(args);
  return !ok || stdout.includes('"enforcesNetworkPolicy":"true"');
}

const shell = (script: string) => ['exec', names.node, 'bash', '-c', script];

// A cgroup's path names the pod's UID, with dashes or with underscores.
const findProcess = (uid: string): string =>
  `grep -lE '${uid}|${uid.replaceAll('-', '_')}' /proc/[0-9]*/cgroup 2>/dev/null | head -n 1`;

/** The address that the node finds for a host's name. */
export async function addressOnNode(host: string): Promise<string> {
  const [address = ''] = (await run('docker', shell(`getent ahostsv4 ${host}`))).split(/\s/);
  return address;
}

/** Whether a connection from inside the pod's network comes about within two seconds. */
export async function canConnect(from: Pod, address: string, port: number): Promise<boolean> {
  const path = (await run('docker', shell(findProcess(from.uid)))).trim();
  const pid = /^\/proc\/(\d+)\//.exec(path)?.[1];
  if (pid === undefined) throw new Error(`no process of pod ${from.name} on the node`);
  const knock = `nsenter -t ${pid} -n timeout 2 bash -c '</dev/tcp/${address}/${port}'`;
  return (await attempt('docker', shell(knock), { timeoutMs: 20_000 })).ok;
}
