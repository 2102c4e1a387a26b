// What a hole in a statement of the Database API could reach: its role must not even be able to name the tables of
// accounts (claim B6 for accounts), and the role of accounts neither documents nor the history of handles and events.
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer, testPostgresConfig } from '../../test/api-server.ts';
import { signUp } from '../../test/people.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';

let postgres: TestPostgres;
let server: TestServer;
let asAccounts: pg.Client;

beforeAll(async () => {
  postgres = await startPostgres();
  const database = await postgres.database();
  server = await startServer(postgres, database, { accounts: {} });
  await signUp(server, 'ada');
  const { host, port, accounts } = testPostgresConfig(postgres, database);
  asAccounts = new pg.Client({ host, port, database, ...accounts });
  await asAccounts.connect();
});
afterAll(async () => {
  await asAccounts?.end();
  await server?.close();
  await postgres?.stop();
});

const DENIED = /permission denied|must be owner/;

test.each([
  'select * from faibric_accounts.accounts',
  'select * from faibric_accounts.sessions',
  "insert into faibric_accounts.sessions (token_hash, account_id) values (sha256('x'), gen_random_uuid())",
  "update faibric_accounts.accounts set role = 'admin'",
  "select faibric_accounts.change_account(gen_random_uuid(), '{}')",
  "select * from faibric_accounts.sign_up('x', null, null, true, null, 'admin', null, null)",
  'set role faibric_accounts',
  'set role faibric',
])('B6: the role that serves documents cannot: %s', async (sql) => {
  await expect(server.pool.query(sql)).rejects.toThrow(DENIED);
});

test.each([
  'select * from faibric.documents',
  "select * from faibric.create_document('a', 'b', '{}', '{}', null, null)",
  "update faibric_accounts.accounts set handle = 'other'",
  'delete from faibric_accounts.accounts',
  "update faibric_accounts.events set event = 'nothing'",
  'delete from faibric_accounts.events',
  'drop table faibric_accounts.sessions',
])('the role that serves accounts cannot: %s', async (sql) => {
  await expect(asAccounts.query(sql)).rejects.toThrow(DENIED);
});
