// What the projects API asks of the cluster: apps from a cache that is kept up to date, and four writes. The API
// stores nothing about apps anywhere else.
import type { FaibricApp } from '@faibric/crds';

/** A change in the cache: the app as it is now, or null when it is gone. */
export interface AppChange {
  readonly name: string;
  readonly app: FaibricApp | null;
  /** The app before the change, when it was known. */
  readonly before: FaibricApp | null;
}

/** Apps as last seen, and their changes. */
export interface AppCache {
  list(): readonly FaibricApp[];
  /** True once the first list has arrived. */
  isSynced(): boolean;
  /** Null when the list can be taken for the truth, else why it cannot. */
  problem(): string | null;
  /** Calls back on every change until the returned function is called. */
  subscribe(listener: (change: AppChange) => void): () => void;
  /** Takes in an object that we ourselves just wrote, unless the cache is already newer. */
  note(app: FaibricApp): void;
}

/** A new app. */
export interface NewApp {
  readonly name: string;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Writes to the cluster. They throw an ApiError with the API server's own words when it refuses. */
export interface AppWriter {
  /** Null when the name is taken. */
  create(app: NewApp): Promise<FaibricApp | null>;
  /** Sets `spec.changes`, if the object is still at `resourceVersion`; null when it is not. */
  setChanges(app: FaibricApp, changes: readonly { id: string; prompt: string }[]): Promise<FaibricApp | null>;
  /** Reads past the cache; null when it is gone. */
  read(name: string): Promise<FaibricApp | null>;
  /** Deletes this very object (by UID); false when it was gone already. */
  remove(app: FaibricApp): Promise<boolean>;
}
