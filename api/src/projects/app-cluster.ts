// What the projects API asks of the cluster: apps from a cache that is kept up to date, and three writes. The API
// stores nothing about apps anywhere else.
import type { FaibricApp } from '@faibric/crds';

/** A change in the cache: the app as it is now, or null when it is gone. */
export interface AppChange {
  readonly name: string;
  readonly app: FaibricApp | null;
  /** The app before the change, when it was known. */
  readonly before: FaibricApp | null;
  /** True when the API server told of it; false when a new list only lacked the app. */
  readonly watched?: boolean;
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

/** A change of an app: members of `spec` and annotations to set; null removes one. */
export interface AppPatch {
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly annotations?: Readonly<Record<string, string | null>>;
}

/** Writes to the cluster. They throw an ApiError with the API server's own words when it refuses. */
export interface AppWriter {
  /** Null when the name is taken. */
  create(app: NewApp): Promise<FaibricApp | null>;
  /** Changes the app if it is still at its `resourceVersion`; null when it is not. */
  patch(app: FaibricApp, patch: AppPatch): Promise<FaibricApp | null>;
  /** Reads past the cache; null when it is gone. */
  read(name: string): Promise<FaibricApp | null>;
  /** Deletes this very object (by UID); false when it was gone already. */
  remove(app: FaibricApp): Promise<boolean>;
}
