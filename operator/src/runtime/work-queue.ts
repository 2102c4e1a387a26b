// A queue of keys, after client-go's workqueue: a key is handed to one worker at a time, and one that is
// added while it is worked on comes again afterwards, once. It holds keys and never objects, because what
// counts is the state at the time of the work and not the change that caused it.
import { type BackoffOptions, backoffMs } from './backoff.ts';
import type { Clock, Timer } from './clock.ts';
import { Heap } from './heap.ts';
import { createTokenBucket, type TokenBucket, type TokenBucketOptions } from './token-bucket.ts';

/** Higher goes first. Edits by people overtake the flood of keys of a first list. */
export const priorities = { initialList: -100, normal: 0, urgent: 100 } as const;

/** How to add a key; by default now, at normal priority. */
export interface AddOptions {
  priority?: number;
  delayMs?: number;
}

/** What the queue tells about itself; metrics.ts implements it. */
export interface QueueObserver {
  added(): void;
  depth(count: number): void;
  waited(ms: number): void;
  worked(ms: number): void;
  retried(): void;
}

/** Settings of a queue; the defaults are client-go's. */
export interface WorkQueueOptions {
  clock: Clock;
  backoff?: Partial<BackoffOptions>;
  overall?: TokenBucketOptions;
  observer?: QueueObserver | undefined;
}

interface Entry {
  readonly key: string;
  readonly priority: number;
  readonly sequence: number;
  readonly addedAt: number;
}

interface Delayed {
  readonly key: string;
  readonly priority: number;
  readonly dueAt: number;
}

