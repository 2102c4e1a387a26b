import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aList } from '../../test/a-list.ts';
import { SECRET, sendTo, startServer, type TestServer } from '../../test/api-server.ts';
import { connectAsOwner, startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { FULL_GRANT } from '../access/grant.ts';
import { makeDocumentStore, STORAGE_LIMITS } from './documents.ts';

let postgres: TestPostgres;
let database: string;
let server: TestServer;

beforeAll(async () => {
  postgres = await startPostgres();
  database = await postgres.database();
  server = await startServer(postgres, database, { poolSize: 4, apps: ['aaaaaa', 'bbbbbb'] });
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

const all = aList();

describe('B1: the full matrix of another app’s path', () => {
  test('every verb on every route of another app answers as if there were no such app', async () => {
    const made = await server.send('POST', '/api/v1/db/bbbbbb/notes/', {
      app: 'bbbbbb',
      body: { data: { s: 1 } },
    });
    const unknown = await server.send('GET', '/api/v1/db/nosuch/notes/', { app: 'aaaaaa' });
    expect([unknown.status, unknown.json.code]).toEqual([404, 'no_such_app']);
    const paths = [
      '/api/v1/db/bbbbbb/notes/',
      `/api/v1/db/bbbbbb/notes/${made.json.id}/`,
      '/api/v1/db/bbbbbb/nothing/',
    ];
    for (const path of paths) {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        const body = method === 'GET' || method === 'DELETE' ? undefined : { data: { x: 1 } };
        const answer = await server.send(method, path, { app: 'aaaaaa', body });
        const possible = answer.status === 405 || answer.text === unknown.text;
        expect(possible, `${method} ${path}: ${answer.status} ${answer.text}`).toBe(true);
      }
    }
    const after = await server.send('GET', `/api/v1/db/bbbbbb/notes/${made.json.id}/`, { app: 'bbbbbb' });
    expect(after.json).toEqual(made.json);
  });

  test('an app’s host reaches no platform route, and the platform’s host no page’s part', async () => {
    for (const path of [
      '/api/projects/',
      '/api/projects/aaaaaa/',
      '/',
      '/index.html',
      '/API/v1/db/aaaaaa/x/',
      '/readyz/x',
    ]) {
      expect((await server.send('GET', path, { app: 'aaaaaa' })).status).toBe(404);
    }
    expect((await server.send('GET', '/api/v1/db/nosuch/notes/')).json.code).toBe('no_such_app');
    expect((await server.send('GET', '/api/app-auth/me/')).json.code).toBe('no_such_app');
  });
});

describe('B2 B3 B4: the routed app wins over what a client says', () => {
  test('B3: without the proxy’s secret everything but health is 401', async () => {
    for (const path of ['/api/v1/db/aaaaaa/notes/', '/api/projects/', '/', '/api/gateway/', '/nothing']) {
      const answer = await sendTo(server.port, 'GET', path, {
        raw: true,
        headers: { 'x-faibric-app': 'aaaaaa' },
      });
      expect([answer.status, answer.json.code]).toEqual([401, 'unauthorized']);
    }
    expect((await sendTo(server.port, 'GET', '/healthz', { raw: true })).status).toBe(200);
    expect((await sendTo(server.port, 'GET', '/readyz', { raw: true })).status).toBe(200);
  });

  test.each([
    ['X-Forwarded-Host', { 'x-forwarded-host': 'me-b-bbbbbb.localhost' }],
    ['Forwarded', { forwarded: 'host=me-b-bbbbbb.localhost' }],
    ['odd-case Host with port and dot', { host: 'ME-B-BBBBBB.LOCALHOST.:80' }],
  ])('B2: %s changes nothing', async (_name, headers) => {
    const answer = await server.send('GET', '/api/v1/db/bbbbbb/notes/', { app: 'aaaaaa', headers });
    expect(answer.json.code).toBe('no_such_app');
    expect((await server.send('GET', '/api/v1/db/aaaaaa/notes/', { app: 'aaaaaa', headers })).status).toBe(
      200,
    );
  });

  test('B2: a second X-Faibric-App beside the proxy’s names no app at all', async () => {
    const headers = { 'x-faibric-proxy': SECRET, 'x-faibric-app': ['aaaaaa', 'bbbbbb'] };
    const answer = await sendTo(server.port, 'GET', '/api/v1/db/bbbbbb/notes/', { raw: true, headers });
    expect(answer.status).toBe(404);
  });

  test('B4: a preflight from another app is refused and no answer allows another origin', async () => {
    const headers = { origin: 'http://me-a-aaaaaa.localhost', 'access-control-request-method': 'PUT' };
    const preflight = await server.send('OPTIONS', '/api/v1/db/bbbbbb/notes/', { app: 'bbbbbb', headers });
    expect(preflight.status).toBe(403);
    const read = await server.send('GET', '/api/v1/db/bbbbbb/notes/', { app: 'bbbbbb', headers });
    for (const answer of [preflight, read])
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  test.each(['null', 'http://b.localhost.evil.test', 'http://xa.localhost'])(
    'B5: a write with Origin %s is 403',
    async (origin) => {
      const headers = { host: 'a.localhost', origin };
      const answer = await server.send('POST', '/api/v1/db/aaaaaa/notes/', {
        app: 'aaaaaa',
        body: { data: {} },
        headers,
      });
      expect([answer.status, answer.json.code]).toEqual([403, 'cross_site']);
    },
  );
});

describe('B5: what no page of this app sent', () => {
  test.each(['cross-site', 'same-site'])(
    'B5: a write without Origin and with Sec-Fetch-Site: %s is 403',
    async (site) => {
      const headers = { 'sec-fetch-site': site };
      const answer = await server.send('POST', '/api/v1/db/aaaaaa/notes/', {
        app: 'aaaaaa',
        body: { data: {} },
        headers,
      });
      expect([answer.status, answer.json.code]).toEqual([403, 'cross_site']);
    },
  );
});

describe('B10: a deleted app’s documents are gone', () => {
  test('dropApp deletes its documents and no other’s', async () => {
    const store = makeDocumentStore(server.pool);
    for (const appId of ['gone', 'stays']) {
      for (let i = 0; i < 3; i += 1)
        await store.create({ appId, collection: `c${i}` }, { data: { i } }, FULL_GRANT);
    }
    expect(await store.dropApp('gone')).toBe(3);
    expect((await store.list({ appId: 'gone', collection: 'c1' }, all, FULL_GRANT)).total).toBe(0);
    expect((await store.list({ appId: 'stays', collection: 'c1' }, all, FULL_GRANT)).total).toBe(1);
  });
});

describe('A23: quotas', () => {
  test('one more document, byte or collection than allowed is 403, and the counters are exact', async () => {
    const small = await startServer(postgres, database, {
      apps: ['quota1'],
      limits: { documents: 5, bytes: 200, collections: 2, document: 300 },
    });
    const add = (collection: string, data: object) =>
      small.send('POST', `/api/v1/db/quota1/${collection}/`, { app: 'quota1', body: { data } });
    expect((await add('a', {})).status).toBe(201);
    expect((await add('b', {})).status).toBe(201);
    const third = await add('c', {});
    expect([third.status, third.json.code, third.json.field]).toEqual([403, 'quota_exceeded', 'collections']);
    const big = await add('a', { text: 'x'.repeat(250) });
    expect(big.json.field).toBe('bytes');
    for (let i = 0; i < 3; i += 1) expect((await add('a', { i })).status).toBe(201);
    expect((await add('a', {})).json.field).toBe('documents');
    const list = await small.send('GET', '/api/v1/db/quota1/a/', { app: 'quota1' });
    expect(
      (await small.send('DELETE', `/api/v1/db/quota1/a/${list.json.items[0].id}/`, { app: 'quota1' })).status,
    ).toBe(204);
    expect((await add('a', {})).status).toBe(201);
    const tooLarge = await small.send('PATCH', `/api/v1/db/quota1/a/${list.json.items[1].id}/`, {
      app: 'quota1',
      body: { data: { text: 'x'.repeat(300) } },
    });
    expect([tooLarge.status, tooLarge.json.code]).toEqual([413, 'document_too_large']);
    await small.close();
  });

  test('A23: writers at the same moment do not pass a limit, one by one or in bulk', async () => {
    const limits = { ...STORAGE_LIMITS, documents: 50, collections: 3 };
    const store = makeDocumentStore(server.pool, limits);
    const place = { appId: 'crowd', collection: 'c' };
    const single = Array.from({ length: 60 }, (_, i) => store.create(place, { data: { i } }, FULL_GRANT));
    const bulk = Array.from({ length: 8 }, () =>
      store.createMany(place, { items: Array.from({ length: 9 }, () => ({ data: {} })) }, FULL_GRANT),
    );
    const kinds = (await Promise.all([...single, ...bulk])).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['ok', 'over_quota', 'failed']));
    const stored = await store.count(place, null, FULL_GRANT);
    expect(stored).toBeGreaterThan(41);
    expect(stored).toBeLessThanOrEqual(50);
    const collections = Array.from({ length: 12 }, (_, i) =>
      store.create({ appId: 'wide', collection: `c${i}` }, { data: {} }, FULL_GRANT),
    );
    const made = (await Promise.all(collections)).filter(({ kind }) => kind === 'ok');
    expect(made).toHaveLength(3);
  });

  test('A23: counters are exact after 1,000 concurrent writes', async () => {
    const place = { appId: 'counted', collection: 'c' };
    const store = makeDocumentStore(server.pool);
    // 40 at a time: on a busy machine more would wait for a connection longer than the API lets them.
    const inBatches = async <T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> => {
      const results: R[] = [];
      for (let i = 0; i < items.length; i += 40)
        results.push(...(await Promise.all(items.slice(i, i + 40).map(work))));
      return results;
    };
    const made = await inBatches([...Array(700).keys()], (i) =>
      store.create(place, { data: { i } }, FULL_GRANT),
    );
    const ids = made.flatMap((outcome) => (outcome.kind === 'ok' ? [outcome.document.id] : []));
    await inBatches(ids.slice(0, 300), (id) => store.delete(place, { id }, FULL_GRANT));
    const owner = await connectAsOwner(postgres.port, database);
    const { rows } = await owner.query(
      `select (select sum(documents) from faibric.usage where app_id = 'counted') as documents,
              (select sum(bytes) from faibric.usage where app_id = 'counted') as bytes,
              (select count(*) from faibric.documents where app_id = 'counted') as rows,
              (select sum(bytes) from faibric.documents where app_id = 'counted') as stored`,
    );
    await owner.end();
    expect(rows[0].documents).toBe(rows[0].rows);
    expect(rows[0].bytes).toBe(rows[0].stored);
    expect(rows[0].rows).toBe('400');
  });
});
