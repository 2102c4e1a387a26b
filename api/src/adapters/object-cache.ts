// An informer cache: all objects of one kind in the apps' namespace, by list and watch. It relists after any error with
// a growing, jittered pause that never gives up, and relists now and then even if nothing seems wrong, because a watch can
// go silent. Listeners must not throw; if one does, the others still hear of the change.
import type { ObjectMeta } from '@faibric/crds';
import { z } from 'zod';
import type { Clock, Log } from '../ports.ts';
import type { KubeClient } from './kube-client.ts';

/** An object of the API server, or what is kept of one. */
export interface CachedObject {
  readonly metadata: Pick<ObjectMeta, 'name' | 'uid' | 'resourceVersion'>;
}

/** What a cache is made of. */
export interface ObjectCacheParts<T extends CachedObject> {
  readonly client: KubeClient;
  /** Path of the collection on the API server. */
  readonly path: string;
  /** What is kept of an object; null when it does not fit the schema (a newer or a broken one). */
  readonly parse: (value: unknown) => T | null;
  /** What the objects are called in logs and complaints, in the plural. */
  readonly what: string;
  /** Objects of one page of a list. */
  readonly page: number;
  readonly log: Log;
  readonly now: Clock;
  /** A number in [0, 1), for jitter. */
  readonly random: () => number;
}

/** A change: the object as it is now, or null when it is gone; and as it was before, when that was known. */
export interface ObjectChange<T> {
  readonly name: string;
  readonly object: T | null;
  readonly before: T | null;
  /** True when the server told of the change; false when a new list showed it. */
  readonly watched: boolean;
}

/** A running cache. */
export interface ObjectCache<T extends CachedObject> {
  list(): readonly T[];
  /** True once the first list has arrived. */
  isSynced(): boolean;
  /** Null when the list can be taken for the truth, else why it cannot. */
  problem(): string | null;
  subscribe(listener: (change: ObjectChange<T>) => void): () => void;
  /** Takes in an object that we ourselves just wrote, unless the cache is already newer. */
  note(object: T): void;
  stop(): void;
}

const RELIST_MS = 10 * 60_000;
const PAUSE_MS = { first: 500, most: 15_000 };
// How long the API server may be away before answers from the cache are no longer given as the truth.
const STALE_MS = 120_000;

const listBody = z.object({
  metadata: z.object({ resourceVersion: z.string(), continue: z.string().optional() }),
  items: z.array(z.looseObject({})),
});
const watchEvent = z.object({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']),
  object: z.looseObject({ metadata: z.looseObject({ resourceVersion: z.string().optional() }).optional() }),
});

interface Store<T> {
  readonly objects: Map<string, T>;
  put(object: T, watched: boolean): void;
  drop(name: string, watched: boolean): void;
  subscribe(listener: (change: ObjectChange<T>) => void): () => void;
}

