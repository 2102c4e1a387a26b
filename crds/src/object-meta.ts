// The part of Kubernetes' ObjectMeta that Faibric reads, for parsing watched objects. It never enters a CRD
// schema: the API server owns metadata.
import { z } from 'zod';

/** One entry of `metadata.ownerReferences`. */
export const ownerReference = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
  uid: z.string(),
  controller: z.boolean().optional(),
});

/** `metadata` of an object read from the API server. Times are RFC 3339 strings. */
export const objectMeta = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string(),
  resourceVersion: z.string(),
  generation: z.number().optional(),
  creationTimestamp: z.string(),
  deletionTimestamp: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  finalizers: z.array(z.string()).optional(),
  ownerReferences: z.array(ownerReference).optional(),
});

/** `metadata` of an object read from the API server. */
export type ObjectMeta = z.infer<typeof objectMeta>;
