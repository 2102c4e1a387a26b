import { describe, expect, test } from 'vitest';
import { startServer } from '../../test/api-server.ts';
import { app, create, database, path, post, postgres, server } from '../../test/documents-rig.ts';
import { connectAsOwner } from '../../test/postgres.ts';
import { documentListSchema } from '../contract/index.ts';

describe('documents', () => {
  test('are created, read, merged, replaced, listed and deleted', async () => {
    const made = await create('plants', { name: 'Fern', interval: 3, tags: ['green'] });
    expect(made.data).toEqual({ name: 'Fern', interval: 3, tags: ['green'] });
    expect(made.version).toBe(1);

    const read = await server.send('GET', path('plants', made.id), { app });
    expect(read.status).toBe(200);
    expect(read.headers.etag).toBe('"1"');
    expect(read.json).toEqual(made);

    const merged = await server.send('PATCH', path('plants', made.id), {
      app,
      body: { data: { interval: 4 } },
    });
    expect(merged.json.data).toEqual({ name: 'Fern', interval: 4, tags: ['green'] });
    expect(merged.json.version).toBe(2);
    expect(merged.json.createdAt).toBe(made.createdAt);

    const put = await server.send('PUT', path('plants', made.id), { app, body: { data: { name: 'Moss' } } });
    expect(put.json.data).toEqual({ name: 'Moss' });
    const putMerge = await server.send('PUT', path('plants', made.id), {
      app,
      body: { data: { a: 1 }, merge: true },
    });
    expect(putMerge.json.data).toEqual({ name: 'Moss', a: 1 });

    const list = documentListSchema.parse((await server.send('GET', path('plants'), { app })).json);
    expect(list).toMatchObject({ total: 1, limit: 100, offset: 0 });
    expect(list.items[0]?.id).toBe(made.id);

    expect((await server.send('DELETE', path('plants', made.id), { app })).status).toBe(204);
    expect((await server.send('GET', path('plants', made.id), { app })).status).toBe(404);
    expect((await server.send('GET', path('plants'), { app })).json).toMatchObject({ items: [], total: 0 });
  });

  test('are ordered by time, by a field, both ways, and paged', async () => {
    for (const [name, size] of [
      ['b', 2],
      ['a', 10],
      ['c', 1],
    ] as const)
      await create('ordered', { name, size });
    await create('ordered', { name: 'none' });
    const names = async (query: string) =>
      (await server.send('GET', `${path('ordered')}?${query}`, { app })).json.items.map(
        (item: { data: { name: string } }) => item.data.name,
      );
    expect(await names('')).toEqual(['none', 'c', 'a', 'b']);
    expect(await names('order_by=created_at')).toEqual(['b', 'a', 'c', 'none']);
    expect(await names('order_by=name')).toEqual(['a', 'b', 'c', 'none']);
    expect(await names('order_by=-size')).toEqual(['a', 'b', 'c', 'none']);
    expect(await names('order_by=size')).toEqual(['c', 'b', 'a', 'none']);
    expect(await names('order_by=name&limit=2&offset=1')).toEqual(['b', 'c']);
    const page = await server.send('GET', `${path('ordered')}?limit=1&offset=9`, { app });
    expect(page.json).toEqual({ items: [], total: 4, limit: 1, offset: 9, next: null });
  });

  test('are filtered by equality; null also matches a missing field', async () => {
    await create('filtered', { kind: 'x', done: true, n: 1 });
    await create('filtered', { kind: 'x', done: false, n: 2, note: null });
    await create('filtered', { kind: "O'Brien; --", done: false });
    const total = async (filter: object) => {
      const query = `filter=${encodeURIComponent(JSON.stringify(filter))}&order_by=n`;
      const { json } = await server.send('GET', `${path('filtered')}?${query}`, { app });
      expect(json.items.length).toBe(json.total);
      return json.total;
    };
    expect(await total({ kind: 'x' })).toBe(2);
    expect(await total({ kind: 'x', done: false })).toBe(1);
    expect(await total({ kind: "O'Brien; --" })).toBe(1);
    expect(await total({ n: null })).toBe(1);
    expect(await total({ note: null, kind: 'x' })).toBe(2);
    expect(await total({ kind: 'y' })).toBe(0);
    expect(await total({ n: 1.0 })).toBe(1);
  });
});

