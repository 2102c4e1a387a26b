// Row-level security and the database’s own rules: with the API's checks taken away, Postgres alone must still refuse
// (B6), also on one shared connection (B7); and a database that could lose writes is not used at all.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aList } from '../../test/a-list.ts';
import { silent, startServer, type TestServer, testPostgresConfig } from '../../test/api-server.ts';
import { connectAsOwner, startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { FULL_GRANT } from '../access/grant.ts';
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

const all = aList();

describe('B6: Postgres refuses when the API’s filter is gone', () => {
  test('statements without any app filter see only the app of the setting, and nothing without it', async () => {
    const store = makeDocumentStore(server.pool);
    await store.create({ appId: 'one', collection: 'c' }, { data: { from: 'one' } }, FULL_GRANT);
    await store.create({ appId: 'two', collection: 'c' }, { data: { from: 'two' } }, FULL_GRANT);
    const client = await server.pool.connect();
    try {
      expect((await client.query('select * from faibric.documents')).rows).toEqual([]);
      expect((await client.query('select * from faibric.app_documents')).rows).toEqual([]);
      expect((await client.query('delete from faibric.documents')).rowCount).toBe(0);
      expect((await client.query('update faibric.usage set documents = 0')).rowCount).toBe(0);
      await client.query('begin');
      await client.query("select set_config('faibric.app', 'one', true)");
      const seen = await client.query('select distinct app_id from faibric.documents');
      expect(seen.rows).toEqual([{ app_id: 'one' }]);
      const through = await client.query('select distinct app_id from faibric.app_documents');
      expect(through.rows).toEqual([{ app_id: 'one' }]);
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
      await expect(client.query('delete from faibric.app_documents')).rejects.toThrow(/permission denied/);
      await expect(client.query('set role faibric')).rejects.toThrow(/permission denied/);
    } finally {
      client.release();
    }
    expect((await store.list({ appId: 'two', collection: 'c' }, all, FULL_GRANT)).total).toBe(1);
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
        store.list(
          place,
          { ...all, limit: 5, where: i % 3 === 0 ? ({ kind: 'missing', field: 'x' } as const) : null },
          FULL_GRANT,
        ),
        store.get(place, id, FULL_GRANT),
        store.update(place, { id, data: { n: i }, merge: true }, FULL_GRANT),
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
      const made = await makeDocumentStore(pool).create(
        { appId, collection: 'mix' },
        { data: { app: appId } },
        FULL_GRANT,
      );
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
      await makeDocumentStore(pool).get(
        { appId: 'left', collection: 'mix' },
        ids.get('right') ?? '',
        FULL_GRANT,
      ),
    ).toBeNull();
    await pool.end();
  }, 120_000);
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
