// A document as the API sends it and as an app sees it: its fields lie flat beside id, times and `mine`.
// A field of the app named like one of ours loses: the platform's value is shown. The version of a document is no field
// of it (apps have versions of their own), so it is kept beside the item, and only items of ours have one.

/**
 * A stored document: its fields plus those that the platform sets. `mine`: this browser or user wrote it; always set,
 * and optional in the type so that a list of examples without it may stand beside stored ones.
 */
export type Item<T> = T & { id: string; createdAt: string; updatedAt: string; mine?: boolean };

/** A document in an answer of the API; only `id` is sure to be there. */
export interface WireDocument {
  id: string;
  data?: unknown;
  createdAt?: string;
  updatedAt?: string;
  version?: number;
  mine?: boolean;
}

const versions = new WeakMap<object, number>();

/** The version of an item, for If-Match; undefined before it was stored. */
export const versionOf = (item: object): number | undefined => versions.get(item);

/** A copy of an item with some fields changed, that still stands for the same version. */
export function changed<T>(item: Item<T>, patch: Partial<T>): Item<T> {
  const copy = { ...item, ...patch };
  const version = versions.get(item);
  if (version !== undefined) versions.set(copy, version);
  return copy;
}

/** Whether a value looks like a document of the API. */
export const isWireDocument = (value: unknown): value is WireDocument =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';

/** The flat form of a document. */
export function toItem<T>(wire: WireDocument): Item<T> {
  const data = typeof wire.data === 'object' && wire.data !== null ? wire.data : {};
  const createdAt = wire.createdAt ?? '';
  const own = { id: wire.id, createdAt, updatedAt: wire.updatedAt ?? createdAt, mine: wire.mine === true };
  const item = { ...data, ...own } as Item<T>;
  if (typeof wire.version === 'number') versions.set(item, wire.version);
  return item;
}

/** What stands for a document until the server has stored it. */
export function draftOf<T>(data: T): Item<T> {
  const now = new Date().toISOString();
  return { ...data, id: `new-${crypto.randomUUID()}`, createdAt: now, updatedAt: now, mine: true };
}
