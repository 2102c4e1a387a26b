// The matrix of callers (claims B1, B8, B9): every operation as everybody. Who is refused gets the very answer that the
// contract derives from `callers`; for an app that is another's, byte for byte that of an app that is not there. Refused
// requests go first and must leave no trace; then those that are let in.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../test/api-server.ts';
import { ACCOUNTS, APPS, ask, CALLERS, type Caller, headersOf, seedAccounts } from '../../test/callers.ts';
import { expectedRefusal, namesApp } from '../../test/expected-refusal.ts';
import { anApp, type MemoryCluster, memoryCluster } from '../../test/memory-cluster.ts';
import { connectAsOwner, startPostgres, type TestPostgres } from '../../test/postgres.ts';
import type { Operation } from '../contract/operation.ts';
import { OPERATIONS } from '../contract/operations/operations.ts';
import { problemSchema } from '../contract/problem.ts';

const REFUSALS = ['unauthorized', 'forbidden', 'no_such_app'];
const COLLECTION = 'things';

let postgres: TestPostgres;
let database: string;
let server: TestServer;
let cluster: MemoryCluster;
let documentId = '';

const putApps = (): void => {
  for (const [owner, id] of Object.entries(APPS))
    cluster.put(anApp({ name: `${owner}-${id}`, spec: { id, owner } }));
};

beforeAll(async () => {
  postgres = await startPostgres();
  database = await postgres.database();
  cluster = memoryCluster();
  putApps();
  server = await startServer(postgres, database, { cluster, accounts: {} });
  await seedAccounts(postgres.port, database);
  const made = await server.send('POST', `/api/v1/db/${APPS.anna}/${COLLECTION}/`, {
    app: APPS.anna,
    body: { data: { secret: 'of anna' } },
  });
  documentId = made.json.id;
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

/** Values for what a path may name; the project or the app of a path is anna's. */
const sampleOf = (name: string, { tag, path }: Operation): string => {
  if (name === 'app' || (name === 'id' && path.startsWith('/api/projects/'))) return APPS.anna;
  if (name === 'collection') return COLLECTION;
  if (name === 'id' && tag === 'documents') return documentId;
  return /number|revision/i.test(name) ? '1' : '00000000-0000-4000-8000-000000000000';
};

const pathFor = (operation: Operation, app: string = APPS.anna): string =>
  operation.path.replaceAll(/:(\w+)/g, (_all, name: string) =>
    sampleOf(name, operation).replace(APPS.anna, app),
  );

const send = (operation: Operation, caller: Caller, path = pathFor(operation)) =>
  ask(server.port, {
    method: operation.method,
    path,
    headers: {
      ...headersOf(caller),
      ...(operation.body === undefined ? {} : { 'content-type': operation.bodyType ?? 'application/json' }),
    },
    ...(operation.body === undefined ? {} : { body: Buffer.from('{}') }),
  });

/** Everything that is stored, as the owner of the tables sees it. */
const everything = async (): Promise<unknown> => {
  const owner = await connectAsOwner(postgres.port, database);
  const { rows } = await owner.query(
    'select app_id, collection, id, data, version from faibric.documents order by id',
  );
  await owner.end();
  const specs = Object.entries(APPS).map(([name, id]) => cluster.get(`${name}-${id}`)?.spec);
  return { rows, specs };
};

const pairs = OPERATIONS.flatMap((operation) =>
  CALLERS.map((caller): [string, string, Operation, Caller] => [
    `${operation.method} ${operation.path}`,
    caller.name,
    operation,
    caller,
  ]),
);
const refused = pairs.filter(([, , operation, caller]) => expectedRefusal(operation, caller) !== null);
const letIn = pairs.filter(([, , operation, caller]) => expectedRefusal(operation, caller) === null);

describe('B1 B8 B9: who is refused', () => {
  test.each(refused)('%s as %s', async (_operation, _caller, operation, caller) => {
    const expected = expectedRefusal(operation, caller);
    const reply = await send(operation, caller);
    const problem = problemSchema.parse(JSON.parse(reply.text));
    expect(problem.code).toBe(expected);
    if (problem.status !== 404) return;
    const nowhere = await send(operation, caller, pathFor(operation, 'nosuchapp'));
    expect([reply.status, reply.text]).toEqual([nowhere.status, nowhere.text]);
  });

  test('B1 B9: and none of them changed anything', async () => {
    const before = await everything();
    for (const [, , operation, caller] of refused) await send(operation, caller);
    expect(await everything()).toEqual(before);
    expect(JSON.stringify(before)).toContain('of anna');
  });
});

describe('who is let in', () => {
  beforeEach(async () => {
    putApps();
    await seedAccounts(postgres.port, database);
  });

  test.each(letIn)('%s as %s', async (_operation, _caller, operation, caller) => {
    const reply = await send(operation, caller);
    expect(reply.status).not.toBe(500);
    const problem = problemSchema.safeParse(reply.type.includes('problem') ? JSON.parse(reply.text) : null);
    if (problem.success) expect(REFUSALS).not.toContain(problem.data.code);
    if (!namesApp(operation) || reply.status !== 404) return;
    // Something else is missing, not the app.
    expect(reply.text).not.toBe((await send(operation, caller, pathFor(operation, 'nosuchapp'))).text);
  });
});

test('the matrix is not empty anywhere', () => {
  for (const caller of CALLERS) expect(pairs.some(([, name]) => name === caller.name)).toBe(true);
  expect(Object.keys(ACCOUNTS)).toHaveLength(3);
  expect(refused.length).toBeGreaterThan(OPERATIONS.length * 3);
  expect(letIn.length).toBeGreaterThan(OPERATIONS.length);
});
