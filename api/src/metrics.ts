// Prometheus metrics of the API, in a registry of their own so that tests can make many servers in one process.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The metrics that the API counts. */
export interface Metrics {
  readonly registry: Registry;
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  readonly gatewayCalls: Counter<'service' | 'outcome'>;
  readonly gatewayUpstream: Histogram<'service' | 'outcome'>;
  /** Refusals and failures by their code: sign-ins that failed, limits, what is away. */
  readonly problems: Counter<'code'>;
  /** Sets where the gauges take their values from. */
  observe(values: Observed): void;
}

/** A pool of database connections, as it counts itself. */
export interface PoolCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** Where the gauges take their values from. */
export interface Observed {
  readonly projects: () => number;
  readonly streams: () => number;
  /** Pools by name. */
  readonly pools: Readonly<Record<string, PoolCounts>>;
}

const observePools = (pools: Observed['pools'], registers: Registry[]): void => {
  new Gauge({
    name: 'faibric_api_database_connections',
    help: 'Connections to Postgres by pool and state (in_use, idle).',
    labelNames: ['pool', 'state'],
    registers,
    collect() {
      for (const [pool, { totalCount, idleCount }] of Object.entries(pools)) {
        this.set({ pool, state: 'in_use' }, totalCount - idleCount);
        this.set({ pool, state: 'idle' }, idleCount);
      }
    },
  });
  new Gauge({
    name: 'faibric_api_database_waiting',
    help: 'Requests that wait for a connection to Postgres, by pool.',
    labelNames: ['pool'],
    registers,
    collect() {
      for (const [pool, { waitingCount }] of Object.entries(pools)) this.set({ pool }, waitingCount);
    },
  });
};

/** Makes the metrics; `process` adds Node's own (memory, event loop, GC). */
export const makeMetrics = (options: { readonly process: boolean }): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  const gauge = (name: string, help: string, value: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  if (options.process) collectDefaultMetrics({ register: registry });
  return {
    registry,
    requests: new Histogram({
      name: 'faibric_api_request_duration_seconds',
      help: 'Time from request to end of the answer, by route pattern.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 10],
      registers,
    }),
    gatewayCalls: new Counter({
      name: 'faibric_api_gateway_calls_total',
      help: 'Gateway answers by service and outcome (hit, fresh, stale, or an error code).',
      labelNames: ['service', 'outcome'],
      registers,
    }),
    gatewayUpstream: new Histogram({
      name: 'faibric_api_gateway_upstream_duration_seconds',
      help: 'Time of calls to upstreams by service and outcome (ok, an HTTP status, or an error code).',
      labelNames: ['service', 'outcome'],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    problems: new Counter({
      name: 'faibric_api_problems_total',
      help: 'Problem documents that were answered, by code.',
      labelNames: ['code'],
      registers,
    }),
    observe: ({ projects, streams, pools }) => {
      gauge('faibric_api_projects', 'Apps in the cache.', projects);
      gauge('faibric_api_event_streams', 'Open event streams.', streams);
      observePools(pools, registers);
    },
  };
};
