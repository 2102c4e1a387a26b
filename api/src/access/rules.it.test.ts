// Access rules through HTTP and the real Postgres: who gets an identity, and what two browsers see of each other.
import type { CollectionAccess } from '@faibric/crds';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestAnswer, type TestServer, visitorCookie } from '../../test/api-server.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';

let postgres: TestPostgres;
let server: TestServer;
const app = 'rules1';

const rules: readonly CollectionAccess[] = [
  { collection: 'posts', read: 'anyone', create: 'visitor', update: 'visitor', delete: 'visitor' },
  { collection: 'answers', read: 'owner', create: 'anyone', update: 'owner', delete: 'owner' },
  { collection: 'menu', read: 'anyone', create: 'owner', update: 'owner', delete: 'owner' },
  { collection: 'members', read: 'user', create: 'user', update: 'user', delete: 'user' },
];

beforeAll(async () => {
  postgres = await startPostgres();
  server = await startServer(postgres, await postgres.database(), {
    apps: [{ id: app, access: rules }, 'rules2'],
  });
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

const path = (collection: string, id = '') => `/api/v1/db/${app}/${collection}/${id === '' ? '' : `${id}/`}`;
const add = (collection: string, visitor: string | null, data: object = {}) =>
  server.send('POST', path(collection), { app, visitor, body: { data } });
const list = (collection: string, visitor: string | null) =>
  server.send('GET', path(collection), { app, visitor });
const cookieOf = (answer: TestAnswer): string | undefined => {
  const all = answer.headers['set-cookie'];
  return Array.isArray(all) ? all[0] : undefined;
};

describe('a collection without rules belongs to its visitors', () => {
  test('two browsers have their own todos and see, change and delete none of the other’s', async () => {
    const mine = await add('todos', 'ann', { title: 'mine' });
    expect([mine.status, mine.json.mine]).toEqual([201, true]);
    expect((await list('todos', 'ann')).json.items).toHaveLength(1);
    expect((await list('todos', 'bob')).json).toMatchObject({ items: [], total: 0 });
    for (const [method, body] of [
      ['GET', undefined],
      ['PUT', { data: {} }],
      ['PATCH', { data: {} }],
      ['DELETE', undefined],
    ] as const) {
      const answer = await server.send(method, path('todos', mine.json.id), { app, visitor: 'bob', body });
      expect([answer.status, answer.json.code]).toEqual([404, 'no_such_document']);
    }
    expect((await list('todos', 'ann')).json.items[0].data).toEqual({ title: 'mine' });
  });

  test('the owner sees all of them on the platform’s host, as nobody’s own', async () => {
    const { json } = await server.send('GET', path('todos'));
    expect(json.items.map((item: { mine: boolean }) => item.mine)).toEqual([false]);
  });
});

describe('rules of a collection', () => {
  test('posts are read by all and changed by their author', async () => {
    const post = await add('posts', 'ann', { text: 'hello' });
    const seen = await list('posts', 'bob');
    expect(seen.json.items).toMatchObject([{ data: { text: 'hello' }, mine: false }]);
    const by = (visitor: string) =>
      server.send('PATCH', path('posts', post.json.id), { app, visitor, body: { data: { text: visitor } } });
    expect((await by('bob')).status).toBe(404);
    expect((await by('ann')).status).toBe(200);
  });

  test('a form’s answers are sent by anyone and read by the owner alone', async () => {
    expect((await add('answers', 'ann', { email: 'ann@example.org' })).status).toBe(201);
    for (const visitor of ['ann', 'bob', null]) {
      const answer = await list('answers', visitor);
      expect([answer.status, answer.json.code]).toEqual([403, 'forbidden']);
    }
    expect((await server.send('GET', path('answers'))).json.items).toHaveLength(1);
  });

  test('what is for signed-in users asks a visitor to sign in', async () => {
    for (const answer of [await list('members', 'ann'), await add('members', 'ann')]) {
      expect([answer.status, answer.json.code]).toEqual([401, 'sign_in_required']);
    }
  });

  test('the menu is written by its owner alone', async () => {
    expect((await add('menu', 'ann')).status).toBe(403);
    expect((await server.send('POST', path('menu'), { body: { data: { dish: 'soup' } } })).status).toBe(201);
    expect((await list('menu', 'bob')).json.items).toHaveLength(1);
  });
});

describe('a browser gets its identity', () => {
  test('with its first read of a collection that it may write, in a cookie that only this host has', async () => {
    const cookie = cookieOf(await list('posts', null));
    expect(cookie).toMatch(/^__Host-faibric-visitor=[\w-]{24}\.[\w-]{43}; /);
    for (const part of ['Path=/', 'HttpOnly', 'SameSite=Lax', 'Secure', 'Max-Age=34560000'])
      expect(cookie).toContain(part);
    expect(cookie).not.toContain('Domain');
    const headers = { cookie: cookie?.split(';')[0] };
    const made = await server.send('POST', path('todos'), { app, headers, body: { data: { n: 1 } } });
    const seen = await server.send('GET', path('todos'), { app, headers });
    expect(seen.json.items).toMatchObject([{ id: made.json.id, mine: true }]);
    expect(cookieOf(seen)).toBeUndefined();
    // A write starts the cookie's time anew, with the same identity.
    expect(cookieOf(made)?.split(';')[0]).toBe(headers.cookie);
  });

  test('but not by reading what it may never write', async () => {
    const answer = await list('menu', null);
    expect([answer.status, cookieOf(answer)]).toEqual([200, undefined]);
  });

  test('and the owner none on the platform’s host', async () => {
    expect(cookieOf(await server.send('GET', path('todos')))).toBeUndefined();
  });

  test.each([
    ['of another app', () => visitorCookie('rules2', 'ann')],
    ['with a changed id', () => visitorCookie(app, 'ann').replace(/=./, '=_')],
    ['twice', () => `${visitorCookie(app, 'ann')}; ${visitorCookie(app, 'bob')}`],
    ['without the prefix', () => visitorCookie(app, 'ann').replace('__Host-', '')],
  ])('B11: a visitor’s cookie %s makes a stranger', async (_name, cookie) => {
    await add('todos', 'ann', { title: 'for the next line' });
    const answer = await server.send('GET', path('todos'), { app, headers: { cookie: cookie() } });
    expect(answer.json.items).toEqual([]);
    expect(cookieOf(answer)).toMatch(/^__Host-faibric-visitor=/);
  });
});

describe('B10: an app that is not there', () => {
  test('B10: its host gets the answer of an app that does not exist, with an old cookie too', async () => {
    for (const visitor of ['ann', null]) {
      const answer = await server.send('GET', '/api/v1/db/gone99/todos/', { app: 'gone99', visitor });
      expect([answer.status, answer.json.code, cookieOf(answer)]).toEqual([404, 'no_such_app', undefined]);
    }
  });
});
