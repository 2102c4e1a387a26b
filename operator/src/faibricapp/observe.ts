// OBSERVE: all reads of a reconcile, into one immutable Facts. Reads caches only; the queue holds a key until the
// caches have seen what was written for it, so these facts are never older than our own last act.
import { selectEngine } from '../engines/engine.ts';
import type { ProbeResults } from '../tasks/probe.ts';
import type { TaskPool } from '../tasks/task-pool.ts';
import { BY_APP, BY_HOST, BY_ID, type Caches } from './caches.ts';
import { appIdOf, stagesOf } from './digest.ts';
import type { ChildKind, Facts, Settings, WatchedApp, WatchedRevision } from './facts.ts';
import { deploymentFact } from './watched.ts';

/** What observing reads from. */
export interface Observed {
  readonly caches: Caches;
  readonly tasks: Pick<TaskPool, 'of'>;
  readonly probes: ProbeResults;
  readonly settings: Settings;
  readonly now: () => number;
  readonly refusals: ReadonlyMap<string, string>;
}

// Older first; the UID decides between two of the same second.
const precedes = (a: WatchedApp, b: WatchedApp): boolean =>
  a.metadata.creationTimestamp < b.metadata.creationTimestamp ||
  (a.metadata.creationTimestamp === b.metadata.creationTimestamp && a.metadata.uid < b.metadata.uid);

const rivalOf = ({ caches }: Observed, app: WatchedApp, appId: string): string | undefined => {
  const sameId = caches.apps.store.byIndex(BY_ID, appId);
  const sameHost = app.spec.host === undefined ? [] : caches.apps.store.byIndex(BY_HOST, app.spec.host);
  const older = [...sameId, ...sameHost].find(
    (other) =>
      other.metadata.uid !== app.metadata.uid && !other.metadata.deletionTimestamp && precedes(other, app),
  );
  return older?.metadata.name;
};

const isOwnedBy =
  (app: WatchedApp) => (object: { metadata: { ownerReferences?: { uid: string }[] | undefined } }) =>
    object.metadata.ownerReferences?.some(({ uid }) => uid === app.metadata.uid) ?? false;

const ownRevisions = ({ caches }: Observed, app: WatchedApp): WatchedRevision[] =>
  caches.revisions.store
    .byIndex(BY_APP, app.metadata.name)
    .filter(isOwnedBy(app))
    .sort((a, b) => a.spec.number - b.spec.number);

const childrenOf = ({ caches }: Observed, app: WatchedApp): Partial<Record<ChildKind, object>> =>
  Object.fromEntries(
    Object.entries(caches.children).flatMap(([kind, reflector]) => {
      const name = kind === 'Middleware' ? `${app.metadata.name}-id` : app.metadata.name;
      const child = reflector.store.get({ name, namespace: app.metadata.namespace });
      return child ? [[kind, child]] : [];
    }),
  );

const engineOf = (app: WatchedApp, settings: Settings): Facts['engine'] => {
  if (app.sourceDigest) return 'source';
  const selected = selectEngine(app.spec.engine, settings.modelConfigured);
  return selected.ok ? selected.engine : undefined;
};

/** The facts about an app. */
export const observe = (from: Observed, app: WatchedApp): Facts => {
  const appId = app.spec.id ?? appIdOf(app.metadata.uid);
  const children = childrenOf(from, app);
  const pods = from.caches.pods.store.byIndex(BY_APP, app.metadata.name).map(({ fact }) => fact);
  return {
    now: from.now(),
    settings: from.settings,
    app,
    appId,
    stages: stagesOf(app),
    engine: engineOf(app, from.settings),
    rival: rivalOf(from, app, appId),
    revisions: ownRevisions(from, app),
    children,
    deployment: children.Deployment && deploymentFact(children.Deployment),
    pods: pods.sort((a, b) => (a.name < b.name ? -1 : 1)),
    tasks: from.tasks.of(app.metadata.uid),
    probe: from.probes.get(app.metadata.uid),
    refused: from.refusals.get(app.metadata.uid),
  };
};
