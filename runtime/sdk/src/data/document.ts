// A document as the API sends it and as an app sees it: its fields lie flat beside id and times.
// A field of the app named like one of ours (id, createdAt, updatedAt) loses: the platform's value is shown.

/** A stored document: its fields plus the three that the platform sets. */
export type Item<T> = T & { id: string; createdAt: string; updatedAt: string };

/** A document in an answer of the API. */
export interface WireDocument {
  id: string;
  data: unknown;
  createdAt: string;
  updatedAt: string;
}

/** The flat form of a document. */
export function toItem<T>(wire: WireDocument): Item<T> {
  const data = typeof wire.data === 'object' && wire.data !== null ? wire.data : {};
  const own = { id: wire.id, createdAt: wire.createdAt, updatedAt: wire.updatedAt };
  return { ...data, ...own } as Item<T>;
}
