// What is streamed ends with what proved the right to it (claim B16): an open stream must not outlive its session.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startServer, type TestServer } from '../../test/api-server.ts';
import { followEvents } from '../../test/follow-events.ts';
import { type Person, signUp, signUpCast } from '../../test/people.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';

let postgres: TestPostgres;
let server: TestServer;
let admin: Person;
let ada: Person;

beforeAll(async () => {
  postgres = await startPostgres();
  server = await startServer(postgres, await postgres.database(), { accounts: {} });
  ({ admin, ada } = await signUpCast(server));
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

const follow = (headers: Record<string, string>) =>
  followEvents(server.port, '/api/projects/events/', headers);
const create = (person: Person) =>
  person.send('POST', '/api/projects/', { body: { prompt: 'A list of my plants' } });

test.each<[string, (person: Person) => Promise<unknown>]>([
  ['signing out', (person) => person.send('POST', '/api/auth/logout/', { body: {} })],
  ['disabling', (person) => admin.send('PATCH', `/api/accounts/${person.id}/`, { body: { disabled: true } })],
  ['deleting', (person) => admin.send('DELETE', `/api/accounts/${person.id}/`)],
  [
    'another role',
    (person) => admin.send('PATCH', `/api/accounts/${person.id}/`, { body: { role: 'admin' } }),
  ],
])('B16: %s ends the streams of the account, and no other', async (name, end) => {
  const person = await signUp(server, `stream-${name.replace(/\W/g, '-')}`);
  const [theirs, others] = [await follow({ cookie: person.cookie }), await follow({ cookie: ada.cookie })];
  await theirs.until((seen) => seen.length > 0);
  await end(person);
  await vi.waitUntil(() => theirs.ended(), 10_000);
  const before = others.seen.length;
  await create(ada);
  await others.until((seen) => seen.length > before);
  expect(others.ended()).toBe(false);
  others.close();
});

test('B16: revoking a token ends the streams that it opened', async () => {
  const { json } = await ada.send('POST', '/api/auth/tokens/', { body: { name: 'cli' } });
  const stream = await follow({ authorization: `Bearer ${json.token}` });
  await ada.send('DELETE', `/api/auth/tokens/${json.id}/`);
  await vi.waitUntil(() => stream.ended(), 10_000);
});

test('B9: a stream of all apps tells a user nothing of another’s', async () => {
  const bob = await signUp(server, 'streaming-bob');
  const stream = await follow({ cookie: bob.cookie });
  const foreign = await create(ada);
  const own = await create(bob);
  await stream.until((seen) => JSON.stringify(seen).includes(own.json.id));
  expect(JSON.stringify(stream.seen)).not.toContain(foreign.json.id);
  stream.close();
});
