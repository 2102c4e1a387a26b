// Whole collections: for the owner on the platform's host, and for nobody on the app's.
import { describe, expect, test } from 'vitest';
import { startServer } from '../../test/api-server.ts';
import { app, create, database, postgres, server } from '../../test/documents-rig.ts';
import { collectionFieldsSchema, collectionListSchema, importReportSchema } from '../contract/collection.ts';
import { MAX_IMPORT_BYTES } from '../contract/limits.ts';

const send = (method: string, tail: string, body?: unknown, type = 'application/json') =>
  server.send(method, `/api/v1/db/${app}/${tail}`, {
    ...(body === undefined ? {} : { body, headers: { 'content-type': type } }),
  });
const total = async (collection: string): Promise<number> => (await send('GET', `${collection}/`)).json.total;

describe('B8: what is the owner’s', () => {
  test('B8: listing, fields, export, import and clearing are 403 on the app’s own host', async () => {
    await create('kept', { a: 1 });
    const asked: [string, string, unknown?][] = [
      ['GET', ''],
      ['GET', 'kept/fields/'],
      ['GET', 'kept/export/'],
      ['POST', 'kept/import/', [{ a: 2 }]],
      ['DELETE', 'kept/'],
    ];
    for (const [method, tail, body] of asked) {
      const answer = await server.send(method, `/api/v1/db/${app}/${tail}`, { app, body });
      expect([answer.status, answer.json.code]).toEqual([403, 'forbidden']);
      expect((await server.send(method, `/api/v1/db/nosuch/${tail}`, { app, body })).json.code).toBe(
        'no_such_app',
      );
    }
    expect(await total('kept')).toBe(1);
  });
});

describe('collections', () => {
  test('are listed with their documents and bytes; a cleared one is gone', async () => {
    await create('sizes', { text: 'x'.repeat(100) });
    await create('sizes', {});
    const sizes = async () =>
      collectionListSchema
        .parse((await send('GET', '')).json)
        .collections.find(({ name }) => name === 'sizes');
    expect(await sizes()).toEqual({ name: 'sizes', documents: 2, bytes: 114 });
    expect((await send('DELETE', 'sizes/')).json).toEqual({ deleted: 2 });
    expect(await sizes()).toBeUndefined();
    expect(await total('sizes')).toBe(0);
  });

  test('tell their fields with types, share and examples', async () => {
    for (const data of [{ n: 1, s: 'a' }, { n: 2, s: 'b' }, { n: 'x', s: 'b', list: [1] }, {}])
      await create('fields', data);
    const answer = collectionFieldsSchema.parse((await send('GET', 'fields/fields/')).json);
    expect(answer).toEqual({
      sampled: 4,
      fields: [
        { name: 'n', share: 0.75, types: { number: 2, string: 1 }, examples: ['1', '2', 'x'] },
        { name: 's', share: 0.75, types: { string: 3 }, examples: ['b', 'a'] },
        { name: 'list', share: 0.25, types: { array: 1 }, examples: [] },
      ],
    });
    expect((await send('GET', 'nothing/fields/')).json).toEqual({ sampled: 0, fields: [] });
  });
});

