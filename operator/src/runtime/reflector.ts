// Follows one resource type: lists it, watches it, and keeps a cache that others read. It never gives up:
// every failure ends in a jittered wait and a new try. Handlers are told of differences and may only enqueue
// keys; what they throw is counted and logged, for an exception there would otherwise end the process.
import { type Backoff, createBackoff } from './backoff.ts';
import { type Clock, sleep, systemClock } from './clock.ts';
import { foreignFieldsOf } from './foreign-fields.ts';
import type { KubeClient, KubeObject, ResourceType, Selection, WatchEvent } from './kube-client.ts';
import { retryAfterMsOf } from './kube-error.ts';
import { listPages, type Snapshot } from './list-pages.ts';
import { type Logger, silentLogger } from './logger.ts';
import type { ReflectorMetrics, RuntimeMetrics } from './metrics.ts';
import { isOlder } from './resource-version.ts';
import { type Change, type Indexer, ObjectCache, type Store } from './store.ts';
import { runWatchSession, type SessionEnd } from './watch-session.ts';

/** What to follow, and how patiently. Times have defaults that suit a real cluster. */
export interface ReflectorOptions<T extends KubeObject> extends Selection {
  client: KubeClient;
  type: ResourceType;
  /** Narrows and slims an object; undefined or a throw leaves it out. managedFields are gone already. */
  transform?: (object: KubeObject) => T | undefined;
  /** Our field managers. With them, cached objects note what others have set, and drift shows it. */
  ownManagers?: readonly string[];
  indexers?: Record<string, Indexer<T>>;
  pageSize?: number;
  /** Interval of full lists, default 10 min, each time 10 % more or less. */
  relistMs?: number;
  /** Silence after which a watch is opened anew, default 25 s. */
  inactivityMs?: number;
  backoff?: { baseMs: number; maxMs: number };
  clock?: Clock;
  random?: () => number;
  logger?: Logger;
  metrics?: RuntimeMetrics;
}

/** Called for each difference; may only enqueue keys. */
export type ChangeHandler<T> = (change: Change<T>) => void;

/** A cache that follows the API server. */
export interface Reflector<T extends KubeObject> {
  readonly type: ResourceType;
  readonly store: Store<T>;
  /** Starts following; ends when the signal aborts. The promise resolves then and never rejects. */
  start(signal: AbortSignal): Promise<void>;
  /** True from the first full list on. */
  hasSynced(): boolean;
  /** Resolves at the first full list, or when the signal aborts. */
  whenSynced(signal?: AbortSignal): Promise<void>;
  /** Milliseconds since the cache was last known to be current. */
  lastSyncAgeMs(): number;
  onChange(handler: ChangeHandler<T>): void;
}

// How long a server's first answers may be older than our cache before we believe that it was set back.
const staleListTries = 5;
// A watch that ends sooner than this without an event counts as a failure, or a broken server is hammered.
const shortWatchMs = 5_000;

/** Makes a reflector. */
export function createReflector<T extends KubeObject>(options: ReflectorOptions<T>): Reflector<T> {
  return new ResourceReflector(options);
}

class ResourceReflector<T extends KubeObject> implements Reflector<T> {
  readonly type: ResourceType;
  readonly store: ObjectCache<T>;
  readonly #options: ReflectorOptions<T>;
  readonly #selection: Selection;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #logger: Logger;
  readonly #metrics: ReflectorMetrics | undefined;
  readonly #handlers: Array<ChangeHandler<T>> = [];
  readonly #backoff: Backoff;
  readonly #synced = Promise.withResolvers<void>();
  #hasSynced = false;
  #lastSync: number;
  #staleLists = 0;

