// Whole collections on Postgres, for the app's owner. As with documents, each operation is one statement (an export is one
// transaction), and the app is set by the subquery `c` before a table is touched.
import type { Pool } from 'pg';
import { z } from 'zod';
import { FIELD_SAMPLE_SIZE } from '../contract/limits.ts';
import type { CollectionStore } from '../db/collection-store.ts';
import { openExport } from './export-documents.ts';
import { runQuery } from './run-query.ts';

const CONTEXT = `(select set_config('faibric.app', $1, true) as app) c`;

const LIST = {
  name: 'collections',
  text: `select s.* from ${CONTEXT} cross join lateral (
    select u.collection as name, sum(u.documents)::int as documents, sum(u.bytes)::float8 as bytes
    from faibric.usage u where u.app_id = c.app group by u.collection order by u.collection limit 1000) s`,
};

// Ids are random, so the first by id are a sample that stays the same while nothing changes.
const FIELDS = {
  name: 'fields',
  text: `select f.* from ${CONTEXT} cross join lateral (
    with sample as materialized (
      select d.data from faibric.documents d where d.app_id = c.app and d.collection = $2 order by d.id limit $3),
    pairs as materialized (
      select e.key, e.value, jsonb_typeof(e.value) as type from sample s, jsonb_each(s.data) e),
    types as (select p.key, p.type, count(*) as n from pairs p group by p.key, p.type),
    shown as (
      select p.key, left(p.value #>> '{}', 100) as value,
        row_number() over (partition by p.key order by count(*) desc, left(p.value #>> '{}', 100)) as place
      from pairs p where p.type in ('string', 'number', 'boolean') group by p.key, left(p.value #>> '{}', 100))
    select (select count(*) from sample)::int as sampled, t.key as name, sum(t.n)::int as documents,
      jsonb_object_agg(t.type, t.n) as types,
      coalesce((select jsonb_agg(s.value order by s.place) from shown s where s.key = t.key and s.place <= 5), '[]')
        as examples
    from types t group by t.key order by sum(t.n) desc, t.key limit 200) f`,
};

const CLEAR = { name: 'clear', text: 'select faibric.clear_collection($1, $2) as count' };

const TAKEN = {
  name: 'taken-ids',
  text: `select t.id from ${CONTEXT} cross join lateral (
    select d.id from faibric.documents d
    where d.app_id = c.app and d.collection = $2 and d.id = any ($3::uuid[]) limit 10000) t`,
};

const sizeRows = z.array(z.object({ name: z.string(), documents: z.number(), bytes: z.number() }));
const fieldRows = z.array(
  z.object({
    sampled: z.number(),
    name: z.string(),
    documents: z.number(),
    types: z.record(z.string(), z.number()),
    examples: z.array(z.string()),
  }),
);

/** Makes the store on a pool of the run-time role. */
export const makeCollectionStore = (pool: Pool): CollectionStore => ({
  list: async (appId) => sizeRows.parse((await runQuery(pool, { ...LIST, values: [appId] })).rows),
  fields: async ({ appId, collection }) => {
    const { rows } = await runQuery(pool, { ...FIELDS, values: [appId, collection, FIELD_SAMPLE_SIZE] });
    const found = fieldRows.parse(rows);
    return { sampled: found[0]?.sampled ?? 0, fields: found.map(({ sampled: _, ...field }) => field) };
  },
  clear: async ({ appId, collection }) => {
    const { rows } = await runQuery(pool, { ...CLEAR, values: [appId, collection] });
    return Number(z.object({ count: z.string() }).parse(rows[0]).count);
  },
  takenIds: async ({ appId, collection }, ids) => {
    const { rows } = await runQuery(pool, { ...TAKEN, values: [appId, collection, ids] });
    return new Set(
      z
        .array(z.object({ id: z.string() }))
        .parse(rows)
        .map(({ id }) => id),
    );
  },
  export: (place, where) => openExport(pool, place, where),
});
