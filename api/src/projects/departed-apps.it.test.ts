// Data of apps that kubectl deletes, on a real Postgres: it goes, after its grace and a confirmation, and in no other case.
// The grace is the database's: tests move the time at which an app was missed, not a clock.
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { silent, startServer, type TestServer } from '../../test/api-server.ts';
import { anApp, type MemoryCluster, memoryCluster } from '../../test/memory-cluster.ts';
import { connectAsOwner, startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { FULL_GRANT } from '../access/grant.ts';
import { makeDocumentStore } from '../store/documents.ts';
import { makeAppRegistry } from '../store/known-apps.ts';
import { type ConfirmGone, DEPARTED_GRACE, type DepartedApps, makeDepartedApps } from './departed-apps.ts';

let postgres: TestPostgres;
let server: TestServer;
let owner: pg.Client;
let cluster: MemoryCluster;
let departed: DepartedApps;
let answer: Awaited<ReturnType<ConfirmGone>> | 'away';
let confirmed: string[];

beforeAll(async () => {
  postgres = await startPostgres();
  const database = await postgres.database();
  cluster = memoryCluster();
  server = await startServer(postgres, database, { cluster });
  owner = await connectAsOwner(postgres.port, database);
});
afterAll(async () => {
  departed?.stop();
  await owner?.end();
  await server?.close();
  await postgres?.stop();
});

const keeper = (): DepartedApps => {
  const store = makeDocumentStore(server.pool);
  return makeDepartedApps({
    cache: cluster.cache,
    registry: makeAppRegistry(server.pool),
    drop: store.dropApp,
    grace: DEPARTED_GRACE,
    log: silent,
    confirmGone: async ({ id }) => {
      confirmed.push(id);
      if (answer === 'away') throw new Error('the API server does not answer');
      return answer;
    },
  });
};

let number = 0;
let id: string;
beforeEach(async () => {
  departed?.stop();
  departed = keeper();
  answer = 'gone';
  confirmed = [];
  cluster.setProblem(null);
  number += 1;
  id = `gone${number}`;
});

const asAll = async (sql: string, ...values: unknown[]) => {
  await owner.query("select set_config('faibric.app', '*', false)");
  return (await owner.query(sql, values)).rows;
};
const known = (of: string) => asAll('select * from faibric.known_apps where app_id = $1', of);
/** Makes it so that the app has been missing for that long. */
const pass = (seconds: number) =>
  asAll(`update faibric.known_apps set missing_since = missing_since - make_interval(secs => $1)`, seconds);
const documents = async (): Promise<number> => {
  const store = makeDocumentStore(server.pool);
  const count = await store.dropApp(id);
  return count;
};

/** An app with a document, known to the registry. */
const anAppWithData = async (annotations: Record<string, string> = {}): Promise<string> => {
  const app = anApp({ name: `app-${id}`, spec: { id }, metadata: { annotations } });
  cluster.put(app);
  const store = makeDocumentStore(server.pool);
  await store.create({ appId: id, collection: 'notes' }, { data: { a: 1 } }, FULL_GRANT);
  await departed.sweep();
  return app.metadata.name;
};
/** Deletes the resource as kubectl does. */
const kubectlDelete = async (name: string): Promise<void> => {
  const app = cluster.get(name);
  if (app) await cluster.writer.remove(app);
  // The note of the deletion is written in the background.
  for (let tries = 0; tries < 200; tries += 1) {
    const [row] = await known(id);
    if (row?.deletion_seen === true) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

describe('an app that kubectl deletes', () => {
  test('B10: loses its data ten minutes later, not before, and is then forgotten', async () => {
    const name = await anAppWithData();
    await kubectlDelete(name);
    await departed.sweep();
    await pass(590);
    await departed.sweep();
    expect(confirmed).toEqual([]);
    await pass(20);
    await departed.sweep();
    expect(confirmed).toEqual([id]);
    expect(await known(id)).toEqual([]);
    expect(await documents()).toBe(0);
  });

  test('keeps its data when its annotation says so', async () => {
    await kubectlDelete(await anAppWithData({ 'faibric.dev/keep-data': 'true' }));
    await pass(700);
    await departed.sweep();
    expect([confirmed, await known(id)]).toEqual([[], []]);
    expect(await documents()).toBe(1);
  });

  test('and comes back within the grace has its data', async () => {
    const name = await anAppWithData();
    await kubectlDelete(name);
    await pass(500);
    cluster.put(anApp({ name, spec: { id } }));
    await departed.sweep();
    await pass(700);
    await departed.sweep();
    expect(confirmed).toEqual([]);
    expect((await known(id))[0]).toMatchObject({ missing_since: null, deletion_seen: false });
    expect(await documents()).toBe(1);
  });

  test('a grace outlives the process: another one goes on with it', async () => {
    await kubectlDelete(await anAppWithData());
    await pass(700);
    departed.stop();
    departed = keeper();
    await departed.sweep();
    expect(confirmed).toEqual([id]);
    expect(await documents()).toBe(0);
  });
});

describe('nothing is dropped', () => {
  /** An app that a new list lacks, without anybody having seen its deletion: as after a start. */
  const vanish = async (): Promise<void> => {
    departed.stop();
    const app = cluster.get(await anAppWithData());
    if (app) await cluster.writer.remove(app);
    departed = keeper();
    await departed.sweep();
  };

  test('of an app that is only found to be missing, before a day', async () => {
    await vanish();
    await pass(86_000);
    await departed.sweep();
    expect(confirmed).toEqual([]);
    await pass(500);
    await departed.sweep();
    expect(await documents()).toBe(0);
  });

  test('of a missing app when the cluster has no app at all', async () => {
    await vanish();
    answer = 'empty';
    await pass(90_000);
    await departed.sweep();
    expect(confirmed).toEqual([id]);
    expect(await documents()).toBe(1);
  });

  test.each(['away', 'there'] as const)('while the API server is or says: %s', async (says) => {
    await kubectlDelete(await anAppWithData());
    answer = says;
    await pass(700);
    await departed.sweep();
    expect((await known(id)).length).toBe(1);
    expect(await documents()).toBe(1);
  });

  test('while the cache cannot be trusted: nothing is even marked as missing', async () => {
    await anAppWithData();
    departed.stop();
    cluster.setProblem('The Kubernetes API server does not answer.');
    const app = cluster.get(`app-${id}`);
    if (app) await cluster.writer.remove(app);
    departed = keeper();
    await departed.sweep();
    expect((await known(id))[0]?.missing_since).toBeNull();
    expect(await documents()).toBe(1);
  });

  test('of an app that this platform never saw', async () => {
    const store = makeDocumentStore(server.pool);
    await store.create({ appId: id, collection: 'notes' }, { data: { a: 1 } }, FULL_GRANT);
    await departed.sweep();
    await pass(1_000_000);
    await departed.sweep();
    expect(await documents()).toBe(1);
  });
});

describe('an app that the API deletes', () => {
  test('is forgotten at once', async () => {
    await anAppWithData();
    expect((await server.send('DELETE', `/api/projects/${id}/`)).json.documents).toBe(1);
    expect(await known(id)).toEqual([]);
  });

  test('with keep_data says so on the resource first, and its data stays', async () => {
    const name = await anAppWithData();
    let last: Record<string, string> | undefined;
    const stop = cluster.cache.subscribe(({ before }) => {
      last = before?.metadata.annotations;
    });
    expect((await server.send('DELETE', `/api/projects/${id}/?keep_data=true`)).status).toBe(200);
    stop();
    expect([cluster.get(name), last?.['faibric.dev/keep-data'], await known(id)]).toEqual([
      undefined,
      'true',
      [],
    ]);
    expect(await documents()).toBe(1);
  });
});

test('B6: the registry is seen by nobody who serves an app', async () => {
  await anAppWithData();
  const client = await server.pool.connect();
  try {
    expect((await client.query('select * from faibric.known_apps')).rows).toEqual([]);
    await client.query("select set_config('faibric.app', 'another', false)");
    expect((await client.query('select * from faibric.known_apps')).rows).toEqual([]);
    await client.query("select set_config('faibric.app', '*', false)");
    // And the setting that sees the registry sees no document.
    expect((await client.query('select * from faibric.documents')).rows).toEqual([]);
  } finally {
    client.release(true);
  }
});
