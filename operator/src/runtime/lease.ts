// The Lease object as the elector reads and writes it. Times in it are for people: whether a lease has run
// out is judged by how long *we* have seen it unchanged, since clocks of two machines may differ by hours.
import { z } from 'zod';
import type { KubeClient, KubeObject, ObjectMeta, ResourceType } from './kube-client.ts';
import { isKubeError } from './kube-error.ts';

/** The resource type of a Lease. */
export const leaseType: ResourceType = {
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
};

const specSchema = z.looseObject({
  holderIdentity: z.string().nullish(),
  leaseDurationSeconds: z.number().nullish(),
  acquireTime: z.string().nullish(),
  renewTime: z.string().nullish(),
  leaseTransitions: z.number().nullish(),
});

/** A lease's spec; an empty holder means that it is free. */
export type LeaseSpec = z.infer<typeof specSchema>;

/** A Lease object. */
export interface Lease extends KubeObject {
  spec: LeaseSpec;
}

/** Reads a lease; undefined when there is none. */
export async function readLease(
  client: KubeClient,
  ref: { namespace: string; name: string },
  signal?: AbortSignal,
): Promise<Lease | undefined> {
  const found = await client.get<KubeObject & { spec?: unknown }>(leaseType, ref, signal);
  return found && { ...found, spec: specSchema.parse(found.spec ?? {}) };
}

/** Writes a lease, new or guarded by its version; undefined when somebody else was faster. */
export async function writeLease(
  client: KubeClient,
  lease: { metadata: ObjectMeta; spec: LeaseSpec },
  signal?: AbortSignal,
): Promise<Lease | undefined> {
  try {
    const fresh = lease.metadata.resourceVersion === undefined;
    const options = { signal };
    if (fresh) return await client.create<Lease>(leaseType, lease, options);
    return await client.replace<Lease>(leaseType, lease, options);
  } catch (error) {
    if (isKubeError(error, 'conflict') || isKubeError(error, 'alreadyExists')) return undefined;
    throw error;
  }
}
