// The control loop's metrics, under the names that controller-runtime and client-go use, so that stock
// dashboards and alerts fit. Labels are names of controllers and resources, never of objects: their number
// must not grow with the cluster.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { QueueObserver } from './work-queue.ts';

const reconcileSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const queueSeconds = [0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 600];

/** How one reconcile ended. */
export type ReconcileResult = 'success' | 'error' | 'requeue_after' | 'terminal';

/** A source of numbers that are read when somebody scrapes. */
export interface WorkGauge {
  controller: string;
  inWork(): Array<{ ms: number }>;
}

/** All metrics of the control loop. */
export interface RuntimeMetrics {
  reconciled(controller: string, result: ReconcileResult, ms: number): void;
  panicked(controller: string): void;
  timedOut(controller: string): void;
  workers(controller: string, limit: number): void;
  activeWorkers(controller: string, count: number): void;
  observe(gauge: WorkGauge): void;
  queue(controller: string): QueueObserver;
  reflector(resource: string): ReflectorMetrics;
  leading(lease: string, isLeader: boolean): void;
  eventDropped(why: 'full' | 'failed'): void;
}

/** Metrics of one reflector. */
export interface ReflectorMetrics {
  listed(outcome: 'ok' | 'failed' | 'stale'): void;
  watched(outcome: 'ended' | 'silent' | 'gone' | 'failed'): void;
  handlerFailed(): void;
  objects(count: number): void;
  age(secondsSinceSync: () => number): void;
}

/** Registers the metrics. */
export function createRuntimeMetrics(registry: Registry): RuntimeMetrics {
  return { ...reconcileMetrics(registry), ...queueMetrics(registry), ...otherMetrics(registry) };
}

type ReconcileMetrics = Pick<
  RuntimeMetrics,
  'reconciled' | 'panicked' | 'timedOut' | 'workers' | 'activeWorkers'
>;

function reconcileMetrics(registry: Registry): ReconcileMetrics {
  const registers = [registry];
  const counter = (name: string, help: string, extra: string[] = []) =>
    new Counter({
      name: `controller_runtime_${name}`,
      help,
      labelNames: ['controller', ...extra],
      registers,
    });
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `controller_runtime_${name}`, help, labelNames: ['controller'], registers });
  const total = counter('reconcile_total', 'Reconciliations by result', ['result']);
  const errors = counter('reconcile_errors_total', 'Reconciliations that failed');
  const terminal = counter('terminal_reconcile_errors_total', 'Failures that are not retried');
  const panics = counter('reconcile_panics_total', 'Reconciliations that met a programming error');
  const timeouts = counter('reconcile_timeouts_total', 'Reconciliations that outran their time');
  const active = gauge('active_workers', 'Workers at work');
  const limit = gauge('max_concurrent_reconciles', 'Workers there are');
  const seconds = new Histogram({
    name: 'controller_runtime_reconcile_time_seconds',
    help: 'Length of a reconciliation',
    labelNames: ['controller'],
    buckets: reconcileSeconds,
    registers,
  });
  return {
    reconciled: (controller, result, ms) => {
      total.inc({ controller, result: result === 'terminal' ? 'error' : result });
      seconds.observe({ controller }, ms / 1000);
      if (result === 'error' || result === 'terminal') errors.inc({ controller });
      if (result === 'terminal') terminal.inc({ controller });
    },
    panicked: (controller) => panics.inc({ controller }),
    timedOut: (controller) => timeouts.inc({ controller }),
    workers: (controller, count) => limit.set({ controller }, count),
    activeWorkers: (controller, count) => active.set({ controller }, count),
  };
}

function queueMetrics(registry: Registry): Pick<RuntimeMetrics, 'queue' | 'observe'> {
  const labelNames = ['name', 'controller'];
  const registers = [registry];
  const watched: WorkGauge[] = [];
  const depth = new Gauge({ name: 'workqueue_depth', help: 'Keys that wait', labelNames, registers });
  const adds = new Counter({ name: 'workqueue_adds_total', help: 'Keys added', labelNames, registers });
  const retries = new Counter({
    name: 'workqueue_retries_total',
    help: 'Keys added again',
    labelNames,
    registers,
  });
  const histogram = (name: string, help: string) =>
    new Histogram({ name: `workqueue_${name}`, help, labelNames, buckets: queueSeconds, registers });
  const waiting = histogram('queue_duration_seconds', 'Time a key waited for a worker');
  const working = histogram('work_duration_seconds', 'Time a key was worked on');
  const collected = (name: string, help: string, read: (seconds: number[]) => number) =>
    new Gauge({
      name: `workqueue_${name}`,
      help,
      labelNames,
      registers,
      collect() {
        for (const { controller, inWork } of watched) {
          this.set({ name: controller, controller }, read(inWork().map(({ ms }) => ms / 1000)));
        }
      },
    });
  collected('unfinished_work_seconds', 'Sum of the ages of work not yet done', (ages) =>
    ages.reduce((sum, age) => sum + age, 0),
  );
  collected('longest_running_processor_seconds', 'Age of the oldest work not yet done', (ages) =>
    Math.max(0, ...ages),
  );
  return {
    observe: (gauge) => watched.push(gauge),
    queue: (controller) => {
      const labels = { name: controller, controller };
      return {
        added: () => adds.inc(labels),
        depth: (count) => depth.set(labels, count),
        waited: (ms) => waiting.observe(labels, ms / 1000),
        worked: (ms) => working.observe(labels, ms / 1000),
        retried: () => retries.inc(labels),
      };
    },
  };
}

function otherMetrics(registry: Registry): Pick<RuntimeMetrics, 'reflector' | 'leading' | 'eventDropped'> {
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers });
  const lists = counter('reflector_lists_total', 'Full lists read', ['resource', 'outcome']);
  const watches = counter('reflector_watches_total', 'Watches ended', ['resource', 'outcome']);
  const failures = counter('reflector_handler_errors_total', 'Handlers that threw', ['resource']);
  const dropped = counter('event_recorder_dropped_total', 'Events not written', ['why']);
  const size = new Gauge({
    name: 'reflector_objects',
    help: 'Objects cached',
    labelNames: ['resource'],
    registers,
  });
  const ages = new Map<string, () => number>();
  new Gauge({
    name: 'reflector_last_sync_age_seconds',
    help: 'Time since the cache was last known to be current',
    labelNames: ['resource'],
    registers,
    collect() {
      for (const [resource, age] of ages) this.set({ resource }, age());
    },
  });
  const leader = new Gauge({
    name: 'leader_election_master_status',
    help: '1 where this process holds the lease',
    labelNames: ['name'],
    registers,
  });
  return {
    reflector: (resource) => ({
      listed: (outcome) => lists.inc({ resource, outcome }),
      watched: (outcome) => watches.inc({ resource, outcome }),
      handlerFailed: () => failures.inc({ resource }),
      objects: (count) => size.set({ resource }, count),
      age: (read) => ages.set(resource, read),
    }),
    leading: (name, isLeader) => leader.set({ name }, isLeader ? 1 : 0),
    eventDropped: (why) => dropped.inc({ why }),
  };
}
