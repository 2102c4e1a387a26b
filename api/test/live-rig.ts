// What the tests of live changes share: apps with rules, a server, and clients that are closed after each test. Importing it
// sets all of that up once for the file that imports it; the exported variables are live bindings.
import type { CollectionAccess } from '@faibric/crds';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { startServer, type TestServer } from './api-server.ts';
import { type EventClient, type Listen, listenTo } from './event-client.ts';
import { anApp, type MemoryCluster, memoryCluster } from './memory-cluster.ts';
import { startPostgres, type TestPostgres } from './postgres.ts';
import { until } from './until.ts';

export let postgres: TestPostgres;
export let database: string;
export let server: TestServer;
export const cluster: MemoryCluster = memoryCluster();
export const open = new Set<EventClient>();
export const app = 'live01';

export const posts: CollectionAccess = {
  collection: 'posts',
  read: 'anyone',
  create: 'visitor',
  update: 'visitor',
  delete: 'visitor',
};
export const answers: CollectionAccess = {
  collection: 'answers',
  read: 'owner',
  create: 'anyone',
  update: 'owner',
  delete: 'owner',
};
export const members: CollectionAccess = {
  collection: 'members',
  read: 'user',
  create: 'user',
  update: 'user',
  delete: 'user',
};
export const putApp = (access: CollectionAccess[]): void =>
  cluster.put(anApp({ name: app, spec: { id: app, access } }));

beforeAll(async () => {
  putApp([posts, answers, members]);
  cluster.put(anApp({ name: 'live02', spec: { id: 'live02', access: [posts] } }));
  postgres = await startPostgres();
  database = await postgres.database();
  server = await startServer(postgres, database, { cluster, poolSize: 8, streamStallMs: 1_000 });
});
afterEach(() => {
  for (const client of open) client.close();
  open.clear();
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

export const listen = async (collection: string, more: Partial<Listen> = {}): Promise<EventClient> => {
  const client = await listenTo({
    port: server.port,
    path: `/api/v1/db/${app}/${collection}/events/`,
    app,
    ...more,
  });
  open.add(client);
  if (client.status === 200) await until(() => client.events.length > 0, 'the first event');
  return client;
};
export const path = (collection: string, id = '') =>
  `/api/v1/db/${app}/${collection}/${id === '' ? '' : `${id}/`}`;
export const add = (collection: string, data: object, visitor = 'ann') =>
  server.send('POST', path(collection), { app, visitor, body: { data } });
export const has = (
  client: EventClient,
  event: string,
  test: (data: { id: string; data: Record<string, unknown> }) => boolean,
) =>
  until(
    () => client.events.some((one) => one.event === event && test(one.data)),
    `${event} in ${JSON.stringify(client.events)}`,
  );
export const names = ({ events }: EventClient) => events.map(({ event }) => event);
