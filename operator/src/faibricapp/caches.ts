// The caches a reconcile reads from: apps, revisions, pods and every kind of child, in the apps' namespace alone.
import { FIELD_MANAGERS, LABELS } from '@faibric/crds';
import type { KubeClient, KubeObject } from '../runtime/kube-client.ts';
import type { Logger } from '../runtime/logger.ts';
import type { RuntimeMetrics } from '../runtime/metrics.ts';
import { createReflector, type Reflector } from '../runtime/reflector.ts';
import { byLabel } from '../runtime/store.ts';
import { appIdOf } from './digest.ts';
import type { ChildKind, WatchedApp, WatchedRevision } from './facts.ts';
import { APPS, CHILDREN, PODS, REVISIONS } from './resource-types.ts';
import { type WatchedPod, watchApp, watchPod, watchRevision } from './watched.ts';

/** Everything that is followed. */
export interface Caches {
  readonly apps: Reflector<WatchedApp>;
  readonly revisions: Reflector<WatchedRevision>;
  readonly pods: Reflector<WatchedPod>;
  readonly children: Readonly<Record<ChildKind, Reflector<KubeObject>>>;
  readonly all: readonly Reflector<KubeObject>[];
}

/** Index of apps by the id under which their data and last host part are known. */
export const BY_ID = 'id';
/** Index of apps by custom host. */
export const BY_HOST = 'host';
/** Index of everything else by the app's name. */
export const BY_APP = 'app';

interface CacheOptions {
  readonly client: KubeClient;
  readonly namespace: string;
  readonly logger: Logger;
  readonly metrics?: RuntimeMetrics;
}

/** Makes the caches; nothing is read before they are started. */
export const createCaches = (options: CacheOptions): Caches => {
  const shared = options;
  const owned = {
    ...shared,
    labelSelector: `${LABELS.managedBy}=faibric`,
    // A field that somebody adds to a child by hand is drift too.
    ownManagers: [FIELD_MANAGERS.operator],
    indexers: { [BY_APP]: byLabel(LABELS.app) },
  };
  const apps = createReflector<WatchedApp>({
    ...shared,
    type: APPS,
    transform: watchApp,
    indexers: {
      [BY_ID]: ({ metadata, spec }) => [spec.id ?? appIdOf(metadata.uid)],
      [BY_HOST]: ({ spec }) => (spec.host === undefined ? [] : [spec.host]),
    },
  });
  const revisions = createReflector<WatchedRevision>({
    ...shared,
    type: REVISIONS,
    transform: watchRevision,
    indexers: { [BY_APP]: ({ spec }) => [spec.app] },
  });
  const pods = createReflector<WatchedPod>({
    ...owned,
    type: PODS,
    transform: watchPod,
    indexers: { [BY_APP]: byLabel(LABELS.app) },
  });
  const entries = Object.entries(CHILDREN).map(([kind, type]) => [
    kind,
    createReflector<KubeObject>({ ...owned, type }),
  ]);
  // Built from CHILDREN's own keys.
  const children = Object.fromEntries(entries) as Record<ChildKind, Reflector<KubeObject>>;
  const all = [apps, revisions, pods, ...Object.values(children)] as readonly Reflector<KubeObject>[];
  return { apps, revisions, pods, children, all };
};
