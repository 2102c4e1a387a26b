// N workers over a queue of keys, one reconcile per key at a time. A reconcile returns when it wants to come
// again, or throws to come again after a back-off. Its signal aborts on the time limit and when leadership is
// lost; a reconcile that ignores it keeps its key (two at once would be worse) and makes `healthy` complain.
import { type Clock, systemClock } from './clock.ts';
import type { KubeObject } from './kube-client.ts';
import { isKubeError, retryAfterMsOf } from './kube-error.ts';
import { type Logger, silentLogger } from './logger.ts';
import type { ReconcileResult, RuntimeMetrics } from './metrics.ts';
import type { Reflector } from './reflector.ts';
import type { Change } from './store.ts';
import { type AddOptions, priorities, WorkQueue, type WorkQueueOptions } from './work-queue.ts';
import type { WriteTracker } from './write-tracker.ts';

/** What a reconcile is told besides its key; `failures` counts the ones in a row before this one. */
export interface ReconcileContext {
  signal: AbortSignal;
  failures: number;
}

/** When to come again without a change; nothing = only on a change. */
export type Requeue = { requeueAfterMs?: number } | undefined;

/** Brings one object closer to its spec. */
export type Reconcile = (key: string, context: ReconcileContext) => Promise<Requeue>;

/** A failure that trying again cannot mend; the key rests until something changes. */
export class TerminalError extends Error {
  override name = 'TerminalError';
}

/** Settings of a controller. */
export interface ControllerOptions {
  name: string;
  reconcile: Reconcile;
  workers?: number;
  /** Time limit of one reconcile, default 60 s. */
  reconcileTimeoutMs?: number;
  /** Holds keys until the caches have seen their own writes. */
  tracker?: WriteTracker;
  queue?: Pick<WorkQueueOptions, 'backoff' | 'overall'>;
  clock?: Clock;
  logger?: Logger;
  metrics?: RuntimeMetrics;
}

// How often a held key is looked at again; the cache's own event usually comes first.
const holdStepMs = 50;
// How far a reconcile may outrun its limit before the process should be restarted.
const stuckAfterMs = 60_000;

/** Makes a controller that does nothing until `run`. */
export function createController(options: ControllerOptions): Controller {
  return new Controller(options);
}

/** A running control loop. */
export class Controller {
  readonly name: string;
  readonly #options: ControllerOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #queue: WorkQueue;
  readonly #timeoutMs: number;
  readonly #workers: number;
  readonly #reflectors: Array<{ hasSynced(): boolean; whenSynced(signal?: AbortSignal): Promise<void> }> = [];
  readonly #stopping = Promise.withResolvers<void>();
  #active = 0;

