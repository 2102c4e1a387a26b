// The operator without its adapters: caches, tasks and controller joined. main.ts gives it the real world, integration
// tests a real API server with engines and a builder of their own.
import type { Diagnostic } from '@faibric/crds';
import type { Engine, EngineName, SourceFiles } from '../engines/engine.ts';
import type { AskHost, Builder, DomainMetrics, WorkStream } from '../ports.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Controller } from '../runtime/controller.ts';
import type { EventRecorder } from '../runtime/events.ts';
import { type KubeClient, keyOf } from '../runtime/kube-client.ts';
import type { Logger } from '../runtime/logger.ts';
import type { RuntimeMetrics } from '../runtime/metrics.ts';
import { trackingClient } from '../runtime/write-tracker.ts';
import { makeAnalyze } from '../tasks/analyze.ts';
import { makeBuild } from '../tasks/build.ts';
import { makeGenerate } from '../tasks/generate.ts';
import { makeProbe, type ProbeResults } from '../tasks/probe.ts';
import type { TaskKind } from '../tasks/task.ts';
import { createTaskPool, type TaskPool, type TaskRunner } from '../tasks/task-pool.ts';
import { BY_APP, type Caches, createCaches } from './caches.ts';
import { createAppController, trackCaches } from './controller.ts';
import type { Settings } from './facts.ts';

/** What an operator is made of. */
export interface OperatorParts {
  readonly client: KubeClient;
  readonly namespace: string;
  readonly settings: Settings;
  readonly engines: Readonly<Record<EngineName, Engine>>;
  readonly builder: Builder;
  readonly checkSource: (files: SourceFiles) => readonly Diagnostic[];
  readonly ask: AskHost;
  readonly events: Pick<EventRecorder, 'record'>;
  readonly limits: Readonly<Record<TaskKind, number>>;
  readonly metrics: DomainMetrics;
  readonly stream: WorkStream;
  readonly runtimeMetrics?: RuntimeMetrics;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly workers?: number;
}

/** A joined operator. */
export interface Operator {
  readonly caches: Caches;
  readonly controller: Controller;
  /** Follows the API server until the signal aborts; also before leading, so that taking over is quick. */
  follow(signal: AbortSignal): Promise<void>;
  /** Reconciles until the signal aborts, then stops the tasks. Once only. */
  lead(signal: AbortSignal): Promise<void>;
}

const tokensUsed =
  (caches: Caches) =>
  (appUid: string, app: string): number => {
    const retired = caches.apps.store.list().find(({ metadata }) => metadata.uid === appUid)
      ?.status.retiredTokens;
    return caches.revisions.store
      .byIndex(BY_APP, app)
      .reduce((sum, { status }) => sum + (status.tokens?.total ?? 0), retired ?? 0);
  };

/** Runners whose writes hold the app's key, so that no reconcile runs on a state before their outcome. */
const makeRunners = (
  parts: OperatorParts,
  own: {
    readonly caches: Caches;
    readonly tracker: ReturnType<typeof trackCaches>;
    readonly probes: ProbeResults;
  },
): Record<TaskKind, TaskRunner> => {
  const { clock, logger, metrics, stream, engines, builder, checkSource, ask } = parts;
  const tracked =
    (make: (client: KubeClient) => TaskRunner): TaskRunner =>
    (request, io) => {
      const key = keyOf({ name: request.app, namespace: request.namespace });
      return make(trackingClient(parts.client, own.tracker, key))(request, io);
    };
  const used = tokensUsed(own.caches);
  const base = { clock, logger, metrics, stream };
  return {
    analyze: tracked((client) => makeAnalyze({ ...base, client, engines, tokensUsed: used })),
    generate: tracked((client) => makeGenerate({ ...base, client, engines, tokensUsed: used })),
    build: tracked((client) => makeBuild({ ...base, client, builder, checkSource })),
    probe: makeProbe({ ask, results: own.probes, clock }),
  };
};

/** Joins the parts. */
export const createOperator = (parts: OperatorParts): Operator => {
  const { client, namespace, logger, clock } = parts;
  const metrics = parts.runtimeMetrics;
  const caches = createCaches({ client, namespace, logger, ...(metrics && { metrics }) });
  const tracker = trackCaches(caches, clock);
  const probes: ProbeResults = new Map();
  const tasks: TaskPool = createTaskPool({
    runners: makeRunners(parts, { caches, tracker, probes }),
    limits: parts.limits,
    wake: ({ app, namespace: of }) => controller.enqueue(keyOf({ name: app, namespace: of })),
    clock,
    logger,
  });
  const controller: Controller = createAppController({
    client,
    caches,
    tracker,
    tasks,
    probes,
    events: parts.events,
    settings: parts.settings,
    clock,
    logger,
    ...(metrics && { metrics }),
    ...(parts.workers !== undefined && { workers: parts.workers }),
  });
  return {
    caches,
    controller,
    follow: async (signal) => {
      await Promise.all(caches.all.map((reflector) => reflector.start(signal)));
    },
    lead: async (signal) => {
      await controller.run(signal);
      await tasks.stop();
    },
  };
};
