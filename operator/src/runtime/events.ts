// Writes events.k8s.io/v1 Events. Recording never throws and never waits: a lost event is a pity, a reconcile
// that fails for one is a fault. Repeats of one event become a series on it, and each object has a budget, so
// that a loop that goes wrong does not fill etcd.
import { type Clock, sleep, systemClock } from './clock.ts';
import {
  apiVersionOf,
  type KubeClient,
  type KubeObject,
  keyOf,
  type ObjectRef,
  type ResourceType,
} from './kube-client.ts';
import { isKubeError } from './kube-error.ts';
import { type Logger, silentLogger } from './logger.ts';
import type { RuntimeMetrics } from './metrics.ts';
import { microTime } from './micro-time.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

/** The resource type of an Event. */
export const eventType: ResourceType = {
  group: 'events.k8s.io',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
};

/** The object an event is about. */
export interface EventSubject {
  type: ResourceType;
  object: KubeObject;
}

/** One event: what happened (`reason`, past tense), what was being done (`action`), a sentence (`note`). */
export interface EventInput {
  regarding: EventSubject;
  related?: EventSubject;
  type: 'Normal' | 'Warning';
  reason: string;
  action: string;
  note: string;
}

/** Who reports: `controller` as `faibric.dev/operator`, `instance` as the pod's name. */
export interface EventRecorderOptions {
  client: KubeClient;
  controller: string;
  instance: string;
  clock?: Clock;
  logger?: Logger;
  metrics?: RuntimeMetrics;
}

/** Takes events and writes them when it can. */
export interface EventRecorder {
  record(event: EventInput): void;
  /** Writes what is waiting, for at most five seconds. */
  close(): Promise<void>;
}

interface Recorded {
  ref: ObjectRef;
  count: number;
  writtenCount: number;
  lastSeen: Date;
  writtenAt: number;
  seenAt: number;
}

// A repeat within this time extends the first event; after it, it is news again.
const seriesMs = 6 * 60_000;
// A series is written on its first repeat and then at most this often.
const seriesStepMs = 30_000;
const maxWaiting = 500;
const maxNote = 1024;

/** Makes a recorder. */
export function createEventRecorder(options: EventRecorderOptions): EventRecorder {
  return new Recorder(options);
}

class Recorder implements EventRecorder {
  readonly #options: EventRecorderOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #known = new Map<string, Recorded>();
  readonly #budgets = new Map<string, TokenBucket>();
  readonly #closing = new AbortController();
  #waiting = 0;
  #tail: Promise<void> = Promise.resolve();
  #sequence = 0;

  constructor(options: EventRecorderOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#logger = options.logger ?? silentLogger;
  }

  record(event: EventInput): void {
    try {
      this.#take(event);
    } catch (error) {
      this.#dropped('failed', error);
    }
  }

