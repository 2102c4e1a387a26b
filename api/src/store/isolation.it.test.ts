// Isolation of apps (claims B), proved where it matters: with the API's own checks taken away, Postgres alone must
// still refuse. Also what the database must be before the API uses it at all.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  SECRET,
  sendTo,
  silent,
  startServer,
  type TestServer,
  testPostgresConfig,
} from '../../test/api-server.ts';
import { connectAsOwner, startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { makePool, prepareDatabase } from '../adapters/postgres.ts';
import { makeDocumentStore } from './documents.ts';
import { checkDatabase } from './durability.ts';

let postgres: TestPostgres;
let database: string;
let server: TestServer;

beforeAll(async () => {
  postgres = await startPostgres();
  database = await postgres.database();
  server = await startServer(postgres, database, { poolSize: 4 });
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

const order = { by: 'created_at', descending: true } as const;
const all = { limit: 500, offset: 0, order, equal: {} };

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

  test('an app’s host reaches no platform route, and the platform’s host no documents', async () => {
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
    expect((await server.send('GET', '/api/v1/db/aaaaaa/notes/')).json.code).toBe('no_such_app');
    expect((await server.send('POST', '/api/gateway/', { body: {} })).json.code).toBe('no_such_app');
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

describe('B6: Postgres refuses when the API’s filter is gone', () => {
  test('statements without any app filter see only the app of the setting, and nothing without it', async () => {
    const store = makeDocumentStore(server.pool);
    await store.create({ appId: 'one', collection: 'c' }, { from: 'one' });
    await store.create({ appId: 'two', collection: 'c' }, { from: 'two' });
    const client = await server.pool.connect();
    try {
      expect((await client.query('select * from faibric.documents')).rows).toEqual([]);
      expect((await client.query('delete from faibric.documents')).rowCount).toBe(0);
      expect((await client.query('update faibric.usage set documents = 0')).rowCount).toBe(0);
      await client.query('begin');
      await client.query("select set_config('faibric.app', 'one', true)");
      const seen = await client.query('select distinct app_id from faibric.documents');
      expect(seen.rows).toEqual([{ app_id: 'one' }]);
      expect((await client.query("delete from faibric.documents where app_id = 'two'")).rowCount).toBe(0);
      await expect(
        client.query(
          "insert into faibric.documents (app_id, collection, data, bytes) values ('two', 'c', '{}', 2)",
        ),
      ).rejects.toThrow(/row-level security/);
      await client.query('rollback');
      await expect(client.query('alter table faibric.documents disable row level security')).rejects.toThrow(
        /owner/,
      );
      await expect(client.query('set role faibric')).rejects.toThrow(/permission denied/);
    } finally {
      client.release();
    }
    expect((await store.list({ appId: 'two', collection: 'c' }, all)).total).toBe(1);
  });
});

describe('B7: one connection, two apps, interleaved', () => {
  // An error after the setting was made, inside one transaction; or a statement whose caller gives up waiting.
  const FAILS = `do $$ begin perform set_config('faibric.app', 'right', true); raise exception 'on purpose'; end $$`;
  const ABANDONED: pg.QueryConfig & { query_timeout: number } = {
    text: 'select pg_sleep(2)',
    query_timeout: 10,
  };
  const disturb = async (pool: pg.Pool, i: number): Promise<void> => {
    const client = await pool.connect();
    const abandon = i % 100 === 0;
    try {
      await client.query(abandon ? ABANDONED : { text: FAILS });
    } finally {
      // After an error the same connection goes on, which is the harder case; an abandoned one cannot.
      client.release(abandon);
    }
  };
  const makeRound = (pool: pg.Pool, ids: ReadonlyMap<string, string>) => {
    const store = makeDocumentStore(pool);
    return (i: number, appId: string): Promise<unknown>[] => {
      const place = { appId, collection: 'mix' };
      const id = ids.get(appId) ?? '';
      return [
        store.list(place, { ...all, limit: 5, equal: i % 3 === 0 ? { x: null } : {} }),
        store.get(place, id),
        store.update(place, { id, data: { n: i }, merge: true }),
        disturb(pool, i),
      ];
    };
  };

  test('no foreign row in 10,000 operations with errors and abandoned queries between', async () => {
    const pool = makePool(testPostgresConfig(postgres, database, 1), silent);
    // Isolation is at stake here, not durability: without this the test waits for 2,500 disk flushes.
    pool.on('connect', (client) => void client.query('set synchronous_commit = off'));
    const ids = new Map<string, string>();
    for (const appId of ['left', 'right']) {
      const made = await makeDocumentStore(pool).create({ appId, collection: 'mix' }, { app: appId });
      if (made.kind === 'ok') ids.set(appId, made.document.id);
    }
    const round = makeRound(pool, ids);
    const seen = { left: '', right: '' };
    for (let i = 0; i < 2_500; i += 1) {
      const appId = i % 2 === 0 ? 'left' : 'right';
      const results = await Promise.allSettled(round(i, appId));
      expect(results.map(({ status }) => status)).toEqual([
        'fulfilled',
        'fulfilled',
        'fulfilled',
        'rejected',
      ]);
      seen[appId] = JSON.stringify(results);
      expect(seen[appId]).not.toContain(ids.get(appId === 'left' ? 'right' : 'left'));
      expect(seen[appId]).toContain(ids.get(appId));
    }
    expect(
      await makeDocumentStore(pool).get({ appId: 'left', collection: 'mix' }, ids.get('right') ?? ''),
    ).toBeNull();
    await pool.end();
  }, 120_000);
});

describe('B10: a deleted app’s documents are gone', () => {
  test('dropApp deletes its documents and no other’s', async () => {
    const store = makeDocumentStore(server.pool);
    for (const appId of ['gone', 'stays']) {
      for (let i = 0; i < 3; i += 1) await store.create({ appId, collection: `c${i}` }, { i });
    }
    expect(await store.dropApp('gone')).toBe(3);
    expect((await store.list({ appId: 'gone', collection: 'c1' }, all)).total).toBe(0);
    expect((await store.list({ appId: 'stays', collection: 'c1' }, all)).total).toBe(1);
  });
});

describe('A23: quotas', () => {
  test('one more document, byte or collection than allowed is 403, and the counters are exact', async () => {
    const small = await startServer(postgres, database, {
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

  test('counters are exact after 1,000 concurrent writes', async () => {
    const place = { appId: 'counted', collection: 'c' };
    const store = makeDocumentStore(server.pool);
    const made = await Promise.all(Array.from({ length: 700 }, (_, i) => store.create(place, { i })));
    const ids = made.flatMap((outcome) => (outcome.kind === 'ok' ? [outcome.document.id] : []));
    await Promise.all(ids.slice(0, 300).map((id) => store.delete(place, id)));
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

describe('what the database must be', () => {
  const complaintsOf = async (sql: readonly string[], user: { user: string; password: string }) => {
    const owner = await connectAsOwner(postgres.port, database);
    for (const statement of sql) await owner.query(statement);
    await owner.end();
    const client = new pg.Client({ host: '127.0.0.1', port: postgres.port, database, ...user });
    await client.connect();
    const complaints = await checkDatabase(client);
    await client.end();
    return complaints;
  };
  const role = { user: 'faibric_app', password: 'app-password' };

  test('the run-time role as migrated is good', async () => {
    expect(await complaintsOf([], role)).toEqual([]);
  });

  test('synchronous_commit off is refused', async () => {
    const complaints = await complaintsOf(['alter role faibric_app set synchronous_commit = off'], role);
    expect(complaints.join()).toContain('synchronous_commit is off');
    await complaintsOf(['alter role faibric_app reset synchronous_commit'], role);
  });

  test('a role that bypasses row-level security is refused, and the next start takes the right away', async () => {
    expect((await complaintsOf(['alter role faibric_app bypassrls'], role)).join()).toContain('bypasses');
    const config = testPostgresConfig(postgres, database);
    const pool = makePool(config, silent);
    expect(await prepareDatabase(config, pool, silent)).toEqual([]);
    await pool.end();
  });

  test('the owner itself is refused as a run-time role', async () => {
    const complaints = await complaintsOf([], { user: 'faibric', password: 'owner-password' });
    expect(complaints.join()).toContain('owns tables');
  });

  test('fsync off is refused', async () => {
    const unsafe = await startPostgres('fsync=off');
    const config = testPostgresConfig(unsafe, await unsafe.database());
    const pool = makePool(config, silent);
    expect((await prepareDatabase(config, pool, silent)).join()).toContain('fsync is off');
    await pool.end();
    await unsafe.stop();
  });

  test('replicas that start together migrate once', async () => {
    const fresh = await postgres.database();
    const config = testPostgresConfig(postgres, fresh);
    const pool = makePool(config, silent);
    const results = await Promise.all([1, 2, 3, 4].map(() => prepareDatabase(config, pool, silent)));
    expect(results).toEqual([[], [], [], []]);
    await pool.end();
  });
});
