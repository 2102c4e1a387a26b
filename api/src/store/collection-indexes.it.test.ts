// Indexes of large collections: made once lists ask for them, used by the run-time role behind the row policies, and dropped
// when the collection is gone. 50,000 documents beside other apps' documents of the same collection name.
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aList } from '../../test/a-list.ts';
import { silent, testPostgresConfig } from '../../test/api-server.ts';
import { connectAsOwner, startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { FULL_GRANT } from '../access/grant.ts';
import { asOwner, makePool, prepareDatabase } from '../adapters/postgres.ts';
import type { DocumentStore, ListRequest } from '../db/document-store.ts';
import { parseFilter } from '../db/parse-filter.ts';
import { makeCollectionIndexes } from './collection-indexes.ts';
import { makeDocumentStore, STORAGE_LIMITS } from './documents.ts';
import { listStatement } from './list-statement.ts';

let postgres: TestPostgres;
let pool: pg.Pool;
let owner: pg.Client;
let store: DocumentStore;
let indexes: ReturnType<typeof makeCollectionIndexes>;
const place = { appId: 'large', collection: 'items' };
const DATA = `jsonb_build_object('name', 'Item number ' || i, 'price', (i * 7919) % 10000 / 10.0, 'category', 'cat' || (i % 20),
  'done', i % 2 = 0, 'note', 'some words about thing ' || (i % 997))`;

beforeAll(async () => {
  postgres = await startPostgres();
  const database = await postgres.database();
  const config = testPostgresConfig(postgres, database, 4);
  pool = makePool(config, silent);
  expect(await prepareDatabase(config, pool, silent)).toEqual([]);
  owner = await connectAsOwner(postgres.port, database);
  await owner.query(
    `insert into faibric.documents (app_id, collection, data, bytes, created_at)
     select 'large', 'items', ${DATA}, 150, now() + i * interval '1 ms' from generate_series(1, 50000) i
     union all
     select 'other' || i % 20, 'items', ${DATA}, 150, now() + i * interval '1 ms' from generate_series(1, 20000) i`,
  );
  await owner.query(`insert into faibric.usage values ('large', 'items', 0, 50000, 7500000)`);
  indexes = makeCollectionIndexes({
    pool,
    asOwner: (work) => asOwner(config, work),
    now: Date.now,
    log: silent,
    worthwhile: 5_000,
  });
  store = makeDocumentStore(pool, STORAGE_LIMITS, indexes);
});
afterAll(async () => {
  await pool?.end();
  await owner?.end();
  await postgres?.stop();
});

const where = (filter: object) => parseFilter(JSON.stringify(filter));
const byPrice = (descending: boolean) => [{ by: { field: 'price' }, descending }];

/** The names of the indexes in the plan of a list, as the run-time role runs it. */
const plan = async (request: ListRequest): Promise<string> => {
  const { text, values } = listStatement(place, request, FULL_GRANT);
  const { rows } = await pool.query({
    text: `explain (analyze, timing off) ${text}`,
    values: [...(values ?? [])],
  });
  return rows.map((row) => row['QUERY PLAN']).join('\n');
};

describe('a filtered list over 50,000 documents', () => {
  test.each<[string, Partial<ListRequest>, number, string]>([
    ['one value of twenty', { where: where({ category: 'cat3' }) }, 2_500, 'gin'],
    ['two equalities', { where: where({ category: 'cat4', done: true }) }, 2_500, 'gin'],
    ['a set', { where: where({ name: { $in: ['Item number 7', 'Item number 8'] } }) }, 2, 'gin'],
    ['a range', { where: where({ price: { $gte: 990, $lt: 995 } }) }, 250, 'btree'],
    ['the lowest by a field', { order: byPrice(false), limit: 20 }, 50_000, 'btree'],
    ['the highest by a field', { order: byPrice(true), limit: 20 }, 50_000, 'btree'],
    ['a text', { where: where({ note: { $contains: 'THING 996' } }) }, 50, 'gin'],
  ])('by %s uses an index that was made for it', async (_name, parts, total, method) => {
    const request = aList({ limit: 100, ...parts });
    const before = await store.list(place, request, FULL_GRANT);
    expect(before.total).toBe(total);
    await indexes.settled();
    expect(indexes.has(place)).toBe(true);
    const text = await plan(request);
    const used = [...text.matchAll(/(hot_[0-9a-f]+)/g)].map((match) => match[1]);
    const { rows } = await owner.query(
      `select distinct am.amname from pg_class c join pg_am am on am.oid = c.relam where c.relname = any($1)`,
      [used],
    );
    expect(
      rows.map((row) => row.amname),
      text,
    ).toEqual([method]);
    expect(await store.list(place, request, FULL_GRANT)).toEqual(before);
  });

  test('another app’s list of the same collection sees its own documents only', async () => {
    const request = aList({ where: where({ category: 'cat3' }) });
    expect((await store.list({ ...place, appId: 'other3' }, request, FULL_GRANT)).total).toBe(1_000);
  });
});

describe('indexes', () => {
  const made = async () =>
    (await owner.query(`select count(*)::int as n from pg_indexes where indexname like 'hot\\_%'`)).rows[0].n;

  test('are not made for small collections', async () => {
    const before = await made();
    await store.list(
      { appId: 'other1', collection: 'items' },
      aList({ where: where({ done: true }) }),
      FULL_GRANT,
    );
    await indexes.settled();
    expect(await made()).toBe(before);
  });

  test('are at most eight on one collection', async () => {
    for (let i = 0; i < 12; i += 1)
      await store.list(place, aList({ limit: 1, where: where({ [`field${i}`]: { $gt: 1 } }) }), FULL_GRANT);
    await indexes.settled();
    expect(await made()).toBe(8);
  });

  test('go when their collection is gone and the next one is looked at', async () => {
    await store.dropApp('large');
    await owner.query(`insert into faibric.usage values ('next', 'items', 0, 6000, 1)`);
    await store.list({ appId: 'next', collection: 'items' }, aList({ where: where({ a: 1 }) }), FULL_GRANT);
    await indexes.settled();
    expect(await made()).toBe(1);
    expect([indexes.has(place), indexes.has({ appId: 'next', collection: 'items' })]).toEqual([false, true]);
  });
});
