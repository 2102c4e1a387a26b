// Live changes through HTTP and the real Postgres: a stream begins again where it was cut, and none takes all.
import { describe, expect, test } from 'vitest';
import { listenTo } from '../../test/event-client.ts';
import { add, app, database, has, listen, open, path, postgres, server } from '../../test/live-rig.ts';
import { connectAsOwner } from '../../test/postgres.ts';
import { until } from '../../test/until.ts';

describe('a stream that was cut', () => {
  test('goes on where it was, and what happened meanwhile comes first', async () => {
    const first = await listen('posts');
    const one = await add('posts', { n: 'before' });
    await has(first, 'created', ({ id }) => id === one.json.id);
    first.close();
    const two = await add('posts', { n: 'meanwhile' });
    await server.send('DELETE', path('posts', one.json.id), { app, visitor: 'ann' });
    const again = await listen('posts', { lastEventId: first.lastEventId() });
    await has(again, 'deleted', ({ id }) => id === one.json.id);
    expect(again.events.map(({ event, data }) => [event, data.id])).toEqual([
      ['ready', undefined],
      ['created', two.json.id],
      ['deleted', one.json.id],
    ]);
    expect(again.events[0]?.data).toEqual({ resumed: true });
  });

  test('more than one read’s worth of changes is caught up with, in order', async () => {
    const first = await listen('many');
    first.close();
    for (let i = 0; i < 250; i += 50)
      await Promise.all(Array.from({ length: 50 }, (_, k) => add('many', { n: i + k }, 'a browser')));
    const again = await listen('many', { lastEventId: first.lastEventId() });
    await until(() => again.events.length === 251, '250 documents');
    expect(new Set(again.events.slice(1).map(({ data }) => data.data.n)).size).toBe(250);
  });

  test.each([
    ['of no shape', () => 'nonsense'],
    ['of another view', (id: string) => id.replace(/\.[^.]+$/, '.AAAAAAAA')],
    [
      'of an hour ago',
      (id: string) =>
        id.replace(/\.(\d+)\.([^.]+)$/, (_all, seconds, view) => `.${Number(seconds) - 3600}.${view}`),
    ],
    ['of another database', (id: string) => id.replace(/^\d+/, '999999999')],
  ])('by an id %s begins anew', async (_name, forge) => {
    const first = await listen('posts');
    const again = await listen('posts', { lastEventId: forge(first.lastEventId()) });
    expect(again.events[0]?.event).toBe('reset');
    const { json } = await add('posts', { n: 'after the reset' });
    await has(again, 'created', ({ id }) => id === json.id);
  });

  test('a change whose transaction began earlier and ended later is not passed over', async () => {
    const client = await listen('slow');
    const owner = await connectAsOwner(postgres.port, database);
    await owner.query('begin');
    const id = '11111111-1111-4111-8111-111111111111';
    await owner.query(
      "insert into faibric.changes (app_id, collection, id, kind, version) values ($1, 'slow', $2, 'd', 1)",
      [app, id],
    );
    const late = await add('slow', { n: 'late' }, 'a browser');
    expect(late.status).toBe(201);
    // The owner of the app would be told of both; a visitor is not of what nobody wrote.
    const owned = await listenTo({ port: server.port, path: `${path('slow')}events/`, lastEventId: '' });
    open.add(owned);
    await until(() => owned.events.length > 0, 'ready');
    await owner.query('commit');
    await owner.end();
    await has(client, 'created', (data) => data.id === late.json.id);
    await has(owned, 'created', (data) => data.id === late.json.id);
    expect(owned.events.map(({ event, data }) => [event, data.id])).toEqual([
      ['ready', undefined],
      ['deleted', id],
      ['created', late.json.id],
    ]);
  });
});

describe('bounds', () => {
  test('one stream too many of one app is refused, and an ended one makes room', async () => {
    const clients = [];
    for (let i = 0; i < 100; i += 1) clients.push(await listen('bound'));
    const refused = await listen('bound');
    expect([refused.status, JSON.parse(refused.body).code]).toEqual([503, 'unavailable']);
    const other = await listenTo({
      port: server.port,
      path: '/api/v1/db/live02/bound/events/',
      app: 'live02',
    });
    open.add(other);
    expect(other.status).toBe(200);
    clients[0]?.close();
    await until(async () => (await listen('bound')).status === 200, 'room for one');
  });

  test('a client that does not read is cut, and the others are served', async () => {
    const [slow, quick] = [await listen('big'), await listen('big')];
    slow.pause(true);
    const text = 'x'.repeat(200_000);
    for (let i = 0; i < 60; i += 10)
      await Promise.all(Array.from({ length: 10 }, (_, k) => add('big', { i: i + k, text }, 'a browser')));
    await until(() => quick.events.length === 61, 'all for the quick one', 30_000);
    await until(() => server.openStreams() === 1, 'the slow one cut');
    slow.pause(false);
    await until(() => slow.ended(), 'the end of the slow one');
    expect(slow.events.length).toBeLessThan(60);
    const again = await listen('big', { lastEventId: slow.lastEventId() });
    await until(() => again.events.length === 61 - slow.events.length + 1, 'the rest', 30_000);
  });

  test.each(['POST', 'PUT', 'DELETE', 'HEAD'])('%s is 405', async (method) => {
    expect((await server.send(method, `${path('posts')}events/`, { app })).status).toBe(405);
  });
});
