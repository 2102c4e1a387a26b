// Builders of facts for tests: sensible defaults, anything can be overridden.
import type { RevisionConditionType, RevisionStatus } from '@faibric/crds';
import type { TaskKind } from '../../tasks/task.ts';
import type { Condition } from '../conditions.ts';
import { stagesOf } from '../digest.ts';
import type { Facts, PodFact, Settings, TaskFact, WatchedApp, WatchedRevision } from '../facts.ts';
import { inputOf } from '../plan.ts';

/** 2026-01-01T00:00:00Z. */
export const NOW = Date.parse('2026-01-01T00:00:00Z');

export const SETTINGS: Settings = {
  domain: 'localhost',
  publicPort: 80,
  defaultOwner: 'me',
  systemNamespace: 'faibric-system',
  traefikNamespace: 'faibric-system',
  apiService: 'faibric-api',
  proxyMiddleware: 'faibric-proxy@file',
  modelConfigured: true,
  defaultModel: 'model',
  deployDeadlineSeconds: 60,
  probeIntervalSeconds: 600,
};

/** An app that was just created. */
export const anApp = (
  over: {
    spec?: Partial<WatchedApp['spec']>;
    status?: WatchedApp['status'];
    annotations?: Record<string, string>;
  } & Partial<WatchedApp['metadata']> = {},
): WatchedApp => {
  const { spec, status, ...metadata } = over;
  return {
    metadata: {
      name: 'plants',
      namespace: 'faibric-apps',
      uid: 'uid-plants',
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...metadata,
    },
    spec: {
      prompt: 'a plant tracker',
      engine: 'auto',
      audience: 'public',
      suspend: false,
      replicas: 1,
      revisionHistoryLimit: 10,
      ...spec,
    },
    status: status ?? {},
  };
};

export const ANALYSIS = {
  engine: 'freeform' as const,
  title: 'Plants',
  type: 'list-manager',
  services: [],
  collections: ['plants'],
  limited: [],
};

type Far = 'started' | 'analyzed' | 'generated' | 'accepted' | 'built' | 'good';
const ORDER: readonly Far[] = ['started', 'analyzed', 'generated', 'accepted', 'built', 'good'];
const DONE: Readonly<Record<Far, RevisionConditionType | undefined>> = {
  started: undefined,
  analyzed: 'Analyzed',
  generated: 'Generated',
  accepted: 'Accepted',
  built: 'Built',
  good: 'Deployed',
};

export const condition = <T extends string>(
  type: T,
  status: Condition['status'],
  reason: Condition['reason'] = 'Succeeded',
  message = 'message',
): Condition<T> => ({ type, status, reason, message, lastTransitionTime: '2025-12-31T00:00:00Z' });

/** A revision that got as `far` as said, of the stage with `index`. */
export const aRevision = (
  app: WatchedApp,
  over: {
    number?: number;
    far?: Far;
    stage?: number;
    attempt?: number;
    parent?: number;
    engine?: WatchedRevision['spec']['engine'];
    failed?: Condition<RevisionConditionType>;
    status?: RevisionStatus;
  } = {},
): WatchedRevision => {
  const { number = 1, far = 'started', attempt = 0, engine = 'freeform' } = over;
  const stage = stagesOf(app)[over.stage ?? 0];
  if (!stage) throw new Error('the app has no such stage');
  const reached = (step: Far): boolean => ORDER.indexOf(far) >= ORDER.indexOf(step);
  const conditions = ORDER.flatMap((step) => {
    const type = DONE[step];
    return type && reached(step) ? [condition(type, 'True')] : [];
  }).filter(({ type }) => type !== over.failed?.type);
  return {
    metadata: {
      name: `${app.metadata.name}-r${number}`,
      namespace: 'faibric-apps',
      uid: `uid-r${number}`,
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: {
      app: app.metadata.name,
      number,
      input: inputOf(stage, attempt),
      engine,
      attempt,
      ...(over.parent !== undefined && { parent: over.parent }),
      ...(stage.change !== undefined && { change: stage.change }),
      ...(reached('analyzed') && { analysis: { ...ANALYSIS, engine } }),
    },
    hasFiles: reached('generated'),
    status: {
      conditions: [...conditions, ...(over.failed ? [over.failed] : [])],
      ...(reached('built') && { image: `registry/plants@sha256:${number}` }),
      ...over.status,
    },
  };
};

/** A task on a revision. */
export const aTask = (kind: TaskKind, revision = 1): TaskFact => ({
  key: `${kind}-${revision}`,
  kind,
  revision,
});

/** A ready pod of a revision. */
export const aPod = (revision: number, over: Partial<PodFact> = {}): PodFact => ({
  name: `pod-${revision}`,
  revision,
  ready: true,
  restarts: 0,
  ...over,
});

/** Facts about an app with the given revisions. */
export const someFacts = (over: Partial<Facts> = {}): Facts => {
  const app = over.app ?? anApp();
  return {
    now: NOW,
    settings: SETTINGS,
    app,
    appId: 'k3x9q2',
    stages: stagesOf(app),
    engine: 'freeform',
    revisions: [],
    children: {},
    pods: [],
    tasks: [],
    ...over,
  };
};