  constructor(options: ControllerOptions) {
    this.name = options.name;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#logger = options.logger ?? silentLogger;
    this.#timeoutMs = options.reconcileTimeoutMs ?? 60_000;
    this.#workers = options.workers ?? 2;
    const observer = options.metrics?.queue(options.name);
    this.#queue = new WorkQueue({ clock: this.#clock, observer, ...options.queue });
    options.metrics?.observe({ controller: options.name, inWork: () => this.#queue.inWork() });
    options.metrics?.workers(options.name, this.#workers);
  }

  /** Adds a key from outside, e.g. when a task has ended. */
  enqueue(key: string, options?: AddOptions): void {
    this.#queue.add(key, options);
  }

  /** Reconciles the keys that a change in a cache concerns; the workers wait for that cache's first list. */
  follow<T extends KubeObject>(
    reflector: Reflector<T>,
    keysOf: (change: Change<T>) => readonly string[],
  ): void {
    this.#reflectors.push(reflector);
    reflector.onChange((change) => {
      const priority = change.initial ? priorities.initialList : priorities.normal;
      for (const key of keysOf(change)) this.#queue.add(key, { priority });
    });
  }

  /** True when every followed cache has been filled. */
  hasSynced(): boolean {
    return this.#reflectors.every((reflector) => reflector.hasSynced());
  }

  /** Keys that wait for a worker. */
  get depth(): number {
    return this.#queue.depth;
  }

  /**
   * Works until `stop` is called (running reconciles end in peace) or the signal aborts (their signals abort
   * too). Resolves when no reconcile is running any more. A controller runs once.
   */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.race([
      Promise.all(this.#reflectors.map((reflector) => reflector.whenSynced(signal))),
      this.#stopping.promise,
    ]);
    const onAbort = (): void => this.stop();
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) this.stop();
    const workers = Array.from({ length: this.#workers }, () => this.#work(signal));
    await this.#stopping.promise;
    await this.#queue.close();
    await Promise.all(workers);
    signal.removeEventListener('abort', onAbort);
  }

  /** Takes no more keys; what runs may finish. */
  stop(): void {
    this.#stopping.resolve();
    void this.#queue.close();
  }

  /** What is wrong with the loop, for the liveness probe; undefined when nothing is. */
  healthy(): string | undefined {
    const stuck = this.#queue.inWork().find(({ ms }) => ms > this.#timeoutMs + stuckAfterMs);
    if (stuck === undefined) return undefined;
    return `${this.name}: the reconcile of ${stuck.key} has been running for ${Math.round(stuck.ms / 1000)} s`;
  }

  async #work(signal: AbortSignal): Promise<void> {
    for (;;) {
      const key = await this.#queue.take();
      if (key === undefined) return;
      try {
        if (!this.#held(key)) await this.#reconcileOnce(key, signal);
      } finally {
        this.#queue.done(key);
      }
    }
  }

  #held(key: string): boolean {
    const pendingMs = this.#options.tracker?.pendingMs(key) ?? 0;
    if (pendingMs > 0) this.#queue.add(key, { delayMs: Math.min(pendingMs, holdStepMs) });
    return pendingMs > 0;
  }

  async #reconcileOnce(key: string, signal: AbortSignal): Promise<void> {
    const { name, metrics, reconcile } = this.#options;
    const startedAt = this.#clock.now();
    const limit = this.#limit(key, signal);
    metrics?.activeWorkers(name, ++this.#active);
    let result: ReconcileResult;
    try {
      const context = { signal: limit.signal, failures: this.#queue.failures(key) };
      result = this.#succeeded(key, await reconcile(key, context));
    } catch (error) {
      result = this.#failed(key, error, signal);
    } finally {
      limit.end();
      metrics?.activeWorkers(name, --this.#active);
    }
    metrics?.reconciled(name, result, this.#clock.now() - startedAt);
  }

  #succeeded(key: string, requeue: Requeue): ReconcileResult {
    this.#queue.forget(key);
    if (requeue?.requeueAfterMs === undefined) return 'success';
    this.#queue.add(key, { delayMs: Math.max(1, requeue.requeueAfterMs) });
    return 'requeue_after';
  }

  #failed(key: string, error: unknown, signal: AbortSignal): ReconcileResult {
    const { name, metrics } = this.#options;
    const fields = { err: error, controller: name, key };
    if (signal.aborted) {
      this.#logger.info(fields, 'reconcile was interrupted');
      return 'error';
    }
    if (error instanceof TerminalError) {
      this.#queue.forget(key);
      this.#logger.error(fields, 'reconcile failed, not tried again until something changes');
      return 'terminal';
    }
    if (isProgrammingError(error)) metrics?.panicked(name);
    const delayMs = Math.round(this.#queue.addAfterFailure(key, retryAfterMsOf(error)));
    // Somebody else wrote first: ordinary, and mended by reading again.
    if (isKubeError(error, 'conflict'))
      this.#logger.debug({ ...fields, delayMs }, 'reconcile met a conflict');
    else this.#logger.error({ ...fields, delayMs }, 'reconcile failed');
    return 'error';
  }

  #limit(key: string, signal: AbortSignal): { signal: AbortSignal; end(): void } {
    const { name, metrics } = this.#options;
    const controller = new AbortController();
    const abort = (): void => controller.abort(signal.reason);
    const timer = this.#clock.after(this.#timeoutMs, () => {
      metrics?.timedOut(name);
      this.#logger.warn({ controller: name, key, limitMs: this.#timeoutMs }, 'reconcile outran its time');
      controller.abort(new Error(`the reconcile outran its ${this.#timeoutMs / 1000} s`));
    });
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    const end = (): void => {
      timer.cancel();
      signal.removeEventListener('abort', abort);
    };
    return { signal: controller.signal, end };
  }
}

// Go's controllers count panics; these are the errors that no API server and no network can cause.
function isProgrammingError(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
}
