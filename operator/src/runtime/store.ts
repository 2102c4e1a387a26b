// The cache behind a reflector: objects by key, with indexes. It knows objects by UID, so that a namesake
// created after a delete is a new object and never a change of the old one, and it refuses what is older
// than what it has: watch events may come twice, late or out of order.
import { type KubeObject, keyOf, type ObjectRef } from './kube-client.ts';
import { isOlder } from './resource-version.ts';

/** Gives the values under which an object is found in one index. */
export type Indexer<T> = (object: T) => readonly string[];

/** One difference that the cache has taken in. `tombstone` = the delete itself was not seen. */
export interface Change<T> {
  type: 'added' | 'updated' | 'deleted';
  object: T;
  previous?: T;
  initial: boolean;
  tombstone: boolean;
}

/** What may be read from a cache. Objects are shared: never change one. */
export interface Store<T> {
  get(ref: ObjectRef | string): T | undefined;
  list(): T[];
  byIndex(index: string, value: string): T[];
  readonly size: number;
  /** The newest version of the collection that the cache has seen. */
  readonly resourceVersion: string | undefined;
}

/** The cache itself; only its reflector writes to it. */
export class ObjectCache<T extends KubeObject> implements Store<T> {
  readonly #objects = new Map<string, T>();
  readonly #indexes = new Map<string, Index<T>>();
  // Versions at which keys were deleted, so that a late event cannot bring an object back to life.
  readonly #deletedAt = new Map<string, string>();
  #version: string | undefined;

  constructor(indexers: Record<string, Indexer<T>> = {}) {
    for (const [name, valuesOf] of Object.entries(indexers)) {
      this.#indexes.set(name, { valuesOf, keys: new Map() });
    }
  }

  get size(): number {
    return this.#objects.size;
  }

  get resourceVersion(): string | undefined {
    return this.#version;
  }

  get(ref: ObjectRef | string): T | undefined {
    return this.#objects.get(typeof ref === 'string' ? ref : keyOf(ref));
  }

  list(): T[] {
    return [...this.#objects.values()];
  }

  byIndex(index: string, value: string): T[] {
    const known = this.#indexes.get(index);
    if (known === undefined) throw new Error(`the cache has no index "${index}"`);
    return [...(known.keys.get(value) ?? [])].flatMap((key) => this.#objects.get(key) ?? []);
  }

  /** Notes a version of the collection that was seen without an object (a bookmark). */
  sawVersion(resourceVersion: string | undefined): void {
    if (resourceVersion !== undefined && !isOlder(resourceVersion, this.#version))
      this.#version = resourceVersion;
  }

  /** Takes one object in; gives what changed: nothing, one change, or a replacement as two. */
  upsert(object: T): Array<Change<T>> {
    const key = keyOf(object.metadata);
    const incoming = object.metadata.resourceVersion;
    if (isOlder(incoming, this.#deletedAt.get(key))) return [];
    if (isOlder(incoming, this.#objects.get(key)?.metadata.resourceVersion)) return [];
    this.sawVersion(incoming);
    return this.#put(key, object);
  }

  /** Takes a delete in, unless the cache holds a newer object or a namesake. */
  remove(object: T): Array<Change<T>> {
    const key = keyOf(object.metadata);
    const incoming = object.metadata.resourceVersion;
    this.sawVersion(incoming);
    if (incoming !== undefined && !isOlder(incoming, this.#deletedAt.get(key)))
      this.#deletedAt.set(key, incoming);
    const known = this.#objects.get(key);
    if (known === undefined || known.metadata.uid !== object.metadata.uid) return [];
    if (isOlder(incoming, known.metadata.resourceVersion)) return [];
    this.#unset(key);
    return [change('deleted', object)];
  }

  /** Makes the cache equal to a full list, also to one from a server that was set back in time. */
  replace(listed: readonly T[], resourceVersion: string): Array<Change<T>> {
    this.#deletedAt.clear();
    const changes: Array<Change<T>> = [];
    const present = new Set(listed.map((object) => keyOf(object.metadata)));
    for (const [key, object] of [...this.#objects]) {
      if (present.has(key)) continue;
      this.#unset(key);
      changes.push({ ...change('deleted', object), tombstone: true });
    }
    for (const object of listed) changes.push(...this.#put(keyOf(object.metadata), object));
    this.#version = resourceVersion;
    return changes;
  }

  #put(key: string, object: T): Array<Change<T>> {
    const known = this.#objects.get(key);
    const sameObject = known?.metadata.uid === object.metadata.uid;
    if (sameObject && object.metadata.resourceVersion === known?.metadata.resourceVersion) return [];
    this.#unset(key);
    this.#objects.set(key, object);
    for (const index of this.#indexes.values()) {
      for (const value of index.valuesOf(object)) {
        const keys = index.keys.get(value) ?? new Set();
        index.keys.set(value, keys.add(key));
      }
    }
    if (known === undefined) return [change('added', object)];
    if (sameObject) return [{ ...change('updated', object), previous: known }];
    return [{ ...change('deleted', known), tombstone: true }, change('added', object)];
  }

  #unset(key: string): void {
    const old = this.#objects.get(key);
    if (old === undefined) return;
    this.#objects.delete(key);
    for (const index of this.#indexes.values()) {
      for (const value of index.valuesOf(old)) {
        const keys = index.keys.get(value);
        keys?.delete(key);
        if (keys?.size === 0) index.keys.delete(value);
      }
    }
  }
}

interface Index<T> {
  readonly valuesOf: Indexer<T>;
  readonly keys: Map<string, Set<string>>;
}

function change<T>(type: Change<T>['type'], object: T): Change<T> {
  return { type, object, initial: false, tombstone: false };
}

/** An indexer by the value of a label. */
export function byLabel<T extends KubeObject>(label: string): Indexer<T> {
  return (object) => {
    const value = object.metadata.labels?.[label];
    return value === undefined ? [] : [value];
  };
}

/** An indexer by the UIDs of an object's owners. */
export function byOwnerUid<T extends KubeObject>(): Indexer<T> {
  return (object) => (object.metadata.ownerReferences ?? []).map((owner) => owner.uid);
}
