// Every route has its operation and every operation its route: what is served is what is documented, fuzzed and tried
// as everybody.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../../test/api-server.ts';
import { startPostgres, type TestPostgres } from '../../../test/postgres.ts';
import { routesOf } from '../../../test/routes-of.ts';
import { OPERATIONS } from './operations.ts';

let postgres: TestPostgres;
let server: TestServer;

beforeAll(async () => {
  postgres = await startPostgres();
  server = await startServer(postgres, await postgres.database());
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

test('the routes that the server has are exactly the operations that are written down', () => {
  expect(routesOf(server.app)).toEqual(OPERATIONS.map(({ method, path }) => `${method} ${path}`).sort());
});
