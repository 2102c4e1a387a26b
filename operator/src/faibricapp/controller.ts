// Joins observe, decide and act into a controller of FaibricApps, and tells it which app a change concerns.
import { LABELS } from '@faibric/crds';
import type { Clock } from '../runtime/clock.ts';
import { type Controller, createController } from '../runtime/controller.ts';
import type { EventRecorder } from '../runtime/events.ts';
import { type KubeClient, type KubeObject, keyOf } from '../runtime/kube-client.ts';
import { isKubeError } from '../runtime/kube-error.ts';
import type { Logger } from '../runtime/logger.ts';
import type { RuntimeMetrics } from '../runtime/metrics.ts';
import type { Change } from '../runtime/store.ts';
import { createWriteTracker, trackingClient, type WriteTracker } from '../runtime/write-tracker.ts';
import type { ProbeResults } from '../tasks/probe.ts';
import type { TaskPool } from '../tasks/task-pool.ts';
import { act } from './act.ts';
import type { Caches } from './caches.ts';
import { decide } from './decide.ts';
import type { Settings, WatchedApp } from './facts.ts';
import { observe } from './observe.ts';

/** What the controller works with. */
export interface AppControllerOptions {
  readonly client: KubeClient;
  readonly caches: Caches;
  readonly tracker: WriteTracker;
  readonly tasks: TaskPool;
  readonly probes: ProbeResults;
  readonly events: Pick<EventRecorder, 'record'>;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics?: RuntimeMetrics;
  readonly workers?: number;
}

/** A tracker that knows the caches: a key is held until they show what was written for it. */
export const trackCaches = (caches: Caches, clock: Clock): WriteTracker => {
  const tracker = createWriteTracker({ clock });
  for (const reflector of caches.all) tracker.follow(reflector);
  return tracker;
};

const labelKeys = ({ object }: Change<KubeObject>): string[] => {
  const name = object.metadata.labels?.[LABELS.app];
  return name === undefined ? [] : [keyOf({ name, namespace: object.metadata.namespace })];
};

// An app that goes may leave its id or host to one that waits for it.
const appKeys = (caches: Caches, change: Change<WatchedApp>): string[] => {
  const own = keyOf(change.object.metadata);
  if (change.type !== 'deleted') return [own];
  const stalled = caches.apps.store.list().filter(({ status }) => status.phase === 'Failed');
  return [own, ...stalled.map(({ metadata }) => keyOf(metadata))];
};

/** Makes the controller; it does nothing until it is run. */
export const createAppController = (options: AppControllerOptions): Controller => {
  const { caches, tracker, tasks, clock, probes, settings } = options;
  const refusals = new Map<string, string>();
  const forget = (uid: string): void => {
    probes.delete(uid);
    refusals.delete(uid);
    for (const { key } of tasks.of(uid)) tasks.cancel(key);
  };
  const controller = createController({
    name: 'faibricapp',
    clock,
    logger: options.logger,
    tracker,
    workers: options.workers ?? 4,
    ...(options.metrics && { metrics: options.metrics }),
    reconcile: async (key) => {
      const app = caches.apps.store.get(key);
      if (!app) return undefined;
      const now = () => clock.date().getTime();
      const facts = observe({ caches, tasks, probes, settings, now, refusals }, app);
      const decision = decide(facts);
      const client = trackingClient(options.client, tracker, key);
      try {
        await act({ client, tasks, events: options.events, refusals }, facts, decision);
      } catch (error) {
        // It went while we worked on it; the cache will say so, or show what is there now.
        if (isKubeError(error, 'notFound')) return { requeueAfterMs: 1000 };
        throw error;
      }
      return decision.requeueAfterMs === undefined ? undefined : { requeueAfterMs: decision.requeueAfterMs };
    },
  });
  caches.apps.onChange(({ type, object }) => {
    if (type === 'deleted') forget(object.metadata.uid);
  });
  controller.follow(caches.apps, (change) => appKeys(caches, change));
  controller.follow(caches.revisions, ({ object }) => [
    keyOf({ name: object.spec.app, namespace: object.metadata.namespace }),
  ]);
  controller.follow(caches.pods, labelKeys);
  for (const reflector of Object.values(caches.children)) controller.follow(reflector, labelKeys);
  return controller;
};
