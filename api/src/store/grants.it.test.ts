// Grants inside the statements: what is not one's own looks like what is not there, and the change feed has every write
// once, in an order in which a reader misses nothing.
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aList } from '../../test/a-list.ts';
import { silent, testPostgresConfig } from '../../test/api-server.ts';
import { connectAsOwner, startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { FULL_GRANT, type Grant } from '../access/grant.ts';
import { makePool, prepareDatabase } from '../adapters/postgres.ts';
import type { DocumentStore, StoredDocument, WriteOutcome } from '../db/document-store.ts';
import { makeDocumentStore } from './documents.ts';

let postgres: TestPostgres;
let pool: pg.Pool;
let owner: pg.Client;
let store: DocumentStore;

beforeAll(async () => {
  postgres = await startPostgres();
  const database = await postgres.database();
  const config = testPostgresConfig(postgres, database, 8);
  pool = makePool(config, silent);
  expect(await prepareDatabase(config, pool, silent)).toEqual([]);
  store = makeDocumentStore(pool);
  owner = await connectAsOwner(postgres.port, database);
});
afterAll(async () => {
  await pool?.end();
  await owner?.end();
  await postgres?.stop();
});

const own = (author: string): Grant => ({ author, only: author });
const seeing = (author: string): Grant => ({ author, only: null });
const documentOf = (outcome: WriteOutcome): StoredDocument => {
  if (outcome.kind !== 'ok') throw new Error(outcome.kind);
  return outcome.document;
};
const all = aList();
const nIsOne = { kind: 'equal', field: 'n', value: 1 } as const;

describe('a grant limits every operation to one author', () => {
  const place = { appId: 'grants', collection: 'todos' };

  test('another author’s document cannot be read, listed, counted, changed or deleted', async () => {
    const made = documentOf(await store.create(place, { data: { n: 1 } }, own('v:ann')));
    expect(JSON.parse(made.json)).toMatchObject({ mine: true });
    const bob = own('v:bob');
    expect(await store.get(place, made.id, bob)).toBeNull();
    expect(await store.list(place, all, bob)).toEqual({ total: 0, itemsJson: '', next: null });
    expect(await store.list(place, aList({ where: nIsOne }), bob)).toEqual({
      total: 0,
      itemsJson: '',
      next: null,
    });
    const order = [{ by: { field: 'n' }, descending: false }];
    expect(await store.list(place, aList({ order, where: nIsOne }), bob)).toMatchObject({ total: 0 });
    const change = { id: made.id, data: { n: 2 }, merge: true };
    expect(await store.update(place, change, bob)).toEqual({ kind: 'missing' });
    expect(await store.delete(place, { id: made.id }, bob)).toBe('missing');
    // A version that fits or not must not tell either.
    expect(await store.update(place, { ...change, version: 7 }, bob)).toEqual({ kind: 'missing' });
    expect(await store.get(place, made.id, own('v:ann'))).toMatchObject({ version: 1 });
  });

  test('who may see all sees whose they are not, and which are their own', async () => {
    const shared = { appId: 'grants', collection: 'posts' };
    documentOf(await store.create(shared, { data: { by: 'ann' } }, seeing('u:ann')));
    documentOf(await store.create(shared, { data: { by: 'owner' } }, FULL_GRANT));
    const mineOf = async (grant: Grant) => {
      const { itemsJson } = await store.list(shared, all, grant);
      return JSON.parse(`[${itemsJson}]`).map((item: { data: { by: string }; mine: boolean }) => [
        item.data.by,
        item.mine,
      ]);
    };
    expect(await mineOf(seeing('u:ann'))).toEqual([
      ['owner', false],
      ['ann', true],
    ]);
    expect(await mineOf(seeing('u:bob'))).toEqual([
      ['owner', false],
      ['ann', false],
    ]);
    expect(await mineOf(FULL_GRANT)).toEqual([
      ['owner', false],
      ['ann', false],
    ]);
    expect((await store.list(shared, all, own('u:ann'))).total).toBe(1);
  });
});

describe('calls that come together', () => {
  const place = { appId: 'crowd', collection: 'c' };

  test('each get their own document, or none, by their own grant', async () => {
    const made = await Promise.all(
      Array.from({ length: 60 }, (_, i) => store.create(place, { data: { i } }, own(`v:${i % 3}`))),
    );
    const ids = made.map((outcome) => documentOf(outcome).id);
    const read = await Promise.all(ids.map((id, i) => store.get(place, id, own(`v:${(i + (i % 2)) % 3}`))));
    for (const [i, document] of read.entries()) {
      if (i % 2 === 1) expect(document).toBeNull();
      else expect(JSON.parse(document?.json ?? '{}')).toMatchObject({ id: ids[i], data: { i }, mine: true });
    }
    const elsewhere = await Promise.all(
      ids.map((id) => store.get({ ...place, appId: 'other' }, id, FULL_GRANT)),
    );
    expect(new Set(elsewhere)).toEqual(new Set([null]));
  });

  test('one that Postgres refuses does not take the others along', async () => {
    // The routes refuse U+0000; here it stands for anything that makes the whole statement fail.
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, (_, i) =>
        store.create(place, { data: { t: i === 20 ? '\u0000' : i } }, FULL_GRANT),
      ),
    );
    const failed = results.flatMap(({ status }, i) => (status === 'rejected' ? [i] : []));
    expect(failed).toEqual([20]);
    expect(results.filter((one) => one.status === 'fulfilled' && one.value.kind === 'ok')).toHaveLength(39);
  });
});

describe('the change feed', () => {
  test('has each write once, with its author and version, and is hidden from other apps', async () => {
    const place = { appId: 'feed', collection: 'c' };
    const { id } = documentOf(await store.create(place, { data: {} }, own('v:ann')));
    await store.update(place, { id, data: { a: 1 }, merge: true }, seeing('v:bob'));
    await store.update(place, { id, data: { a: 1 }, merge: true, version: 1 }, FULL_GRANT);
    await store.delete(place, { id }, FULL_GRANT);
    await store.delete(place, { id }, FULL_GRANT);
    const { rows } = await owner.query(
      `select collection, id, kind, version, author from faibric.changes where app_id = 'feed' order by xid, seq`,
    );
    const common = { collection: 'c', id, author: 'v:ann' };
    expect(rows).toEqual([
      { ...common, kind: 'c', version: 1 },
      { ...common, kind: 'u', version: 2 },
      { ...common, kind: 'd', version: 2 },
    ]);
    expect((await pool.query('select * from faibric.changes')).rows).toEqual([]);
  });

  test('forgets what is older than an hour, bounded, and nothing newer', async () => {
    const place = { appId: 'old', collection: 'c' };
    for (let i = 0; i < 6; i += 1) await store.create(place, { data: { i } }, FULL_GRANT);
    await owner.query(
      `update faibric.changes c set at = at - interval '2 hours' from (
         select seq from faibric.changes where app_id = 'old' order by xid, seq limit 4) o
       where c.app_id = 'old' and c.seq = o.seq`,
    );
    await owner.query(`select faibric.prune_changes('old')`);
    const { rows } = await owner.query(`select count(*)::int as n from faibric.changes where app_id = 'old'`);
    expect(rows).toEqual([{ n: 2 }]);
  });

  test('goes with its app', async () => {
    await store.create({ appId: 'leaving', collection: 'c' }, { data: {} }, FULL_GRANT);
    await store.dropApp('leaving');
    expect((await owner.query(`select 1 from faibric.changes where app_id = 'leaving'`)).rows).toEqual([]);
  });
});
