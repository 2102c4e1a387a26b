// What the Database API's route tests share: a real Postgres, a server on it, and one app that calls. Importing it sets
// all of that up once for the file that imports it; the exported variables are live bindings.
import { afterAll, beforeAll, expect } from 'vitest';
import { documentSchema } from '../src/contract/index.ts';
import { startServer, type TestServer } from './api-server.ts';
import { startPostgres, type TestPostgres } from './postgres.ts';

export const app = 'appone';
export let postgres: TestPostgres;
export let server: TestServer;
export let database: string;

beforeAll(async () => {
  postgres = await startPostgres();
  database = await postgres.database();
  server = await startServer(postgres, database, { poolSize: 8, apps: [app] });
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

export const path = (collection: string, id = ''): string =>
  `/api/v1/db/${app}/${collection}/${id === '' ? '' : `${id}/`}`;
export const post = (collection: string, body: unknown, headers = {}) =>
  server.send('POST', path(collection), { app, body, headers });
export const create = async (collection: string, data: object) => {
  const answer = await post(collection, { data });
  expect(answer.status).toBe(201);
  return documentSchema.parse(answer.json);
};
