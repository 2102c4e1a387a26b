// What the Database API asks of its storage. Documents leave it as JSON text that is ready to send; outcomes
// that a client can cause are values, so that only the unexpected throws.

/** Which document or collection of which app. */
export interface Place {
  readonly appId: string;
  readonly collection: string;
}

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

/** Documents of all apps; every call names its app, and Postgres holds it to that. */
export interface DocumentStore {
  list(place: Place, request: ListRequest): Promise<Page>;
  get(place: Place, id: string): Promise<StoredDocument | null>;
  create(place: Place, data: object, once?: Idempotency): Promise<WriteOutcome>;
  update(place: Place, write: UpdateRequest): Promise<WriteOutcome>;
  delete(place: Place, id: string, version?: number): Promise<'ok' | 'missing' | 'mismatch'>;
  /** Deletes everything of an app; gives the number of documents. */
  dropApp(appId: string): Promise<number>;
  /** Null when the database answers, else why not. */
  ping(): Promise<string | null>;
}

/** A replacement or merge of one document; `version` is what If-Match asked for. */
export interface UpdateRequest {
  readonly id: string;
  readonly data: object;
  readonly merge: boolean;
  readonly version?: number;
}