describe('export and import', () => {
  const CONTENT = [
    { name: '=HYPERLINK("http://evil")', n: -5, ok: true, none: null, deep: { a: [1, 'x'] } },
    { name: 'Grün, "quoted"\nline', n: 1.5, id: 'mine' },
    { '-risky': 1 },
  ];
  const fill = async (collection: string) => {
    for (const data of CONTENT) await create(collection, data);
  };
  const contents = async (collection: string) =>
    (await send('GET', `${collection}/?order_by=created_at`)).json.items.map(
      (item: { data: object }) => item.data,
    );

  test.each([
    ['json', 'application/json'],
    ['jsonl', 'application/x-ndjson'],
  ])('as %s comes back with its ids, once', async (format, type) => {
    await fill(`round_${format}`);
    const file = await send('GET', `round_${format}/export/?format=${format}`);
    expect(file.headers['content-disposition']).toContain(`round_${format}.${format}`);
    const before = (await send('GET', `round_${format}/?order_by=created_at`)).json.items;
    const again = await send('POST', `round_${format}/import/`, file.text, type);
    expect(importReportSchema.parse(again.json)).toMatchObject({ imported: 0, failed: 3, stopped: null });
    await send('DELETE', `round_${format}/`);
    const back = await send('POST', `round_${format}/import/`, file.text, type);
    expect(back.json).toEqual({ imported: 3, failed: 0, errors: [], stopped: null });
    const after = (await send('GET', `round_${format}/?order_by=created_at`)).json.items;
    const known = (items: { id: string; data: object }[]) => items.map(({ id, data }) => ({ id, data }));
    expect(known(after)).toEqual(known(before));
  });

  test('as CSV no cell begins like a formula, and content comes back but for null', async () => {
    await fill('round_csv');
    const file = await send('GET', 'round_csv/export/?format=csv');
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(file.text).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(file.text.split('\n')[0]).toBe("\ufeffid,createdAt,updatedAt,'-risky,deep,data.id,n,name,none,ok");
    await send('DELETE', 'round_csv/');
    expect((await send('POST', 'round_csv/import/', file.text, 'text/csv')).json).toMatchObject({
      imported: 3,
    });
    const { none: _, ...first } = CONTENT[0] ?? {};
    expect(await contents('round_csv')).toEqual([first, CONTENT[1], CONTENT[2]]);
  });

  test('exports only what a filter matches, from one snapshot in batches', async () => {
    const rows = Array.from({ length: 1_234 }, (_, i) => JSON.stringify({ i, even: i % 2 === 0 })).join('\n');
    const report = await send('POST', 'batches/import/', rows, 'application/x-ndjson');
    expect(report.json).toEqual({ imported: 1_234, failed: 0, errors: [], stopped: null });
    const filter = encodeURIComponent('{"even":true}');
    const { json } = await send('GET', `batches/export/?filter=${filter}`);
    expect(json.map(({ data }: { data: { i: number } }) => data.i)).toEqual(
      Array.from({ length: 617 }, (_, i) => i * 2),
    );
  });

  test('an import tells what it could not store and stores the rest', async () => {
    const text = [
      '{"ok":1}',
      'nonsense',
      '{"n":9007199254740993}',
      '[1]',
      '{"a":"\\u0000"}',
      '{"ok":2}',
    ].join('\n');
    const { json } = await send('POST', 'partly/import/', text, 'application/x-ndjson');
    expect([json.imported, json.failed]).toEqual([2, 4]);
    expect(json.errors.map(({ row }: { row: number }) => row)).toEqual([2, 3, 4, 5]);
    expect(await contents('partly')).toEqual([{ ok: 1 }, { ok: 2 }]);
  });

  test.each([
    ['text/plain', 415, 'unsupported_media_type'],
    ['application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
    ['constructor', 415, 'unsupported_media_type'],
    ['application/json', 400, 'invalid_json'],
  ])('A14: an import of type %s of what is none is %d', async (type, status, code) => {
    const answer = await send('POST', 'refused/import/', 'a=1', type);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect(await total('refused')).toBe(0);
  });

  test('A1: an import of one byte too many is 413', async () => {
    const answer = await send('POST', 'refused/import/', Buffer.alloc(MAX_IMPORT_BYTES + 1, 0x20));
    expect([answer.status, answer.headers.connection]).toEqual([413, 'close']);
  });

  test('A23: an import that meets a limit is told so, keeps what it stored and answers', async () => {
    const small = await startServer(postgres, database, { apps: [app], limits: { documents: 700 } });
    for (const type of ['text/csv', 'application/x-ndjson']) {
      const line = type === 'text/csv' ? '1' : '{"a":1}';
      const body = `${type === 'text/csv' ? 'a\n' : ''}${`${line}\n`.repeat(40_000)}`;
      const target = `/api/v1/db/limited/${type === 'text/csv' ? 'csv' : 'lines'}/import/`;
      const headers = { 'content-type': type };
      const answer = await small.send('POST', target.replace('limited', app), { body, headers });
      expect(answer.status).toBe(200);
      expect(answer.json.stopped).toContain('as many documents as it may have');
      expect(answer.json.imported).toBeLessThanOrEqual(700);
    }
    await small.close();
  });
});
