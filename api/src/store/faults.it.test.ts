// What happens to requests when Postgres or Redis is killed, frozen or restarted (claims F14, F16, G17). Acknowledged
// means durable: every write that was answered with 201 must be there afterwards, once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestAnswer, type TestServer } from '../../test/api-server.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';

let postgres: TestPostgres;
let server: TestServer;
const app = 'faulty';
const path = '/api/v1/db/faulty/events/';

beforeAll(async () => {
  postgres = await startPostgres();
  server = await startServer(postgres, await postgres.database(), { poolSize: 8, apps: [app] });
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

const write = (key: string): Promise<TestAnswer> =>
  server.send('POST', path, { app, body: { data: { key } }, headers: { 'idempotency-key': key } });

/** Writes until told to stop; a write that failed is repeated with its key until it is acknowledged. */
const startWriter = (name: string) => {
  const acknowledged: string[] = [];
  const failures: TestAnswer[] = [];
  let stopped = false;
  const loop = async (): Promise<void> => {
    for (let i = 0; !stopped; i += 1) {
      const key = `${name}-${i}`;
      for (let answer = await write(key); ; answer = await write(key)) {
        if (answer.status === 201) break;
        failures.push(answer);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      acknowledged.push(key);
    }
  };
  const done = loop();
  return {
    acknowledged,
    failures,
    stop: () => {
      stopped = true;
      return done;
    },
  };
};

const storedKeys = async (): Promise<string[]> => {
  const keys: string[] = [];
  for (let offset = 0; ; offset += 500) {
    const { json } = await server.send('GET', `${path}?limit=500&offset=${offset}&order_by=created_at`, {
      app,
    });
    keys.push(...json.items.map((item: { data: { key: string } }) => item.data.key));
    if (json.items.length < 500) return keys;
  }
};

const backendPids = async (): Promise<number[]> => {
  const { rows } = await server.pool.query(
    "select pid from pg_stat_activity where usename = 'faibric_app' and pid <> pg_backend_pid()",
  );
  return rows.map((row: { pid: number }) => row.pid);
};

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
};

describe('F14: Postgres goes away', () => {
  test('killed three times and one backend killed under 8 writers: no acknowledged write lost, none doubled', async () => {
    const writers = Array.from({ length: 8 }, (_, i) => startWriter(`w${i}`));
    const total = (): number => writers.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
    for (let round = 1; round <= 3; round += 1) {
      await until(() => total() >= round * 60);
      await postgres.kill();
      await postgres.start();
    }
    await until(() => total() >= 240);
    const [pid] = await backendPids();
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
    await until(() => total() >= 320);
    await Promise.all(writers.map((writer) => writer.stop()));
    const failures = writers.flatMap((writer) => writer.failures);
    expect(failures.length).toBeGreaterThan(0);
    expect([...new Set(failures.map(({ status, json }) => `${status} ${json.code}`))]).toEqual([
      '503 unavailable',
    ]);
    expect(failures.every(({ headers }) => Number(headers['retry-after']) >= 1)).toBe(true);
    const stored = await storedKeys();
    const acknowledged = writers.flatMap((writer) => writer.acknowledged);
    expect(new Set(stored).size).toBe(stored.length);
    expect(acknowledged.filter((key) => !stored.includes(key))).toEqual([]);
    expect((await server.send('GET', `${path}?limit=1`, { app })).json.total).toBe(stored.length);
  }, 120_000);

  test('a frozen Postgres is 503 and answers again when it thaws', async () => {
    expect((await write('before-frost')).status).toBe(201);
    postgres.freeze(true);
    const frozen = await server.send('GET', path, { app });
    postgres.freeze(false);
    expect([frozen.status, frozen.json.code, frozen.headers['retry-after']]).toEqual([
      503,
      'unavailable',
      '2',
    ]);
    await until(async () => (await server.send('GET', path, { app })).status === 200);
  });

  test('readiness notes it, and what needs no database goes on', async () => {
    await postgres.kill();
    const ready = await server.send('GET', '/readyz', { raw: true });
    expect([ready.status, ready.json.degraded]).toEqual([200, { postgres: 'Postgres does not answer' }]);
    expect((await server.send('GET', '/api/projects/')).status).toBe(200);
    expect((await server.send('GET', path, { app })).status).toBe(503);
    await postgres.start();
    await until(async () => (await server.send('GET', path, { app })).status === 200);
  });

  test('deleting an app while its documents cannot be deleted changes nothing', async () => {
    const { json } = await server.send('POST', '/api/projects/', { body: { prompt: 'A notes app' } });
    await postgres.kill();
    const answer = await server.send('DELETE', `/api/projects/${json.id}/`);
    expect([answer.status, answer.json.code]).toEqual([503, 'unavailable']);
    expect((await server.send('GET', `/api/projects/${json.id}/`)).status).toBe(200);
    await postgres.start();
  });
});
