// The platform in the browser: the same questions that the SDK and plain fetch ask, answered from a storage in memory.
import { beforeEach, describe, expect, test } from 'vitest';
import { installLocalApi } from './local-api.ts';
import { matches } from './local-documents.ts';

const stored = new Map<string, string>();
Reflect.set(globalThis, 'localStorage', {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => stored.set(key, value),
  removeItem: (key: string) => stored.delete(key),
});
Reflect.set(globalThis, 'location', new URL('http://app.test/'));
Reflect.set(globalThis, 'fetch', async (input: string) => new Response(`remote ${input}`));
installLocalApi();

beforeEach(() => stored.clear());

const ask = async (method: string, path: string, body?: object) => {
  const response = await fetch(path, { method, ...(body && { body: JSON.stringify(body) }) });
  const text = await response.text();
  return { status: response.status, json: text === '' ? null : JSON.parse(text) };
};
const DB = '/api/v1/db/k3x9q2/plants/';
const add = async (data: object) => (await ask('POST', DB, { data })).json;

describe('documents', () => {
  test('are created, read, merged, replaced and removed', async () => {
    const made = await add({ name: 'Fern', water: 2 });
    expect(made).toMatchObject({ data: { name: 'Fern', water: 2 }, version: 1, mine: true });
    const at = `${DB}${made.id}/`;
    expect((await ask('PATCH', at, { data: { water: 3 } })).json.data).toEqual({ name: 'Fern', water: 3 });
    expect((await ask('PUT', at, { data: { name: 'Ivy' } })).json).toMatchObject({
      data: { name: 'Ivy' },
      version: 3,
    });
    expect((await ask('PUT', at, { data: { water: 1 }, merge: true })).json.data).toEqual({
      name: 'Ivy',
      water: 1,
    });
    expect((await ask('DELETE', at)).status).toBe(204);
    expect((await ask('GET', at)).status).toBe(404);
    expect((await ask('DELETE', at)).status).toBe(404);
  });

  test('are listed in order, in pages that follow each other, and counted', async () => {
    for (const name of ['b', 'a', 'c']) await add({ name });
    const first = (await ask('GET', `${DB}?order_by=name&limit=2`)).json;
    expect(first.items.map(({ data }: { data: { name: string } }) => data.name)).toEqual(['a', 'b']);
    const second = (await ask('GET', `${DB}?order_by=name&limit=2&cursor=${first.next}`)).json;
    expect(second.items.map(({ data }: { data: { name: string } }) => data.name)).toEqual(['c']);
    expect([second.total, second.next]).toEqual([3, null]);
    const filter = encodeURIComponent('{"name":{"$gt":"a"}}');
    expect((await ask('GET', `${DB}count/?filter=${filter}`)).json).toEqual({ count: 2 });
  });

  test('are created and deleted many at once', async () => {
    const made = await ask('POST', `${DB}bulk/`, {
      documents: [{ data: { name: 'a' } }, { data: { name: 'b' } }],
    });
    expect(made.json.items.map(({ data }: { data: { name: string } }) => data.name)).toEqual(['a', 'b']);
    const ids = [made.json.items[0].id, 'not-there'];
    expect(await ask('POST', `${DB}bulk/delete/`, { ids })).toEqual({ status: 200, json: { deleted: 1 } });
    expect((await ask('GET', `${DB}count/`)).json).toEqual({ count: 1 });
  });

  test('are told to who follows them', async () => {
    const source = new EventSource(`${DB}events/`);
    const seen: string[] = [];
    for (const type of ['ready', 'created', 'deleted']) {
      source.addEventListener(type, (event) => seen.push(`${type} ${(event as MessageEvent).data}`));
    }
    await Promise.resolve();
    const made = await add({ name: 'Fern' });
    await ask('DELETE', `${DB}${made.id}/`);
    source.close();
    await add({ name: 'unheard' });
    expect(seen).toEqual([
      'ready {"resumed":false}',
      `created ${JSON.stringify(made)}`,
      `deleted {"id":"${made.id}"}`,
    ]);
  });

  test.each<[object, boolean]>([
    [{}, true],
    [{ name: 'Fern' }, true],
    [{ name: 'Ivy' }, false],
    [{ gone: null }, true],
    [{ water: { $gte: 2, $lt: 3 } }, true],
    [{ water: { $gt: 2 } }, false],
    [{ name: { $in: ['Ivy', 'Fern'] } }, true],
    [{ name: { $nin: ['Fern'] } }, false],
    [{ name: { $contains: 'ER' } }, true],
    [{ tags: { $contains: 'green' } }, true],
    [{ name: { $exists: true }, gone: { $exists: false } }, true],
    [{ $search: 'fern' }, true],
    [{ $or: [{ name: 'Ivy' }, { water: 2 }] }, true],
    [{ $and: [{ name: 'Fern' }, { water: 3 }] }, false],
    [{ name: { $unknown: 1 } }, false],
  ])('the filter %j fits: %s', (filter, fits) => {
    expect(matches({ name: 'Fern', water: 2, tags: ['green'] }, filter)).toBe(fits);
  });
});

describe('users', () => {
  const person = { email: 'Ann@example.org', password: 'correct horse' };
  test('sign up, are known, sign out and in again, and change their password', async () => {
    expect((await ask('GET', '/api/app-auth/me/')).status).toBe(401);
    expect((await ask('POST', '/api/app-auth/signup/', person)).status).toBe(201);
    expect((await ask('POST', '/api/app-auth/signup/', person)).status).toBe(409);
    expect((await ask('GET', '/api/app-auth/me/')).json.user.email).toBe('ann@example.org');
    const change = { currentPassword: person.password, newPassword: 'another horse' };
    expect((await ask('POST', '/api/app-auth/password/', change)).status).toBe(204);
    await ask('POST', '/api/app-auth/logout/', {});
    expect((await ask('POST', '/api/app-auth/login/', person)).status).toBe(401);
    const login = { email: person.email, password: change.newPassword };
    expect((await ask('POST', '/api/app-auth/login/', login)).status).toBe(200);
    expect([...stored.values()].join()).not.toContain('horse');
  });
});

test('live data is answered with why there is none, and other addresses are not ours', async () => {
  expect((await ask('POST', '/api/gateway/', { service: 'coingecko' })).json.code).toBe(
    'service_not_configured',
  );
  expect(await (await fetch('http://else.test/api/x')).text()).toContain('remote');
});
