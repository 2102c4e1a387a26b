// The document store on Postgres: every operation is one named statement, one round trip, one transaction.
// `data` travels as text in both directions; only Postgres looks into it.
import type { Pool, QueryResult } from 'pg';
import { z } from 'zod';
import {
  MAX_BYTES_PER_APP,
  MAX_COLLECTIONS_PER_APP,
  MAX_DOCUMENT_BYTES,
  MAX_DOCUMENTS_PER_APP,
} from '../contract/limits.ts';
import type {
  DocumentStore,
  ListRequest,
  Place,
  StoredDocument,
  UpdateRequest,
  WriteOutcome,
} from '../db/document-store.ts';
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
    `"updatedAt":"${value.updated_at.toISOString()}","version":${value.version}}`,
});

const toOutcome = (result: QueryResult): WriteOutcome => {
  const { outcome } = writeRow.parse(result.rows[0]);
  if (outcome === 'ok' || outcome === 'replayed') {
    return { kind: 'ok', document: toDocument(row.parse(result.rows[0])) };
  }
  const quota = QUOTAS.safeParse(outcome);
  return quota.success ? { kind: 'over_quota', quota: quota.data } : { kind: FAILURES.parse(outcome) };
};

const listParameters = (place: Place, { limit, offset, order, equal }: ListRequest) => {
  const entries = Object.entries(equal);
  const filtered = entries.length > 0;
  const values: unknown[] = [place.appId, place.collection, limit, offset];
  if (filtered) {
    values.push(JSON.stringify(Object.fromEntries(entries.filter(([, value]) => value !== null))));
    values.push(entries.filter(([, value]) => value === null).map(([name]) => name));
  }
  if (typeof order.by === 'object') values.push(order.by.field);
  return { filtered, values };
};

const list = async (pool: Pool, place: Place, request: ListRequest) => {
  const { filtered, values } = listParameters(place, request);
  const result = await runQuery(pool, { ...listStatement(request.order, filtered), values });
  const { total, id } = totalRow.parse(result.rows[0]);
  // The left join gives one empty row when the page is empty, so that the total is always there.
  const items = id === null ? [] : result.rows.map((item) => toDocument(row.parse(item)).json);
  return { total: Number(total), itemsJson: items.join(',') };
};

const CREATE = { name: 'create', text: 'select * from faibric.create_document($1, $2, $3, $4, $5, $6)' };
const UPDATE = { name: 'update', text: 'select * from faibric.update_document($1, $2, $3, $4, $5, $6, $7)' };
const DELETE = { name: 'delete', text: 'select faibric.delete_document($1, $2, $3, $4) as outcome' };
const DROP = { name: 'drop', text: 'select faibric.drop_app($1) as count' };

const update = async (pool: Pool, place: Place, write: UpdateRequest & { limits: string }) => {
  const { id, data, merge, version, limits } = write;
  const values = [place.appId, place.collection, id, JSON.stringify(data), merge, version ?? null, limits];
  return toOutcome(await runQuery(pool, { ...UPDATE, values }));
};

/** Makes the store on a pool of the run-time role. */
export const makeDocumentStore = (pool: Pool, limits: StorageLimits = STORAGE_LIMITS): DocumentStore => {
  const limitsText = JSON.stringify(limits);
  return {
    list: (place, request) => list(pool, place, request),
    get: async ({ appId, collection }, id) => {
      const result = await runQuery(pool, { ...GET_STATEMENT, values: [appId, collection, id] });
      return result.rows.length === 0 ? null : toDocument(row.parse(result.rows[0]));
    },
    create: async ({ appId, collection }, data, once) => {
      const text = JSON.stringify(data);
      const values = [appId, collection, text, limitsText, once?.keyHash ?? null, once?.requestHash ?? null];
      return toOutcome(await runQuery(pool, { ...CREATE, values }));
    },
    update: (place, write) => update(pool, place, { ...write, limits: limitsText }),
    delete: async ({ appId, collection }, id, version) => {
      const result = await runQuery(pool, { ...DELETE, values: [appId, collection, id, version ?? null] });
      return DELETED.parse(result.rows[0]).outcome;
    },
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
  };
};
