// The writes of the document store. Each is one named statement that calls one function, which is one transaction; what a
// client can cause comes back as an outcome.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { BulkOutcome, DocumentStore, WriteFailure } from '../db/document-store.ts';
import { makeCreates } from './document-creates.ts';
import { rowOutcome, toFailure, WRITTEN } from './document-row.ts';
import { deleteWhereStatement } from './list-statement.ts';
import { runQuery } from './run-query.ts';

const DELETED = z.object({ outcome: z.enum(['ok', 'missing', 'mismatch']) });
const bulkRow = z.object({ outcome: z.string(), at: z.number().nullable(), items: z.string().nullable() });
const countRow = z.object({ count: z.string() });

const UPDATE = {
  name: 'update',
  text: `select ${WRITTEN} from faibric.update_document($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
};
const DELETE = { name: 'delete', text: 'select faibric.delete_document($1, $2, $3, $4, $5) as outcome' };
const CREATE_MANY = {
  name: 'create-many',
  text: 'select outcome, at, items from faibric.create_documents($1, $2, $3, $4, $5, $6, $7)',
};
const DELETE_MANY = { name: 'delete-many', text: 'select faibric.delete_documents($1, $2, $3, $4) as count' };

const toBulkOutcome = (row: unknown): BulkOutcome => {
  const { outcome, at, items } = bulkRow.parse(row);
  if (outcome === 'ok' || outcome === 'replayed') return { kind: 'ok', itemsJson: items ?? '[]' };
  const failure: WriteFailure | { kind: 'taken' } =
    outcome === 'taken' ? { kind: 'taken' } : toFailure(outcome);
  return { kind: 'failed', failure, at };
};

type Writes = Pick<DocumentStore, 'create' | 'update' | 'delete' | 'createMany' | 'deleteMany'>;

/** Makes the writes; `limits` is the JSON of what an app may store. */
export const makeWrites = (pool: Pool, limits: string): Writes => ({
  create: makeCreates(pool, limits),
  update: async ({ appId, collection }, { id, data, merge, version }, { author, only }) => {
    const write = [id, JSON.stringify(data), merge, version ?? null];
    const values = [appId, collection, ...write, limits, author, only];
    return rowOutcome((await runQuery(pool, { ...UPDATE, values })).rows[0]);
  },
  delete: async ({ appId, collection }, { id, version }, { only }) => {
    const values = [appId, collection, id, version ?? null, only];
    const result = await runQuery(pool, { ...DELETE, values });
    return DELETED.parse(result.rows[0]).outcome;
  },
  createMany: async ({ appId, collection }, { items, once }, { author }) => {
    const key = [once?.keyHash ?? null, once?.requestHash ?? null];
    const values = [appId, collection, JSON.stringify(items), limits, author, ...key];
    return toBulkOutcome((await runQuery(pool, { ...CREATE_MANY, values })).rows[0]);
  },
  deleteMany: async (place, request, grant) => {
    const byIds = (ids: readonly string[]) => ({
      ...DELETE_MANY,
      values: [place.appId, place.collection, ids, grant.only],
    });
    const statement =
      'ids' in request ? byIds(request.ids) : deleteWhereStatement(place, request.where, grant);
    return Number(countRow.parse((await runQuery(pool, statement)).rows[0]).count);
  },
});