describe('A20 to A22, B18: repeated, concurrent and odd writes', () => {
  test('A20: the same create with one key, 20 at once, gives one document and one answer', async () => {
    const send = () => post('a20', { data: { n: 1 } }, { 'idempotency-key': 'key-1' });
    const answers = await Promise.all(Array.from({ length: 20 }, send));
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect((await server.send('GET', path('a20'), { app })).json.total).toBe(1);
    const other = await post('a20', { data: { n: 2 } }, { 'idempotency-key': 'key-1' });
    expect([other.status, other.json.code]).toEqual([422, 'idempotency_conflict']);
  });

  test('A20: a key is still known after the API was restarted, and is its author’s alone', async () => {
    const key = { 'idempotency-key': 'key-restart' };
    const first = await post('a20', { data: { n: 3 } }, key);
    const restarted = await startServer(postgres, database, { apps: [app] });
    const send = (visitor: string) =>
      restarted.send('POST', path('a20'), { app, visitor, body: { data: { n: 3 } }, headers: key });
    const again = await send('a browser');
    expect([again.status, again.text]).toEqual([201, first.text]);
    const other = await send('another browser');
    expect(other.status).toBe(201);
    expect(other.json.id).not.toBe(first.json.id);
    await restarted.close();
  });

  test('A19: beyond its rate an app gets 429 with Retry-After, and other apps are served', async () => {
    const limited = await startServer(postgres, database, {
      apps: ['noisy1', 'quiet1'],
      writesPerSecond: 50,
      now: () => 0,
    });
    const write = (name: string, path = '') =>
      limited.send('POST', `/api/v1/db/${name}/a19/${path}`, { app: name, body: { data: {} } });
    const answers: Awaited<ReturnType<typeof write>>[] = [];
    for (let i = 0; i < 5; i += 1)
      answers.push(...(await Promise.all(Array.from({ length: 40 }, () => write('noisy1')))));
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.length - refused.length).toBe(50);
    expect(
      refused.every(
        ({ headers, json }) => json.code === 'rate_limited' && Number(headers['retry-after']) >= 1,
      ),
    ).toBe(true);
    expect((await write('noisy1', 'bulk/')).status).toBe(429);
    expect((await write('quiet1')).status).toBe(201);
    await limited.close();
  });

  test('A21: reading collections that were never written creates nothing', async () => {
    // Counted by the owner, whom no policy hides a row from.
    const owner = await connectAsOwner(postgres.port, database);
    const count = async () => {
      const tables = ['documents', 'usage', 'idempotency'].map(
        (name) => `(select count(*) from faibric.${name}) as ${name}`,
      );
      return (await owner.query(`select ${tables.join()}`)).rows[0];
    };
    const before = await count();
    for (let i = 0; i < 200; i += 1) {
      const answer = await server.send('GET', path(`never${i}`), { app });
      expect(answer.json).toEqual({ items: [], total: 0, limit: 100, offset: 0, next: null });
    }
    expect(await count()).toEqual(before);
    await owner.end();
  });

  test('A22: 100 merges of different keys at once all stay, and a stale version is 412', async () => {
    const made = await create('a22', {});
    const merges = Array.from({ length: 100 }, (_, i) =>
      server.send('PATCH', path('a22', made.id), { app, body: { data: { [`k${i}`]: i } } }),
    );
    expect(new Set((await Promise.all(merges)).map((answer) => answer.status))).toEqual(new Set([200]));
    const { json } = await server.send('GET', path('a22', made.id), { app });
    expect(Object.keys(json.data)).toHaveLength(100);
    expect(json.version).toBe(101);
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const body = method === 'DELETE' ? undefined : { data: { x: 1 } };
      const stale = await server.send(method, path('a22', made.id), {
        app,
        body,
        headers: { 'if-match': '"100"' },
      });
      expect([stale.status, stale.json.code]).toEqual([412, 'version_mismatch']);
    }
    const fresh = await server.send('PATCH', path('a22', made.id), {
      app,
      body: { data: { x: 1 } },
      headers: { 'if-match': '"101"' },
    });
    expect([fresh.status, fresh.headers.etag]).toEqual([200, '"102"']);
    expect(
      (await server.send('GET', path('a22', made.id), { app, headers: { 'if-none-match': '"102"' } })).status,
    ).toBe(304);
  });

  test('B18: SQL in every string is only ever data', async () => {
    const sql = "'; drop table faibric.documents; --";
    const made = await create('b18', { [sql]: sql });
    expect(made.data).toEqual({ [sql]: sql });
    expect(
      (
        await server.send('GET', `${path('b18')}?filter=${encodeURIComponent(JSON.stringify({ a: sql }))}`, {
          app,
        })
      ).json.total,
    ).toBe(0);
    expect((await server.send('GET', path('b18'), { app })).json.total).toBe(1);
  });
});