/** The queue. Every `take` must be followed by one `done` with the same key. */
export class WorkQueue {
  readonly #clock: Clock;
  readonly #backoff: BackoffOptions;
  readonly #bucket: TokenBucket;
  readonly #observer: QueueObserver | undefined;
  readonly #dirty = new Map<string, Entry>();
  readonly #processing = new Map<string, number>();
  readonly #failures = new Map<string, number>();
  readonly #delayed = new Map<string, Delayed>();
  // Both heaps may hold entries that were superseded; the maps above say which still count.
  readonly #ready = new Heap<Entry>((a, b) =>
    a.priority === b.priority ? a.sequence < b.sequence : a.priority > b.priority,
  );
  readonly #delays = new Heap<Delayed>((a, b) => a.dueAt < b.dueAt);
  readonly #takers: Array<(key: string | undefined) => void> = [];
  readonly #idleWaiters: Array<() => void> = [];
  #timer: Timer | undefined;
  #sequence = 0;
  #queued = 0;
  #closed = false;

  constructor(options: WorkQueueOptions) {
    this.#clock = options.clock;
    this.#backoff = { baseMs: 5, maxMs: 1_000_000, jitter: 0.2, ...options.backoff };
    this.#bucket = createTokenBucket(options.clock, options.overall ?? { perSecond: 10, burst: 100 });
    this.#observer = options.observer;
  }

  /** Keys that wait for a worker (delayed ones are not counted). */
  get depth(): number {
    return this.#queued;
  }

  /** Keys that are being worked on, with the milliseconds since each was taken. */
  inWork(): Array<{ key: string; ms: number }> {
    const now = this.#clock.now();
    return [...this.#processing].map(([key, since]) => ({ key, ms: now - since }));
  }

  /** Adds a key. A key that is already due stays so; of two delays the earlier counts. */
  add(key: string, options: AddOptions = {}): void {
    if (this.#closed) return;
    const { priority = priorities.normal, delayMs = 0 } = options;
    if (delayMs > 0) this.#addLater(key, priority, delayMs);
    else this.#addNow(key, priority);
  }

  /** Adds a key after its back-off, at least `minimumMs`; gives the delay. */
  addAfterFailure(key: string, minimumMs = 0): number {
    const failures = this.failures(key) + 1;
    this.#failures.set(key, failures);
    this.#observer?.retried();
    const delayMs = Math.max(backoffMs(failures, this.#backoff), this.#bucket(), minimumMs);
    this.add(key, { delayMs });
    return delayMs;
  }

  /** Ends the key's back-off; to be called when its work succeeded. */
  forget(key: string): void {
    this.#failures.delete(key);
  }

  /** How often in a row the key has failed. */
  failures(key: string): number {
    return this.#failures.get(key) ?? 0;
  }

  /** Waits for the next key; undefined when the queue is closed. */
  take(): Promise<string | undefined> {
    if (this.#closed) return Promise.resolve(undefined);
    const entry = this.#popReady();
    if (entry === undefined) return new Promise((resolve) => this.#takers.push(resolve));
    return Promise.resolve(this.#handOut(entry));
  }

  /** Says that the work on a taken key has ended. */
  done(key: string): void {
    const since = this.#processing.get(key);
    if (since === undefined) return;
    this.#processing.delete(key);
    this.#observer?.worked(this.#clock.now() - since);
    const again = this.#dirty.get(key);
    if (again !== undefined) this.#enqueue(again);
    if (this.#processing.size === 0) for (const wake of this.#idleWaiters.splice(0)) wake();
  }

  /** Refuses new keys, drops waiting ones, and resolves when all work that was handed out is done. */
  close(): Promise<void> {
    this.#closed = true;
    this.#timer?.cancel();
    this.#dirty.clear();
    this.#delayed.clear();
    this.#ready.clear();
    this.#delays.clear();
    this.#setQueued(0);
    for (const taker of this.#takers.splice(0)) taker(undefined);
    if (this.#processing.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idleWaiters.push(resolve));
  }

  #addNow(key: string, priority: number): void {
    this.#delayed.delete(key);
    const queued = this.#dirty.get(key);
    if (queued !== undefined && queued.priority >= priority) return;
    this.#sequence += 1;
    const addedAt = queued?.addedAt ?? this.#clock.now();
    const entry = { key, priority, sequence: this.#sequence, addedAt };
    this.#dirty.set(key, entry);
    if (queued === undefined) this.#observer?.added();
    if (this.#processing.has(key)) return;
    if (queued === undefined) this.#enqueue(entry);
    else this.#ready.push(entry);
  }

  #enqueue(entry: Entry): void {
    const taker = this.#takers.shift();
    if (taker !== undefined) {
      taker(this.#handOut(entry));
      return;
    }
    this.#ready.push(entry);
    this.#setQueued(this.#queued + 1);
  }

  #popReady(): Entry | undefined {
    for (let entry = this.#ready.pop(); entry !== undefined; entry = this.#ready.pop()) {
      if (this.#dirty.get(entry.key) !== entry || this.#processing.has(entry.key)) continue;
      this.#setQueued(this.#queued - 1);
      return entry;
    }
    return undefined;
  }

  #handOut(entry: Entry): string {
    const now = this.#clock.now();
    this.#dirty.delete(entry.key);
    this.#processing.set(entry.key, now);
    this.#observer?.waited(now - entry.addedAt);
    return entry.key;
  }

  #setQueued(count: number): void {
    this.#queued = count;
    this.#observer?.depth(count);
  }

  #addLater(key: string, priority: number, delayMs: number): void {
    if (this.#dirty.has(key)) return;
    const dueAt = this.#clock.now() + delayMs;
    const known = this.#delayed.get(key);
    if (known !== undefined && known.dueAt <= dueAt) return;
    const delayed = { key, priority, dueAt };
    this.#delayed.set(key, delayed);
    this.#delays.push(delayed);
    this.#schedule();
  }

  #schedule(): void {
    this.#timer?.cancel();
    const first = this.#delays.peek();
    if (first === undefined || this.#closed) return;
    this.#timer = this.#clock.after(Math.max(0, first.dueAt - this.#clock.now()), () => this.#release());
  }

  #release(): void {
    const now = this.#clock.now();
    for (let due = this.#delays.peek(); due !== undefined && due.dueAt <= now; due = this.#delays.peek()) {
      this.#delays.pop();
      if (this.#delayed.get(due.key) === due) this.#addNow(due.key, due.priority);
    }
    this.#schedule();
  }
}