  constructor(options: ReflectorOptions<T>) {
    this.type = options.type;
    this.#options = options;
    const { namespace, labelSelector, fieldSelector } = options;
    this.#selection = { namespace, labelSelector, fieldSelector };
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#logger = options.logger ?? silentLogger;
    this.#metrics = options.metrics?.reflector(options.type.plural);
    this.#backoff = createBackoff({ baseMs: 800, maxMs: 20_000, ...options.backoff, random: this.#random });
    this.#lastSync = this.#clock.now();
    this.store = new ObjectCache(this.#safe(options.indexers ?? {}));
    this.#metrics?.age(() => this.lastSyncAgeMs() / 1000);
  }

  hasSynced(): boolean {
    return this.#hasSynced;
  }

  async whenSynced(signal?: AbortSignal): Promise<void> {
    if (this.#hasSynced || signal?.aborted) return;
    const aborted = Promise.withResolvers<void>();
    const onAbort = (): void => aborted.resolve();
    signal?.addEventListener('abort', onAbort, { once: true });
    await Promise.race([this.#synced.promise, aborted.promise]);
    signal?.removeEventListener('abort', onAbort);
  }

  lastSyncAgeMs(): number {
    return this.#clock.now() - this.#lastSync;
  }

  onChange(handler: ChangeHandler<T>): void {
    this.#handlers.push(handler);
  }

  async start(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (await this.#relist(signal)) await this.#follow(signal);
    }
  }

  async #relist(signal: AbortSignal): Promise<boolean> {
    try {
      const { type, pageSize = 500 } = this.#options;
      const transform = (object: KubeObject): T | undefined => this.#transform(object);
      const request = { type, selection: this.#selection, pageSize, transform, signal };
      const snapshot = await listPages(this.#options.client, request);
      if (this.#isStale(snapshot)) {
        this.#metrics?.listed('stale');
        await this.#pause(signal, new Error('the server answered with an older state than seen before'));
        return false;
      }
      this.#takeSnapshot(snapshot);
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      this.#metrics?.listed('failed');
      await this.#pause(signal, error);
      return false;
    }
  }

  // One of several API servers may lag behind the one we read before; going back would undo what we know.
  // A cluster restored from a backup lags for ever, so after a few tries the older state is the truth.
  #isStale(snapshot: Snapshot<T>): boolean {
    if (!isOlder(snapshot.resourceVersion, this.store.resourceVersion)) return false;
    this.#staleLists += 1;
    return this.#staleLists < staleListTries;
  }

  #takeSnapshot(snapshot: Snapshot<T>): void {
    const initial = !this.#hasSynced;
    this.#staleLists = 0;
    const changes = this.store.replace(snapshot.objects, snapshot.resourceVersion);
    this.#metrics?.listed('ok');
    this.#sawServer();
    for (const change of changes) this.#tell({ ...change, initial });
    this.#hasSynced = true;
    this.#synced.resolve();
    this.#logger.debug({ resource: this.type.plural, objects: this.store.size }, 'listed');
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { relistMs = 600_000, inactivityMs = 25_000 } = this.#options;
    const relistAt = this.#clock.now() + relistMs * (0.9 + 0.2 * this.#random());
    for (let lifetimeMs = relistAt - this.#clock.now(); lifetimeMs > 0 && !signal.aborted; ) {
      const session = await runWatchSession(
        this.#options.client,
        {
          type: this.type,
          selection: this.#selection,
          resourceVersion: this.store.resourceVersion ?? '',
          timeoutSeconds: 300 + Math.floor(300 * this.#random()),
          inactivityMs,
          lifetimeMs,
          onEvent: (event) => this.#take(event),
          signal,
        },
        this.#clock,
      );
      if (!(await this.#goesOn(session, signal))) return;
      lifetimeMs = relistAt - this.#clock.now();
    }
  }

  /** After a session: true when watching goes on from where it was, false when a list is needed. */
  async #goesOn(session: SessionEnd, signal: AbortSignal): Promise<boolean> {
    if (session.end === 'stopped' || session.end === 'due') return false;
    this.#metrics?.watched(session.end);
    const short = session.events === 0 && session.ms < shortWatchMs;
    if (!short) this.#backoff.reset();
    if (session.end === 'failed') await this.#pause(signal, session.error);
    else if (session.end !== 'silent') {
      // Even a server that ends every watch after one event must not be asked more than a few times a second.
      if (short) await this.#pause(signal, new Error(`the watch ended at once (${session.end})`));
      else await sleep(this.#clock, 300 + 300 * this.#random(), signal);
    }
    return session.end !== 'gone';
  }

  #take(event: WatchEvent<KubeObject>): void {
    this.#sawServer();
    if (event.type === 'bookmark') {
      this.store.sawVersion(event.resourceVersion);
      return;
    }
    const object = this.#transform(event.object);
    // What transform leaves out may have been in the cache under an older shape.
    const gone = event.type === 'deleted' || object === undefined;
    const known = object ?? this.store.get(event.object.metadata);
    this.store.sawVersion(event.object.metadata.resourceVersion);
    if (known === undefined) return;
    for (const change of gone ? this.store.remove(known) : this.store.upsert(known)) this.#tell(change);
  }

  #transform(object: KubeObject): T | undefined {
    try {
      this.#dropManagedFields(object.metadata);
      // Without a transform the caller has chosen T for what the server sends.
      return this.#options.transform ? this.#options.transform(object) : (object as T);
    } catch (error) {
      this.#metrics?.handlerFailed();
      this.#logger.error({ err: error, resource: this.type.plural, ...object.metadata }, 'transform threw');
      return undefined;
    }
  }

  // They are most of an object's size, and all we ask of them is whether somebody else has been at it.
  #dropManagedFields(metadata: KubeObject['metadata'] & { managedFields?: unknown }): void {
    const { ownManagers } = this.#options;
    const foreign = ownManagers ? foreignFieldsOf(metadata.managedFields, ownManagers) : [];
    delete metadata.managedFields;
    if (foreign.length > 0) metadata.foreignFields = foreign;
  }

  // One object that an index cannot read must not keep all others out of the cache.
  #safe(indexers: Record<string, Indexer<T>>): Record<string, Indexer<T>> {
    const guard =
      (name: string, valuesOf: Indexer<T>): Indexer<T> =>
      (object) => {
        try {
          return valuesOf(object);
        } catch (error) {
          this.#metrics?.handlerFailed();
          this.#logger.error({ err: error, resource: this.type.plural, index: name }, 'an index threw');
          return [];
        }
      };
    return Object.fromEntries(
      Object.entries(indexers).map(([name, valuesOf]) => [name, guard(name, valuesOf)]),
    );
  }

  #tell(change: Change<T>): void {
    for (const handler of this.#handlers) {
      try {
        handler(change);
      } catch (error) {
        this.#metrics?.handlerFailed();
        this.#logger.error({ err: error, resource: this.type.plural }, 'a change handler threw');
      }
    }
  }

  #sawServer(): void {
    this.#lastSync = this.#clock.now();
    this.#metrics?.objects(this.store.size);
  }

  async #pause(signal: AbortSignal, error: unknown): Promise<void> {
    if (signal.aborted) return;
    const delayMs = Math.max(this.#backoff.next(), Math.min(retryAfterMsOf(error) ?? 0, 30_000));
    const fields = { err: error, resource: this.type.plural, delayMs: Math.round(delayMs) };
    this.#logger.warn(fields, 'cannot follow the API server, will try again');
    await sleep(this.#clock, delayMs, signal);
  }
}
