// Memory as the node's kernel counts it: the working set of each container, read from containerd. The kubelet's
// summary would do too, but its figures are up to 15 s old.
import { execa } from 'execa';
import { z } from 'zod';

const NODE = 'faibric-control-plane';

const statsSchema = z.object({
  stats: z.array(
    z.object({
      attributes: z.object({ labels: z.record(z.string(), z.string()) }),
      memory: z.object({ workingSetBytes: z.object({ value: z.coerce.number() }).nullish() }).nullish(),
    }),
  ),
});

/** One container and what it holds in memory. */
export interface ContainerMemory {
  namespace: string;
  pod: string;
  container: string;
  mebibytes: number;
}

/** Every container of the node. */
export async function containerMemory(): Promise<ContainerMemory[]> {
  const { stdout } = await execa('docker', ['exec', NODE, 'crictl', 'stats', '-o', 'json'], {
    timeout: 30_000,
  });
  return statsSchema.parse(JSON.parse(stdout)).stats.map(({ attributes, memory }) => ({
    namespace: attributes.labels['io.kubernetes.pod.namespace'] ?? '',
    pod: attributes.labels['io.kubernetes.pod.name'] ?? '',
    container: attributes.labels['io.kubernetes.container.name'] ?? '',
    mebibytes: (memory?.workingSetBytes?.value ?? 0) / 1024 / 1024,
  }));
}
