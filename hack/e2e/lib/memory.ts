// Memory as the node's kernel counts it, told by the kubelet: the working set of the whole pod, its pause container
// included. The figures are up to 15 s old.
import { z } from 'zod';
import { kubectl } from './kubectl.ts';

const NODE = 'faibric-control-plane';

const summarySchema = z.object({
  pods: z.array(
    z.object({
      podRef: z.object({ name: z.string(), namespace: z.string() }),
      memory: z.object({ workingSetBytes: z.number().optional() }).optional(),
      containers: z
        .array(z.object({ memory: z.object({ workingSetBytes: z.number().optional() }).optional() }))
        .optional(),
    }),
  ),
});

/** A pod and what it holds in memory. */
export interface PodMemory {
  namespace: string;
  pod: string;
  mebibytes: number;
}

/** Every pod of the node. A kubelet that counts no pods is asked for their containers instead. */
export async function podMemory(): Promise<PodMemory[]> {
  const summary = await kubectl(['get', '--raw', `/api/v1/nodes/${NODE}/proxy/stats/summary`]);
  return summarySchema.parse(JSON.parse(summary)).pods.map(({ podRef, memory, containers = [] }) => {
    const parts = containers.map((one) => one.memory?.workingSetBytes ?? 0);
    const bytes = memory?.workingSetBytes ?? parts.reduce((sum, part) => sum + part, 0);
    return { namespace: podRef.namespace, pod: podRef.name, mebibytes: bytes / 1024 / 1024 };
  });
}
