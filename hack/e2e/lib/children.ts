// The objects that the operator keeps for an app, found by their label, never by their expected names: a test
// that knows the names would not notice one too many.
import { LABELS } from '@faibric/crds';
import { z } from 'zod';
import { APPS, getJson } from './kubectl.ts';

/** Kinds that an app may have, as kubectl spells them. Pods and ReplicaSets belong to the Deployment. */
export const CHILD_KINDS = [
  'deployments.apps',
  'services',
  'serviceaccounts',
  'networkpolicies.networking.k8s.io',
  'configmaps',
  'ingressroutes.traefik.io',
  'middlewares.traefik.io',
] as const;

const list = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      metadata: z.object({ name: z.string(), uid: z.string(), resourceVersion: z.string() }),
      spec: z.unknown().optional(),
    }),
  ),
});

/** One object of an app. */
export interface Child {
  kind: string;
  name: string;
  uid: string;
  resourceVersion: string;
  spec: unknown;
}

/** Reads the objects of the given kinds that carry the app's label. */
export async function childrenOf(name: string, kinds: readonly string[] = CHILD_KINDS): Promise<Child[]> {
  const found = list.parse(await getJson([kinds.join(','), '-n', APPS, '-l', `${LABELS.app}=${name}`]));
  return found.items.map(({ kind, metadata, spec }) => ({ kind, ...metadata, spec }));
}
