// The document store on Postgres: every operation is one named statement, one round trip, one transaction.
// `data` travels as text in both directions; only Postgres looks into it.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Grant } from '../access/grant.ts';
import {
  MAX_BYTES_PER_APP,
  MAX_COLLECTIONS_PER_APP,
  MAX_DOCUMENT_BYTES,
  MAX_DOCUMENTS_PER_APP,
} from '../contract/limits.ts';
import { type CollectionIndexes, wishesOf } from '../db/collection-indexes.ts';
import type { DocumentStore, ListRequest } from '../db/document-store.ts';
import type { Place } from '../db/place.ts';
import { makeGets } from './document-gets.ts';
import { documentJson, documentRow, positionOf } from './document-row.ts';
import { makeWrites } from './document-writes.ts';
import { countStatement, listStatement } from './list-statement.ts';
import { runQuery } from './run-query.ts';

/** How much one app may store; tests set smaller ones. */
export interface StorageLimits {
  readonly documents: number;
  readonly bytes: number;
  readonly collections: number;
  readonly document: number;
}

/** The limits of the contract. */
export const STORAGE_LIMITS: StorageLimits = {
  documents: MAX_DOCUMENTS_PER_APP,
  bytes: MAX_BYTES_PER_APP,
  collections: MAX_COLLECTIONS_PER_APP,
  document: MAX_DOCUMENT_BYTES,
};

const totalRow = z.object({ total: z.string().nullable(), id: z.string().nullable() });
const count = (text: string | null): number | null => (text === null ? null : Number(text));

interface ListCall {
  readonly request: ListRequest;
  readonly grant: Grant;
  readonly indexes: CollectionIndexes;
}

const list = async (pool: Pool, place: Place, { request, grant, indexes }: ListCall) => {
  indexes.wish(place, wishesOf(request));
  const { name, ...statement } = listStatement(place, request, grant);
  // A plan that is kept is one for any collection, and knows nothing of this one's indexes.
  const keep = name !== undefined && (wishesOf(request).length === 0 || !indexes.has(place));
  const { rows } = await runQuery(pool, keep ? { name, ...statement } : statement);
  const { total, id } = totalRow.parse(rows[0]);
  // The left join gives one empty row when the page is empty, so that the total is always there.
  if (id === null) return { total: count(total), itemsJson: '', next: null };
  const page = rows.slice(0, request.limit);
  const itemsJson = page.map((row) => documentJson(documentRow.parse(row))).join(',');
  const next = rows.length > page.length ? positionOf(page.at(-1), request.order) : null;
  return { total: count(total), itemsJson, next };
};

const DROP = { name: 'drop', text: 'select faibric.drop_app($1) as count' };

const NO_INDEXES: CollectionIndexes = { wish: () => undefined, has: () => false };

/** Makes the store on a pool of the run-time role. */
export const makeDocumentStore = (
  pool: Pool,
  limits: StorageLimits = STORAGE_LIMITS,
  indexes: CollectionIndexes = NO_INDEXES,
): DocumentStore => ({
  list: (place, request, grant) => list(pool, place, { request, grant, indexes }),
  get: makeGets(pool),
  count: async (place, where, grant) => {
    const result = await runQuery(pool, countStatement(place, where, grant));
    return Number(z.object({ total: z.string() }).parse(result.rows[0]).total);
  },
  ...makeWrites(pool, JSON.stringify(limits)),
  dropApp: async (appId) => {
    const result = await runQuery(pool, { ...DROP, values: [appId] });
    return Number(z.object({ count: z.string() }).parse(result.rows[0]).count);
  },
  ping: async () => {
    try {
      await runQuery(pool, { name: 'ping', text: 'select 1' });
      return null;
    } catch {
      return 'Postgres does not answer';
    }
  },
});