const makeStore = <T extends CachedObject>({ log, what }: ObjectCacheParts<T>): Store<T> => {
  const objects = new Map<string, T>();
  const listeners = new Set<(change: ObjectChange<T>) => void>();
  const tell = (change: ObjectChange<T>): void => {
    for (const listener of listeners) {
      try {
        listener(change);
      } catch (error) {
        log.error({ err: error, what }, 'a listener of a cache failed');
      }
    }
  };
  return {
    objects,
    put: (object, watched) => {
      const { name } = object.metadata;
      const before = objects.get(name) ?? null;
      if (before?.metadata.resourceVersion === object.metadata.resourceVersion) return;
      objects.set(name, object);
      tell({ name, object, before, watched });
    },
    drop: (name, watched) => {
      const before = objects.get(name);
      if (before === undefined) return;
      objects.delete(name);
      tell({ name, object: null, before, watched });
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

/** Puts the items of a page into the store; gives their names. */
const takeItems = <T extends CachedObject>(
  { parse, log, what }: ObjectCacheParts<T>,
  store: Store<T>,
  items: readonly unknown[],
): string[] =>
  items.flatMap((item) => {
    const object = parse(item);
    if (object === null) {
      log.warn({ what }, 'an object does not fit the schema and is not shown');
      return [];
    }
    store.put(object, false);
    return [object.metadata.name];
  });

/** Reads all pages into the store; gives the version to watch from. Nothing unparsed is kept beyond its page. */
const listAll = async <T extends CachedObject>(
  parts: ObjectCacheParts<T>,
  store: Store<T>,
): Promise<string> => {
  const { client, path, page } = parts;
  const seen = new Set<string>();
  let next: string | undefined;
  for (;;) {
    const query = { limit: String(page), ...(next === undefined ? {} : { continue: next }) };
    const answer = await client.send({ method: 'GET', path, query });
    if (answer.status !== 200) throw new Error(`list: status ${answer.status}`);
    const { items, metadata } = listBody.parse(answer.body);
    for (const name of takeItems(parts, store, items)) seen.add(name);
    next = metadata.continue;
    if (next !== undefined && next !== '') continue;
    for (const name of [...store.objects.keys()]) if (!seen.has(name)) store.drop(name, false);
    return metadata.resourceVersion;
  }
};

/** Takes in one line of the watch; gives the version to go on from. Throws when the watch must start anew. */
const takeEvent = <T extends CachedObject>(
  parse: ObjectCacheParts<T>['parse'],
  store: Store<T>,
  line: unknown,
): string | undefined => {
  const event = watchEvent.parse(line);
  if (event.type === 'ERROR') throw new Error('the watch was ended by the server');
  if (event.type !== 'BOOKMARK') {
    const object = parse(event.object);
    if (object !== null && event.type === 'DELETED') store.drop(object.metadata.name, true);
    else if (object !== null) store.put(object, true);
  }
  return event.object.metadata?.resourceVersion;
};

const follow = async <T extends CachedObject>(
  parts: ObjectCacheParts<T>,
  store: Store<T>,
  run: { version: string; signal: AbortSignal; seen: () => void },
) => {
  let { version } = run;
  const until = parts.now() + RELIST_MS * (1 + 0.2 * parts.random());
  while (!run.signal.aborted && parts.now() < until) {
    const timeoutSeconds = String(300 + Math.floor(parts.random() * 300));
    const query = { watch: 'true', allowWatchBookmarks: 'true', resourceVersion: version, timeoutSeconds };
    for await (const line of parts.client.watch(parts.path, query, run.signal)) {
      version = takeEvent(parts.parse, store, line) ?? version;
      run.seen();
    }
  }
};

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Starts a cache; it is empty and says so until the first list has arrived. */
export const startObjectCache = <T extends CachedObject>(parts: ObjectCacheParts<T>): ObjectCache<T> => {
  const { log, now, what } = parts;
  const store = makeStore(parts);
  const stopped = new AbortController();
  const { signal } = stopped;
  let synced = false;
  let failingSince: number | null = null;
  const well = (): void => {
    failingSince = null;
  };
  const loop = async (): Promise<void> => {
    let delay = PAUSE_MS.first;
    while (!signal.aborted) {
      try {
        const version = await listAll(parts, store);
        synced = true;
        well();
        delay = PAUSE_MS.first;
        await follow(parts, store, { version, signal, seen: well });
      } catch (error) {
        if (signal.aborted) return;
        failingSince ??= now();
        log.warn({ what, reason: error instanceof Error ? error.message : 'unknown' }, 'a cache starts anew');
        await pause(delay * (0.5 + parts.random()), signal);
        delay = Math.min(delay * 2, PAUSE_MS.most);
      }
    }
  };
  void loop();
  return {
    list: () => [...store.objects.values()],
    isSynced: () => synced,
    problem: () => {
      if (!synced) return `The ${what} are still being read from the cluster.`;
      const away = failingSince !== null && now() - failingSince > STALE_MS;
      return away ? 'The Kubernetes API server does not answer.' : null;
    },
    subscribe: store.subscribe,
    note: (object) => {
      const known = store.objects.get(object.metadata.name);
      const newer = Number(object.metadata.resourceVersion) > Number(known?.metadata.resourceVersion ?? 0);
      if (known === undefined || (known.metadata.uid === object.metadata.uid && newer))
        store.put(object, true);
    },
    stop: () => stopped.abort(),
  };
};
