// What the Database API asks of its storage. Documents leave it as JSON text that is ready to send; outcomes
// that a client can cause are values, so that only the unexpected throws.
// Every operation is told the grant of its request and holds itself to it inside its one statement.
import type { Grant } from '../access/grant.ts';
import type { Condition } from './condition.ts';
import type { Place } from './place.ts';

/** A document as stored: its wire form and what the headers need. */
export interface StoredDocument {
  readonly id: string;
  readonly version: number;
  /** The document in the shape of `documentSchema`, as JSON text. */
  readonly json: string;
}

/** Which limit a write would have passed. */
export type Quota = 'documents' | 'bytes' | 'collections';

/** Why a write was not made. */
export type WriteFailure =
  | { readonly kind: 'missing' | 'mismatch' | 'too_large' | 'key_reused' }
  | { readonly kind: 'over_quota'; readonly quota: Quota };

/** How a write ended. */
export type WriteOutcome = { readonly kind: 'ok'; readonly document: StoredDocument } | WriteFailure;

/** What a list is ordered by. */
export interface Order {
  readonly by: 'created_at' | 'updated_at' | { readonly field: string };
  readonly descending: boolean;
}

/** Where a document stands in an order: a value for each part of it (null: none), and what decides between equals. */
export interface Position {
  readonly values: readonly unknown[];
  /** In UTC with microseconds, as Postgres writes it. */
  readonly createdAt: string;
  readonly id: string;
}

/** What a list asks for. `after` and `offset` are two ways to page; only one is given. */
export interface ListRequest {
  readonly limit: number;
  readonly offset: number;
  readonly after: Position | null;
  /** At least one. Between equals the older or newer comes first, as the last of them says. */
  readonly order: readonly Order[];
  readonly where: Condition | null;
  /** False: the total is not wanted, which is faster. */
  readonly count: boolean;
  /** Fields of `data` to give; null: all. */
  readonly fields: readonly string[] | null;
}

/** A page: `itemsJson` is the JSON text of the items, joined by commas; `next` is null when nothing follows. */
export interface Page {
  readonly total: number | null;
  readonly itemsJson: string;
  readonly next: Position | null;
}

/** Key and digest of the body of a create that may be repeated. */
export interface Idempotency {
  readonly keyHash: string;
  readonly requestHash: string;
}

/** A document to be made. */
export interface CreateRequest {
  readonly data: object;
  readonly once?: Idempotency | undefined;
}

/** A replacement or merge of one document; `version` is what If-Match asked for. */
export interface UpdateRequest {
  readonly id: string;
  readonly data: object;
  readonly merge: boolean;
  readonly version?: number | undefined;
}

/** A document to be deleted; `version` is what If-Match asked for. */
export interface DeleteRequest {
  readonly id: string;
  readonly version?: number | undefined;
}

/** Documents to be made together, all or none. An `id` is given only by an import. */
export interface BulkCreate {
  readonly items: readonly { readonly data: object; readonly id?: string | undefined }[];
  readonly once?: Idempotency | undefined;
}

/** How a bulk create ended; `at` is the index of the document that is to blame, when one is. */
export type BulkOutcome =
  | { readonly kind: 'ok'; readonly itemsJson: string }
  | {
      readonly kind: 'failed';
      readonly failure: WriteFailure | { readonly kind: 'taken' };
      readonly at: number | null;
    };

/** Which documents a bulk delete is for. */
export type BulkDelete = { readonly ids: readonly string[] } | { readonly where: Condition };

/** Documents of all apps; every call names its app, and Postgres holds it to that. Not granted looks like not there. */
export interface DocumentStore {
  list(place: Place, request: ListRequest, grant: Grant): Promise<Page>;
  get(place: Place, id: string, grant: Grant): Promise<StoredDocument | null>;
  create(place: Place, request: CreateRequest, grant: Grant): Promise<WriteOutcome>;
  update(place: Place, request: UpdateRequest, grant: Grant): Promise<WriteOutcome>;
  delete(place: Place, request: DeleteRequest, grant: Grant): Promise<'ok' | 'missing' | 'mismatch'>;
  count(place: Place, where: Condition | null, grant: Grant): Promise<number>;
  createMany(place: Place, request: BulkCreate, grant: Grant): Promise<BulkOutcome>;
  /** Gives the number of documents that it deleted; those that are not there or not granted are passed over. */
  deleteMany(place: Place, request: BulkDelete, grant: Grant): Promise<number>;
  /** Deletes everything of an app; gives the number of documents. */
  dropApp(appId: string): Promise<number>;
  /** Null when the database answers, else why not. */
  ping(): Promise<string | null>;
}
