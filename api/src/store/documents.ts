// The document store on Postgres: every operation is one named statement, one round trip, one transaction.
// `data` travels as text in both directions; only Postgres looks into it.
import type { Pool, QueryResult } from 'pg';
import { z } from 'zod';
import type { Grant } from '../access/grant.ts';
import {
  MAX_BYTES_PER_APP,
  MAX_COLLECTIONS_PER_APP,
  MAX_DOCUMENT_BYTES,
  MAX_DOCUMENTS_PER_APP,
} from '../contract/limits.ts';
import type { DocumentStore, ListRequest, StoredDocument, WriteOutcome } from '../db/document-store.ts';
import type { Place } from '../db/place.ts';
import { GET_STATEMENT, listStatement } from './list-statement.ts';
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

const row = z.object({
  id: z.string(),
  data: z.string(),
  created_at: z.date(),
  updated_at: z.date(),
  version: z.number(),
  mine: z.boolean(),
});
const writeRow = z.object({ outcome: z.string() });
const totalRow = z.object({ total: z.string(), id: z.string().nullable() });
const QUOTAS = z.enum(['documents', 'bytes', 'collections']);
const FAILURES = z.enum(['missing', 'mismatch', 'too_large', 'key_reused']);
const DELETED = z.object({ outcome: z.enum(['ok', 'missing', 'mismatch']) });

const toDocument = (value: z.infer<typeof row>): StoredDocument => ({
  id: value.id,
  version: value.version,
  json:
    `{"id":"${value.id}","data":${value.data},"createdAt":"${value.created_at.toISOString()}",` +
    `"updatedAt":"${value.updated_at.toISOString()}","version":${value.version},"mine":${value.mine}}`,
});

const toOutcome = (result: QueryResult): WriteOutcome => {
  const { outcome } = writeRow.parse(result.rows[0]);
  if (outcome === 'ok' || outcome === 'replayed') {
    return { kind: 'ok', document: toDocument(row.parse(result.rows[0])) };
  }
  const quota = QUOTAS.safeParse(outcome);
  return quota.success ? { kind: 'over_quota', quota: quota.data } : { kind: FAILURES.parse(outcome) };
};

const listParameters = ({ appId, collection }: Place, request: ListRequest, { author, only }: Grant) => {
  const { limit, offset, order } = request;
  const entries = Object.entries(request.equal);
  const filtered = entries.length > 0;
  const values: unknown[] = [appId, collection, limit, offset, author];
  if (filtered) {
    values.push(JSON.stringify(Object.fromEntries(entries.filter(([, value]) => value !== null))));
    values.push(entries.filter(([, value]) => value === null).map(([name]) => name));
  }
  if (typeof order.by === 'object') values.push(order.by.field);
  if (only !== null) values.push(only);
  return { filtered, values };
};

const list = async (pool: Pool, place: Place, { request, grant }: { request: ListRequest; grant: Grant }) => {
  const { filtered, values } = listParameters(place, request, grant);
  const shape = { order: request.order, filtered, own: grant.only !== null };
  const result = await runQuery(pool, { ...listStatement(shape), values });
  const { total, id } = totalRow.parse(result.rows[0]);
  // The left join gives one empty row when the page is empty, so that the total is always there.
  const items = id === null ? [] : result.rows.map((item) => toDocument(row.parse(item)).json);
  return { total: Number(total), itemsJson: items.join(',') };
};

const CREATE = { name: 'create', text: 'select * from faibric.create_document($1, $2, $3, $4, $5, $6, $7)' };
const UPDATE = {
  name: 'update',
  text: 'select * from faibric.update_document($1, $2, $3, $4, $5, $6, $7, $8, $9)',
};
const DELETE = { name: 'delete', text: 'select faibric.delete_document($1, $2, $3, $4, $5) as outcome' };
const DROP = { name: 'drop', text: 'select faibric.drop_app($1) as count' };

type Writes = Pick<DocumentStore, 'create' | 'update' | 'delete'>;

const makeWrites = (pool: Pool, limits: string): Writes => ({
  create: async ({ appId, collection }, { data, once }, { author }) => {
    const key = [once?.keyHash ?? null, once?.requestHash ?? null];
    const values = [appId, collection, JSON.stringify(data), limits, author, ...key];
    return toOutcome(await runQuery(pool, { ...CREATE, values }));
  },
  update: async ({ appId, collection }, { id, data, merge, version }, { author, only }) => {
    const write = [id, JSON.stringify(data), merge, version ?? null];
    const values = [appId, collection, ...write, limits, author, only];
    return toOutcome(await runQuery(pool, { ...UPDATE, values }));
  },
  delete: async ({ appId, collection }, { id, version }, { only }) => {
    const values = [appId, collection, id, version ?? null, only];
    const result = await runQuery(pool, { ...DELETE, values });
    return DELETED.parse(result.rows[0]).outcome;
  },
});

/** Makes the store on a pool of the run-time role. */
export const makeDocumentStore = (pool: Pool, limits: StorageLimits = STORAGE_LIMITS): DocumentStore => ({
  list: (place, request, grant) => list(pool, place, { request, grant }),
  get: async ({ appId, collection }, id, { author, only }) => {
    const values = [appId, collection, id, author, only];
    const result = await runQuery(pool, { ...GET_STATEMENT, values });
    return result.rows.length === 0 ? null : toDocument(row.parse(result.rows[0]));
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
