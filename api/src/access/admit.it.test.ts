// Who may work on an app's documents from the platform's host.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCAL_ACCOUNT, startServer, type TestServer } from '../../test/api-server.ts';
import { anApp, memoryCluster } from '../../test/memory-cluster.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { ApiError } from '../errors.ts';

let postgres: TestPostgres;
let server: TestServer;
const cluster = memoryCluster();

beforeAll(async () => {
  postgres = await startPostgres();
  cluster.put(anApp({ name: 'ownerless', spec: { id: 'nobody' } }));
  cluster.put(anApp({ name: 'of-ann', spec: { id: 'annapp', owner: 'ann' } }));
  server = await startServer(postgres, await postgres.database(), {
    cluster,
    identify: async (req) => {
      const who = req.headers['x-test-account'];
      if (who === 'none') return null;
      if (who === 'false') throw new ApiError('unauthorized', 'This token is not valid.');
      return typeof who === 'string' ? { id: who, owner: who, role: 'user' } : LOCAL_ACCOUNT;
    },
  });
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

const as = (account: string) => ({ headers: { 'x-test-account': account } });
const list = (app: string, request = {}) => server.send('GET', `/api/v1/db/${app}/notes/`, request);

describe('B9: documents on the platform’s host are for the app’s owner', () => {
  test('B9: the owner and an admin come in; another account gets the answer of an app that is not there', async () => {
    expect((await list('annapp', as('ann'))).status).toBe(200);
    expect((await list('annapp')).status).toBe(200);
    const unknown = await list('nosuch', as('bob'));
    expect([unknown.status, unknown.json.code]).toEqual([404, 'no_such_app']);
    const foreign = await list('annapp', as('bob'));
    expect([foreign.status, foreign.text]).toEqual([404, unknown.text]);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const body = method === 'DELETE' ? undefined : { data: {} };
      const id = method === 'POST' ? '' : '00000000-0000-0000-0000-000000000000/';
      const answer = await server.send(method, `/api/v1/db/annapp/notes/${id}`, { ...as('bob'), body });
      expect([answer.status, answer.text]).toEqual([404, unknown.text]);
    }
  });

  test('an app that names no owner is the default owner’s', async () => {
    expect((await list('nobody', as('me'))).status).toBe(200);
    expect((await list('nobody', as('ann'))).status).toBe(404);
  });

  test('nobody is 401, and so is a false proof', async () => {
    expect((await list('annapp', as('none'))).status).toBe(401);
    expect((await list('annapp', as('false'))).status).toBe(401);
  });

  test('an account means nothing on an app’s host: only the routed app’s documents are there', async () => {
    const answer = await server.send('GET', '/api/v1/db/annapp/notes/', { app: 'nobody', ...as('ann') });
    expect([answer.status, answer.json.code]).toEqual([404, 'no_such_app']);
  });
});
