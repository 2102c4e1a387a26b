// What a collection is to an app (Collection), and to the parts of this package that keep its list (ListRun).
import type { AppError } from './app-error.ts';
import type { Item } from './document.ts';
import type { ListState, Order } from './list-state.ts';

/** The state of a collection and what can be done with it. */
export interface Collection<T> {
  items: Item<T>[];
  /** Documents that match, loaded or not. */
  total: number;
  loading: boolean;
  error: AppError | null;
  /** There are more than `items`. */
  hasMore: boolean;
  loadMore(): Promise<void>;
  add(data: T): Promise<Item<T> | null>;
  addMany(data: readonly T[]): Promise<Item<T>[] | null>;
  update(id: string, patch: Partial<T>, options?: UpdateOptions): Promise<Item<T> | null>;
  remove(id: string): Promise<boolean>;
  removeMany(ids: readonly string[]): Promise<boolean>;
  refresh(): Promise<void>;
}

/** `ifUnchanged`: refused when somebody else changed the document since it was shown. */
export interface UpdateOptions {
  ifUnchanged?: boolean;
}

/** A list with what is under way: not state, because it changes without a new picture. */
export interface ListRun<T> {
  readonly name: string;
  readonly order: Order;
  state(): ListState<T>;
  set(change: (now: ListState<T>) => ListState<T>): void;
  /** Reads the list anew, soon. */
  reload(): void;
  /** Counts writes: a list asked for before one is older than what is shown. */
  writes: number;
  /** Removed here: the event that tells of it changes nothing. */
  readonly removed: Set<string>;
  /** Writes whose answer is not there yet. */
  open: number;
}
