// What the tests of app users share: two apps with a collection for members, a clock that a test may move, people who
// sign up. Importing it sets all of that up once for the file that imports it; the exported variables are live bindings.
import { afterAll, beforeAll, expect } from 'vitest';
import { startServer, type TestServer } from './api-server.ts';
import { type AppBrowser, openBrowser } from './app-browser.ts';
import { connectAsOwner, startPostgres, type TestPostgres } from './postgres.ts';

export let postgres: TestPostgres;
export let database: string;
export let server: TestServer;
let time = Date.parse('2026-11-25T08:00:00Z');
let people = 0;

const members = {
  collection: 'members',
  read: 'user',
  create: 'user',
  update: 'user',
  delete: 'user',
} as const;
export const PASSWORD = 'correct horse battery';
export const SESSION = '__Host-faibric-user';
/** The clock of the server, and how to move it. */
export const now = (): number => time;
export const pass = (seconds: number): void => {
  time += seconds * 1_000;
};

beforeAll(async () => {
  postgres = await startPostgres();
  database = await postgres.database();
  server = await startServer(postgres, database, {
    poolSize: 8,
    apps: [{ id: 'usersa', access: [members] }, { id: 'usersb', access: [members] }, 'usersc'],
    now,
    identify: async (req) => {
      const who = String(req.headers['x-test-account'] ?? 'me');
      return { id: who, owner: who, role: 'user' };
    },
  });
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

export const newEmail = (): string => {
  people += 1;
  return `person${people}@example.org`;
};

/** A browser whose person has just signed up, from an address of their own. */
export const signUp = async (
  app = 'usersa',
  email = newEmail(),
): Promise<AppBrowser & { email: string; id: string }> => {
  const browser = openBrowser(server, app, `198.51.100.${people % 250}`);
  const { status, json } = await browser.auth('signup', { email, password: PASSWORD });
  expect([status, json.user?.email]).toEqual([201, email]);
  return { ...browser, email, id: json.user.id };
};

/** Rows as they are in the database, whatever the policies: asked as its superuser. */
export const stored = async (sql: string, values: unknown[] = []) => {
  const owner = await connectAsOwner(postgres.port, database);
  try {
    return (await owner.query(sql, values)).rows;
  } finally {
    await owner.end();
  }
};
