// Read your own writes (the idea of KEP-5647). After a write, the cache still shows the state before it; a
// reconcile that runs on that would do the same work again. So a key is held until the caches have reached
// the versions it wrote, but never longer than a bound: a cache that lags must not stop the work for good.
import { type Clock, systemClock } from './clock.ts';
import { apiVersionOf, type KubeClient, type KubeObject, keyOf, type ResourceType } from './kube-client.ts';
import type { Reflector } from './reflector.ts';
import { isOlder } from './resource-version.ts';

/** Knows what was written for which key and whether the caches have seen it. */
export interface WriteTracker {
  /** Includes a cache; writes to types that no cache follows are not waited for. */
  follow<T extends KubeObject>(reflector: Reflector<T>): void;
  /** Notes an object as the server answered it. */
  wrote(key: string, type: ResourceType, object: KubeObject): void;
  /** Notes that an object was deleted. */
  deleted(
    key: string,
    type: ResourceType,
    object: { name: string; namespace?: string | undefined; uid: string },
  ): void;
  /** Milliseconds that the key should still be held; 0 = the caches are current. */
  pendingMs(key: string): number;
  /** Forgets a key. */
  forget(key: string): void;
}

interface Write {
  typeName: string;
  objectKey: string;
  uid: string | undefined;
  /** Undefined for a delete. */
  resourceVersion: string | undefined;
  until: number;
}

/** Makes a tracker that holds a key for at most `holdMs` (default 5 s) after its last write. */
export function createWriteTracker(options: { clock?: Clock; holdMs?: number } = {}): WriteTracker {
  const { clock = systemClock, holdMs = 5_000 } = options;
  const caches = new Map<string, Array<Reflector<KubeObject>>>();
  const writes = new Map<string, Map<string, Write>>();

  const seen = (write: Write): boolean => {
    const reflectors = caches.get(write.typeName) ?? [];
    return reflectors.every(({ store }) => hasSeen(write, store));
  };
  const note = (key: string, write: Write): void => {
    if (!caches.has(write.typeName)) return;
    const ofKey = writes.get(key) ?? new Map<string, Write>();
    writes.set(key, ofKey.set(`${write.typeName} ${write.objectKey}`, write));
  };
  return {
    follow: (reflector) => {
      const name = typeName(reflector.type);
      // The tracker only reads metadata, which every cache has whatever its T is.
      const cache = reflector as unknown as Reflector<KubeObject>;
      caches.set(name, [...(caches.get(name) ?? []), cache]);
    },
    wrote: (key, type, object) => {
      const { uid, resourceVersion } = object.metadata;
      if (resourceVersion === undefined) return;
      const write = { typeName: typeName(type), objectKey: keyOf(object.metadata), uid, resourceVersion };
      note(key, { ...write, until: clock.now() + holdMs });
    },
    deleted: (key, type, object) => {
      const write = { typeName: typeName(type), objectKey: keyOf(object), uid: object.uid };
      note(key, { ...write, resourceVersion: undefined, until: clock.now() + holdMs });
    },
    pendingMs: (key) => {
      const ofKey = writes.get(key);
      if (ofKey === undefined) return 0;
      const now = clock.now();
      let pending = 0;
      for (const [id, write] of ofKey) {
        if (write.until <= now || seen(write)) ofKey.delete(id);
        else pending = Math.max(pending, write.until - now);
      }
      if (ofKey.size === 0) writes.delete(key);
      return pending;
    },
    forget: (key) => {
      writes.delete(key);
    },
  };
}

function hasSeen(write: Write, store: Reflector<KubeObject>['store']): boolean {
  const cached = store.get(write.objectKey);
  if (write.resourceVersion === undefined) {
    // A delete counts as seen once the object is gone, replaced, or known to be on its way out.
    return cached?.metadata.uid !== write.uid || cached?.metadata.deletionTimestamp !== undefined;
  }
  if (
    cached?.metadata.uid === write.uid &&
    !isOlder(cached?.metadata.resourceVersion, write.resourceVersion)
  ) {
    return true;
  }
  // The object may have gone, or left the cache's selection, since: then the collection's version tells.
  return store.resourceVersion !== undefined && !isOlder(store.resourceVersion, write.resourceVersion);
}

function typeName(type: ResourceType): string {
  return `${apiVersionOf(type)}/${type.plural}`;
}

/** A client that notes every write under `key`. Deletes are noted when they carry a uid. */
export function trackingClient(client: KubeClient, tracker: WriteTracker, key: string): KubeClient {
  const noting = <T extends KubeObject>(
    type: ResourceType,
    written: Promise<T>,
    dryRun = false,
  ): Promise<T> =>
    written.then((object) => {
      if (!dryRun) tracker.wrote(key, type, object);
      return object;
    });
  return {
    get: (type, ref, signal) => client.get(type, ref, signal),
    list: (type, options) => client.list(type, options),
    watch: (type, options) => client.watch(type, options),
    create: (type, object, options) => noting(type, client.create(type, object, options), options?.dryRun),
    apply: (type, object, options) => noting(type, client.apply(type, object, options), options?.dryRun),
    replace: (type, object, options) => noting(type, client.replace(type, object, options), options?.dryRun),
    patch: (type, request, options) => noting(type, client.patch(type, request, options), options?.dryRun),
    delete: async (type, ref, options = {}) => {
      const outcome = await client.delete(type, ref, options);
      if (outcome === 'deleted' && options.uid !== undefined) {
        tracker.deleted(key, type, { name: ref.name, namespace: ref.namespace, uid: options.uid });
      }
      return outcome;
    },
  };
}
