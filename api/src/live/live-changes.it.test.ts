// Live changes through HTTP and the real Postgres: who is told what, and what ends a stream.
import { describe, expect, test } from 'vitest';
import { openBrowser } from '../../test/app-browser.ts';
import { listenTo } from '../../test/event-client.ts';
import {
  add,
  answers,
  app,
  cluster,
  has,
  listen,
  members,
  names,
  open,
  path,
  posts,
  putApp,
  server,
} from '../../test/live-rig.ts';
import { anApp } from '../../test/memory-cluster.ts';
import { until } from '../../test/until.ts';

describe('who is told what', () => {
  test('what all may read reaches everybody, with whose own it is', async () => {
    const [ann, bob, owner] = [
      await listen('posts', { visitor: 'ann' }),
      await listen('posts', { visitor: 'bob' }),
      await listenTo({ port: server.port, path: `${path('posts')}events/` }),
    ];
    open.add(owner);
    expect(ann.events[0]).toMatchObject({ event: 'ready', data: { resumed: false } });
    const { json } = await add('posts', { text: 'hello' });
    await server.send('PATCH', path('posts', json.id), {
      app,
      visitor: 'ann',
      body: { data: { text: 'changed' } },
    });
    await server.send('DELETE', path('posts', json.id), { app, visitor: 'ann' });
    for (const [client, mine] of [
      [ann, true],
      [bob, false],
      [owner, false],
    ] as const) {
      await has(client, 'deleted', ({ id }) => id === json.id);
      const created = client.events.find(
        ({ event }) => event === 'created' || event === 'updated' || event === 'deleted',
      );
      expect(created?.data.id).toBe(json.id);
      for (const { event, data } of client.events.slice(1))
        if (event !== 'deleted')
          expect([data.id, data.mine, Object.keys(data)]).toEqual([
            json.id,
            mine,
            ['id', 'data', 'createdAt', 'updatedAt', 'version', 'mine'],
          ]);
    }
  });

  test('a visitor’s own documents reach that visitor and the owner alone', async () => {
    const [ann, bob, owner] = [
      await listen('todos', { visitor: 'ann' }),
      await listen('todos', { visitor: 'bob' }),
      await listenTo({ port: server.port, path: `${path('todos')}events/` }),
    ];
    open.add(owner);
    const { json } = await add('todos', { title: 'secret' });
    await server.send('DELETE', path('todos', json.id), { app, visitor: 'ann' });
    await has(ann, 'deleted', ({ id }) => id === json.id);
    await has(owner, 'deleted', ({ id }) => id === json.id);
    // Something of bob's own comes after it, so that what had come before would be there.
    const marker = await add('todos', { title: 'of bob' }, 'bob');
    await has(bob, 'created', ({ id }) => id === marker.json.id);
    expect(JSON.stringify(bob.events)).not.toContain(json.id);
  });

  test('other collections and other apps are not in it', async () => {
    const client = await listen('posts');
    await add('other', { n: 1 });
    await server.send('POST', '/api/v1/db/live02/posts/', { app: 'live02', body: { data: { n: 2 } } });
    const { json } = await add('posts', { n: 3 });
    await has(client, 'created', ({ id }) => id === json.id);
    expect(names(client)).toEqual(['ready', 'created']);
  });

  test.each([
    ['answers', 403, 'forbidden'],
    ['members', 401, 'sign_in_required'],
  ])('who may not read %s gets no stream', async (collection, status, code) => {
    const client = await listen(collection);
    expect([client.status, JSON.parse(client.body).code]).toEqual([status, code]);
  });

  test('at sign-up the visitor’s documents leave the visitor’s open pages', async () => {
    const browser = openBrowser(server, app);
    const { json } = await browser.add('todos', { title: 'mine' });
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const tab = await listen('todos', { cookie });
    await browser.auth('signup', { email: 'tab@example.org', password: 'a long password' });
    await has(tab, 'deleted', ({ id }) => id === json.id);
  });
});

describe('a stream ends or begins anew when what it may see changes', () => {
  test('a stricter rule closes it, another view resets it', async () => {
    const client = await listen('posts', { visitor: 'bob' });
    await add('posts', { text: 'for all' });
    await has(client, 'created', ({ data }) => data.text === 'for all');
    putApp([{ ...posts, read: 'visitor' }, answers, members]);
    await until(() => names(client).includes('reset'), 'a reset');
    const before = client.events.length;
    await add('posts', { text: 'ann’s own' });
    const { json } = await add('posts', { text: 'bob’s own' }, 'bob');
    await has(client, 'created', ({ id }) => id === json.id);
    expect(client.events).toHaveLength(before + 1);
    putApp([{ ...posts, read: 'owner' }, answers, members]);
    await until(() => client.ended(), 'the end');
    expect(client.events.at(-1)).toMatchObject({ event: 'closing', data: { code: 'forbidden' } });
    putApp([posts, answers, members]);
  });

  test('a sign-out closes it at once', async () => {
    const browser = openBrowser(server, app);
    await browser.auth('signup', { email: 'out@example.org', password: 'a long password' });
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const client = await listen('members', { cookie });
    await browser.add('members', { n: 1 });
    await has(client, 'created', ({ data }) => data.n === 1);
    await browser.auth('logout', {});
    await until(() => client.ended(), 'the end');
    expect(client.events.at(-1)).toMatchObject({ event: 'closing', data: { code: 'session_ended' } });
  });

  test('B10: with its app it ends', async () => {
    cluster.put(anApp({ name: 'live03', spec: { id: 'live03' } }));
    const client = await listenTo({
      port: server.port,
      path: '/api/v1/db/live03/todos/events/',
      app: 'live03',
    });
    const owned = await listenTo({ port: server.port, path: '/api/v1/db/live03/todos/events/' });
    await server.send('DELETE', '/api/projects/live03/');
    for (const one of [client, owned]) {
      await until(() => one.ended(), 'the end');
      expect(one.events.at(-1)?.data).toEqual({ code: 'no_such_app' });
    }
  });
});
