// What an app's owner asks of whole collections: which there are, what is in them, to take them out and to clear them. No
// grant limits these: the routes let nobody but the owner come here.
import type { Condition } from './condition.ts';
import type { Place } from './place.ts';

/** A collection and what it holds. */
export interface CollectionSize {
  readonly name: string;
  readonly documents: number;
  readonly bytes: number;
}

/** A field as a sample of documents has it. */
export interface SampledField {
  readonly name: string;
  /** Documents of the sample that have it. */
  readonly documents: number;
  /** JSON types and how many documents have it with that type. */
  readonly types: Readonly<Record<string, number>>;
  /** Up to five of its most frequent values, as text. */
  readonly examples: readonly string[];
}

/** A document that is taken out. Times are ISO 8601 in UTC; `data` is JSON text. */
export interface ExportedDocument {
  readonly id: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: number;
  readonly data: string;
}

/** An export that is under way: one snapshot of the collection, read in batches. It holds a connection until closed. */
export interface DocumentExport {
  /** Names of all fields of `data`, sorted; at most `most`. */
  fieldNames(most: number): Promise<readonly string[]>;
  batches(): AsyncIterable<readonly ExportedDocument[]>;
  close(): Promise<void>;
}

/** Whole collections of all apps. */
export interface CollectionStore {
  list(appId: string): Promise<readonly CollectionSize[]>;
  /** Looks at a sample of at most FIELD_SAMPLE_SIZE documents. */
  fields(place: Place): Promise<{ readonly sampled: number; readonly fields: readonly SampledField[] }>;
  /** Deletes all documents; gives how many. */
  clear(place: Place): Promise<number>;
  /** Those of the ids that documents of the collection have. */
  takenIds(place: Place, ids: readonly string[]): Promise<ReadonlySet<string>>;
  export(place: Place, where: Condition | null): Promise<DocumentExport>;
}
