// What is in the log and in the metrics after everything was asked with secrets in every place that a request has: ids,
// route patterns and codes, and none of the secrets (claims B and G).
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../test/api-server.ts';
import { APPS, ask, type Caller, headersOf, seedAccounts } from '../../test/callers.ts';
import { anApp, memoryCluster } from '../../test/memory-cluster.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { OPERATIONS } from '../contract/operations/operations.ts';
import type { Log } from '../ports.ts';

const CANARY = 'canary0secret';
const lines: string[] = [];
const write = (fields: object, message: string): void => {
  lines.push(JSON.stringify({ ...fields, message }));
};
const log: Log = { debug: write, info: write, warn: write, error: write };

let postgres: TestPostgres;
let server: TestServer;

beforeAll(async () => {
  postgres = await startPostgres();
  const database = await postgres.database();
  const cluster = memoryCluster();
  for (const [owner, id] of Object.entries(APPS)) cluster.put(anApp({ name: id, spec: { id, owner } }));
  server = await startServer(postgres, database, { cluster, accounts: {}, log });
  await seedAccounts(postgres.port, database);
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

const CALLERS: readonly Caller[] = [
  { name: 'anna', account: 'anna' },
  { name: 'a page', page: APPS.anna },
  { name: 'a false session', cookie: `__Host-faibric-session=${CANARY}` },
  {
    name: 'a false user',
    page: APPS.anna,
    cookie: `__Host-faibric-user=${CANARY}; __Host-faibric-visitor=${CANARY}`,
  },
];

const askEverything = async (): Promise<number> => {
  let count = 0;
  for (const { method, path, body } of OPERATIONS) {
    for (const caller of CALLERS) {
      const target = path.replace(/:(app|id)\b/, APPS.anna).replaceAll(/:\w+/g, CANARY);
      const filled = {
        data: { [CANARY]: CANARY },
        prompt: CANARY,
        email: `${CANARY}@example.test`,
        password: CANARY,
        handle: CANARY,
        service: CANARY,
      };
      await ask(server.port, {
        method,
        path: `${target}?filter=${CANARY}&${CANARY}=1`,
        headers: {
          authorization: `Bearer ${CANARY}`,
          'idempotency-key': CANARY,
          'x-request-id': `id!${CANARY}`,
          'user-agent': CANARY,
          ...headersOf(caller),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(filled)) }),
      });
      count += 1;
    }
  }
  return count;
};

describe('B G: after everything was asked with a secret in path, query, headers, cookies and body', () => {
  let asked = 0;
  beforeAll(async () => {
    asked = await askEverything();
  });

  test('the log has a line with an id for each request, and the secret in none', () => {
    const done = lines.filter((line) => /"id":"[0-9a-f-]{36}"/.test(line));
    expect(done.length).toBeGreaterThanOrEqual(asked);
    expect(lines.filter((line) => line.includes(CANARY))).toEqual([]);
  });

  test('the metrics count them by route pattern, and hold no secret', async () => {
    const text = await server.metrics.registry.metrics();
    expect(text).toContain('route="/api/v1/db/:app/:collection/"');
    expect(text).toContain('faibric_api_problems_total{code="invalid_query"}');
    expect(text).not.toContain(CANARY);
  });
});

test("a client's own request id is taken over when it is one, and replaced when it is not", async () => {
  const own = await server.send('GET', '/healthz', { headers: { 'x-request-id': 'trace-0123456789' } });
  expect(own.headers['x-request-id']).toBe('trace-0123456789');
  const bad = await server.send('GET', '/healthz', { headers: { 'x-request-id': 'a b\tc' } });
  expect(bad.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
});
