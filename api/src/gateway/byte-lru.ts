// A small cache in this process, bounded by the bytes that it holds: what is used least goes first. An entry that is too
// large for a fair share is not kept at all.

/** A cache of values that know their size. */
export interface ByteLru<T> {
  get(key: string): T | undefined;
  set(key: string, value: T, bytes: number): void;
  delete(key: string): void;
  /** Bytes held now. */
  bytes(): number;
}

// What a Map entry costs besides its key and value; a round guess.
const OVERHEAD = 200;

/** Makes one. */
export const makeByteLru = <T>(maxBytes: number): ByteLru<T> => {
  const entries = new Map<string, { value: T; size: number }>();
  let held = 0;
  const remove = (key: string): void => {
    const found = entries.get(key);
    if (found === undefined) return;
    held -= found.size;
    entries.delete(key);
  };
  const removeOldest = (): void => {
    const oldest = entries.keys().next();
    if (!oldest.done) remove(oldest.value);
  };
  return {
    get: (key) => {
      const found = entries.get(key);
      if (found === undefined) return undefined;
      // Put back at the end: the order of the map is the order of use.
      entries.delete(key);
      entries.set(key, found);
      return found.value;
    },
    set: (key, value, bytes) => {
      remove(key);
      const size = bytes + key.length + OVERHEAD;
      if (size > maxBytes / 4) return;
      while (held + size > maxBytes) removeOldest();
      entries.set(key, { value, size });
      held += size;
    },
    delete: remove,
    bytes: () => held,
  };
};