  async close(): Promise<void> {
    for (const known of this.#known.values()) {
      if (known.count > known.writtenCount) this.#enqueue(() => this.#extend(known));
    }
    const written = new AbortController();
    await Promise.race([this.#tail, sleep(this.#clock, 5_000, written.signal)]);
    written.abort();
    this.#closing.abort();
  }

  #take(event: EventInput): void {
    this.#forgetOld();
    const now = this.#clock.now();
    const id = identityOf(event);
    const known = this.#known.get(id);
    if (known !== undefined) {
      known.count += 1;
      known.lastSeen = this.#clock.date();
      known.seenAt = now;
      const due = known.count === 2 || now - known.writtenAt >= seriesStepMs;
      if (!due) return;
      known.writtenAt = now;
      this.#enqueue(() => this.#extend(known));
      return;
    }
    if (!this.#withinBudget(event.regarding.object)) {
      this.#dropped('full');
      return;
    }
    const object = this.#eventOf(event);
    const { name, namespace } = object.metadata;
    const ref = { name, namespace };
    const lastSeen = this.#clock.date();
    this.#known.set(id, { ref, count: 1, writtenCount: 1, lastSeen, writtenAt: now, seenAt: now });
    this.#enqueue(() => this.#options.client.create(eventType, object, { signal: this.#closing.signal }));
  }

  #enqueue(write: () => Promise<unknown>): void {
    if (this.#waiting >= maxWaiting) {
      this.#dropped('full');
      return;
    }
    this.#waiting += 1;
    this.#tail = this.#tail
      .then(write)
      .catch((error: unknown) => this.#dropped('failed', error))
      .then(() => {
        this.#waiting -= 1;
      });
  }

  async #extend(known: Recorded): Promise<void> {
    known.writtenCount = known.count;
    const series = { count: known.count, lastObservedTime: microTime(known.lastSeen) };
    const patch = { type: 'merge' as const, body: { series } };
    try {
      await this.#options.client.patch(eventType, { ...known.ref, patch }, { signal: this.#closing.signal });
    } catch (error) {
      // Events live for an hour; when ours has expired the next occurrence starts a new one.
      if (!isKubeError(error, 'notFound')) throw error;
      for (const [id, entry] of this.#known) if (entry === known) this.#known.delete(id);
    }
  }

  #eventOf(event: EventInput): KubeObject & Record<string, unknown> {
    const { controller, instance } = this.#options;
    const { object } = event.regarding;
    const date = this.#clock.date();
    this.#sequence += 1;
    const suffix = `${date.getTime().toString(16)}${this.#sequence.toString(16).padStart(4, '0')}`;
    // Room for the suffix within the 253 characters of a name.
    const name = `${object.metadata.name.slice(0, 220)}.${suffix}`;
    return {
      metadata: { name, namespace: object.metadata.namespace ?? 'default' },
      eventTime: microTime(date),
      reportingController: controller,
      reportingInstance: instance.slice(0, 128),
      action: event.action.slice(0, 128),
      reason: event.reason.slice(0, 128),
      type: event.type,
      note: cut(event.note),
      regarding: referenceTo(event.regarding),
      ...(event.related ? { related: referenceTo(event.related) } : {}),
    };
  }

  // As client-go's spam filter: a burst of 25 per object, then one in five minutes.
  #withinBudget(object: KubeObject): boolean {
    const id = object.metadata.uid ?? keyOf(object.metadata);
    const bucket = this.#budgets.get(id) ?? createTokenBucket(this.#clock, { perSecond: 1 / 300, burst: 25 });
    this.#budgets.set(id, bucket);
    return bucket() === 0;
  }

  #forgetOld(): void {
    const now = this.#clock.now();
    for (const [id, { seenAt }] of this.#known) if (now - seenAt > seriesMs) this.#known.delete(id);
    // Forgetting a budget too early only lets a few more events through.
    if (this.#budgets.size > 5_000) this.#budgets.clear();
  }

  #dropped(why: 'full' | 'failed', error?: unknown): void {
    this.#options.metrics?.eventDropped(why);
    this.#logger.warn({ err: error, why }, 'an event was not written');
  }
}

function identityOf(event: EventInput): string {
  const { object } = event.regarding;
  return JSON.stringify([
    object.metadata.uid,
    keyOf(object.metadata),
    event.type,
    event.reason,
    event.action,
    event.note,
  ]);
}

function referenceTo({ type, object }: EventSubject): Record<string, unknown> {
  const { name, namespace, uid, resourceVersion } = object.metadata;
  return { apiVersion: apiVersionOf(type), kind: type.kind, name, namespace, uid, resourceVersion };
}

// The server counts bytes; a character cut in half would be refused with the whole event.
function cut(note: string): string {
  const bytes = new TextEncoder().encode(note);
  if (bytes.length <= maxNote) return note;
  return `${new TextDecoder().decode(bytes.slice(0, maxNote - 8)).replace(/\uFFFD$/, '')}...`;
}
