// Whose app it is: a user sees and touches own apps alone, an admin all, and another's app looks like none. Every
// operation of the projects API is tried, from the contract's own table, so that a new route cannot be forgotten here.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../test/api-server.ts';
import { anApp, type MemoryCluster, memoryCluster } from '../../test/memory-cluster.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { PROJECT_OPERATIONS } from '../contract/operations/projects.ts';
import type { Account } from '../http/account.ts';

const ACCOUNTS: Readonly<Record<string, Account>> = {
  ann: { id: 'a1', owner: 'ann', role: 'user' },
  bob: { id: 'b1', owner: 'bob', role: 'user' },
  root: { id: 'r1', owner: 'root', role: 'admin' },
};
let postgres: TestPostgres;
let server: TestServer;
let cluster: MemoryCluster;

beforeAll(async () => {
  postgres = await startPostgres();
  cluster = memoryCluster();
  cluster.put(anApp({ name: 'anns-app', spec: { id: 'annsapp', owner: 'ann', prompt: 'Of Ann' } }));
  cluster.put(anApp({ name: 'bobs-app', spec: { id: 'bobsapp', owner: 'bob', prompt: 'Of Bob' } }));
  cluster.put(anApp({ name: 'nobodys-app', spec: { id: 'nobodys' } }));
  const identify = async (req: { headers: Record<string, string | string[] | undefined> }) =>
    ACCOUNTS[String(req.headers['x-test-account'])] ?? null;
  server = await startServer(postgres, await postgres.database(), { cluster, identify });
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

const as = (name: string | null, method: string, path: string, body?: unknown) =>
  server.send(method, path, {
    ...(body === undefined ? {} : { body }),
    headers: name === null ? {} : { 'x-test-account': name },
  });
const seenBy = async (name: string): Promise<string[]> =>
  (await as(name, 'GET', '/api/projects/')).json.items.map((item: { id: string }) => item.id).sort();

const OF_ONE_APP = PROJECT_OPERATIONS.filter(({ path }) => path.includes(':id'));
const BODIES: Readonly<Record<string, unknown>> = {
  quickUpdateProject: { prompt: 'take it over' },
  rollbackProject: { revision: 1 },
};

describe('whose app it is', () => {
  test('a list holds own apps, an admin’s all; an app without owner is the default owner’s', async () => {
    expect(await seenBy('ann')).toEqual(['annsapp']);
    expect(await seenBy('bob')).toEqual(['bobsapp']);
    expect(await seenBy('root')).toEqual(['annsapp', 'bobsapp', 'nobodys']);
  });

  test('a filter by owner finds nothing of others', async () => {
    expect((await as('ann', 'GET', '/api/projects/?owner=bob')).json.total).toBe(0);
    expect((await as('root', 'GET', '/api/projects/?owner=bob')).json.total).toBe(1);
  });

  test.each(OF_ONE_APP.map((operation) => [operation.id, operation] as const))(
    'B9: %s of another user’s app is the answer of an app that is not there, and changes nothing',
    async (_name, { id, method, path }) => {
      const before = cluster.get('anns-app');
      const body = method === 'POST' ? (BODIES[id] ?? {}) : undefined;
      const at = (app: string) => path.replace(':id', app).replace(':number', '1');
      const foreign = await as('bob', method, at('annsapp'), body);
      const absent = await as('bob', method, at('nosuch'), body);
      expect(foreign.status).toBe(404);
      expect(foreign.json).toEqual(absent.json);
      expect(cluster.get('anns-app')).toBe(before);
    },
  );

  test.each(PROJECT_OPERATIONS.map((operation) => [operation.id, operation] as const))(
    '%s needs an account',
    async (_name, { id, method, path }) => {
      const body = method === 'POST' ? (BODIES[id] ?? { prompt: 'A poll' }) : undefined;
      const answer = await as(null, method, path.replace(':id', 'annsapp').replace(':number', '1'), body);
      expect([answer.status, answer.json.code]).toEqual([401, 'unauthorized']);
    },
  );

  test('an app that a user creates carries that user’s name, and only the user sees it', async () => {
    const answer = await as('bob', 'POST', '/api/projects/', { prompt: 'A bird list' });
    expect(answer.json.owner).toBe('bob');
    expect(cluster.get(answer.json.name)?.spec.owner).toBe('bob');
    expect(await seenBy('ann')).toEqual(['annsapp']);
    expect((await as('bob', 'DELETE', `/api/projects/${answer.json.id}/`)).status).toBe(200);
  });

  test('an admin changes an app of a user', async () => {
    const answer = await as('root', 'POST', '/api/projects/annsapp/quick_update/', { prompt: 'add a date' });
    expect(answer.status).toBe(202);
    expect(cluster.get('anns-app')?.spec.changes).toHaveLength(1);
  });
});
