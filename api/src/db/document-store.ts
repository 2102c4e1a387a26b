// What the Database API asks of its storage. Documents leave it as JSON text that is ready to send; outcomes
// that a client can cause are values, so that only the unexpected throws.
// Every operation is told the grant of its request and holds itself to it inside its one statement.
import type { Grant } from '../access/grant.ts';
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

/** How a write ended. */
export type WriteOutcome =
  | { readonly kind: 'ok'; readonly document: StoredDocument }
  | { readonly kind: 'missing' | 'mismatch' | 'too_large' | 'key_reused' }
  | { readonly kind: 'over_quota'; readonly quota: Quota };

/** What a list is ordered by. */
export interface Order {
  readonly by: 'created_at' | 'updated_at' | { readonly field: string };
  readonly descending: boolean;
}

/** What a list asks for. `equal` holds fields that must have exactly that value; null also matches a missing field. */
export interface ListRequest {
  readonly limit: number;
  readonly offset: number;
  readonly order: Order;
  readonly equal: Readonly<Record<string, string | number | boolean | null>>;
}

/** A page: `itemsJson` is the JSON text of the items, joined by commas. */
export interface Page {
  readonly total: number;
  readonly itemsJson: string;
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

/** Documents of all apps; every call names its app, and Postgres holds it to that. Not granted looks like not there. */
export interface DocumentStore {
  list(place: Place, request: ListRequest, grant: Grant): Promise<Page>;
  get(place: Place, id: string, grant: Grant): Promise<StoredDocument | null>;
  create(place: Place, request: CreateRequest, grant: Grant): Promise<WriteOutcome>;
  update(place: Place, request: UpdateRequest, grant: Grant): Promise<WriteOutcome>;
  delete(place: Place, request: DeleteRequest, grant: Grant): Promise<'ok' | 'missing' | 'mismatch'>;
  /** Deletes everything of an app; gives the number of documents. */
  dropApp(appId: string): Promise<number>;
  /** Null when the database answers, else why not. */
  ping(): Promise<string | null>;
}
