// Bulk writes: all or none, once, in order, counted exactly, and held to the grant.
import { describe, expect, test } from 'vitest';
import { app, create, database, path, postgres, server } from '../../test/documents-rig.ts';
import { connectAsOwner } from '../../test/postgres.ts';
import { bulkCreatedSchema } from '../contract/document.ts';

const bulk = (collection: string, body: unknown, headers = {}) =>
  server.send('POST', `${path(collection)}bulk/`, { app, body, headers });
const bulkDelete = (collection: string, body: unknown) =>
  server.send('POST', `${path(collection)}bulk/delete/`, { app, body });
const documents = (count: number, of = (i: number): object => ({ i })) => ({
  documents: Array.from({ length: count }, (_, i) => ({ data: of(i) })),
});
const total = async (collection: string): Promise<number> =>
  (await server.send('GET', path(collection), { app })).json.total;

describe('bulk create', () => {
  test('makes 500 documents in their order, each as it reads afterwards', async () => {
    const made = await bulk('many', documents(500));
    expect(made.status).toBe(201);
    const { items } = bulkCreatedSchema.parse(made.json);
    expect(items.map(({ data }) => data.i)).toEqual(Array.from({ length: 500 }, (_, i) => i));
    const list = await server.send('GET', `${path('many')}?order_by=created_at&limit=500`, { app });
    expect(list.json.items).toEqual(items);
    expect((await server.send('GET', path('many', items[7]?.id), { app })).json).toEqual(items[7]);
  });

  test('makes none when one of them cannot be made, and says which', async () => {
    const tooLarge = await bulk(
      'none',
      documents(3, (i) => (i === 1 ? { text: 'x'.repeat(262_144) } : {})),
    );
    expect([tooLarge.status, tooLarge.json.code, tooLarge.json.field]).toEqual([
      413,
      'document_too_large',
      'documents.1',
    ]);
    const notAnObject = await bulk('none', { documents: [{ data: {} }, { data: 1 }] });
    expect([notAnObject.status, notAnObject.json.field]).toEqual([400, 'documents.1.data']);
    expect(await total('none')).toBe(0);
  });

  test.each([
    ['no documents', { documents: [] }],
    ['501 documents', documents(501)],
    ['an id of the client', { documents: [{ data: {}, id: '0f8fad5b-d9cb-469f-a165-70867728950e' }] }],
    ['a list', [{ data: {} }]],
  ])('A8: %s is 400', async (_name, body) => {
    expect((await bulk('bad', body)).json.code).toBe('invalid_body');
  });

  test('A1: more than 1 MiB is 413; A3: more than 20,000 keys is 400', async () => {
    expect((await bulk('bad', Buffer.alloc(1_048_577, 0x20))).status).toBe(413);
    const keys = documents(41, () => Object.fromEntries(Array.from({ length: 500 }, (_, k) => [`k${k}`, 1])));
    expect((await bulk('bad', keys)).json.code).toBe('too_complex');
  });

  test('A20: the same bulk with one key, 20 at once, gives one set of documents and one answer', async () => {
    const send = () => bulk('a20bulk', documents(10), { 'idempotency-key': 'bulk-1' });
    const answers = await Promise.all(Array.from({ length: 20 }, send));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(await total('a20bulk')).toBe(10);
    const other = await bulk('a20bulk', documents(9), { 'idempotency-key': 'bulk-1' });
    expect([other.status, other.json.code]).toEqual([422, 'idempotency_conflict']);
  });
});

describe('bulk delete', () => {
  test('by ids deletes those that are there and tells how many', async () => {
    const { items } = (await bulk('byids', documents(5))).json;
    const ids = items.slice(0, 3).map(({ id }: { id: string }) => id);
    const unknown = '00000000-0000-0000-0000-000000000000';
    expect((await bulkDelete('byids', { ids: [...ids, unknown] })).json).toEqual({ deleted: 3 });
    expect((await bulkDelete('byids', { ids })).json).toEqual({ deleted: 0 });
    expect(await total('byids')).toBe(2);
  });

  test('by filter deletes what matches', async () => {
    await bulk('byfilter', documents(20));
    expect((await bulkDelete('byfilter', { filter: { i: { $lt: 15 } } })).json).toEqual({ deleted: 15 });
    expect(await total('byfilter')).toBe(5);
  });

  test.each([
    ['neither', {}],
    ['both', { ids: ['0f8fad5b-d9cb-469f-a165-70867728950e'], filter: { i: 1 } }],
    ['an empty filter', { filter: {} }],
    ['an id that is none', { ids: ["' or true --"] }],
    ['an unknown operator', { filter: { i: { $where: 1 } } }],
  ])('%s is 400 and deletes nothing', async (_name, body) => {
    await create('kept', {});
    const before = await total('kept');
    expect((await bulkDelete('kept', body)).status).toBe(400);
    expect(await total('kept')).toBe(before);
  });
});

test('A23: counters stay exact under bulk writes and deletes at the same time', async () => {
  const rounds = Array.from({ length: 12 }, async (_, round) => {
    const { items } = (
      await bulk(
        'exact',
        documents(30, (i) => ({ i, round })),
      )
    ).json;
    await Promise.all([
      bulkDelete('exact', { filter: { round, i: { $lt: 10 } } }),
      bulkDelete('exact', { ids: items.map(({ id }: { id: string }) => id).slice(5, 15) }),
      create('exact', { round: -1 }),
    ]);
  });
  await Promise.all(rounds);
  const owner = await connectAsOwner(postgres.port, database);
  const { rows } = await owner.query(
    `select (select sum(documents) from faibric.usage where collection = 'exact')::int as counted,
            (select count(*) from faibric.documents where collection = 'exact')::int as stored,
            (select sum(bytes) from faibric.usage where collection = 'exact')::int as counted_bytes,
            (select sum(bytes) from faibric.documents where collection = 'exact')::int as stored_bytes`,
  );
  await owner.end();
  expect(rows[0].stored).toBe(12 * 15 + 12);
  expect([rows[0].counted, rows[0].counted_bytes]).toEqual([rows[0].stored, rows[0].stored_bytes]);
});
