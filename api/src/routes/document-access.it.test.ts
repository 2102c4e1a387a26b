// The owner's rules of a collection through HTTP: they hold at once, no page of an app may touch them, and two owners who
// set rules at the same moment both keep theirs.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../test/api-server.ts';
import { anApp, memoryCluster } from '../../test/memory-cluster.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { collectionAccessSchema } from '../contract/access.ts';

let postgres: TestPostgres;
let server: TestServer;
const app = 'edited';
const cluster = memoryCluster();
const planned = {
  collection: 'posts',
  read: 'anyone',
  create: 'visitor',
  update: 'visitor',
  delete: 'visitor',
} as const;
const ownersAlone = { read: 'owner', create: 'owner', update: 'owner', delete: 'owner' } as const;

beforeAll(async () => {
  cluster.put(anApp({ name: app, spec: { id: app, owner: 'ann' }, status: { access: [planned] } }));
  postgres = await startPostgres();
  server = await startServer(postgres, await postgres.database(), {
    cluster,
    identify: async (req) => {
      const who = String(req.headers['x-test-account'] ?? 'ann');
      return { id: who, owner: who, role: 'user' };
    },
  });
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

const path = (collection: string): string => `/api/v1/db/${app}/${collection}/access/`;
const get = async (collection: string) =>
  collectionAccessSchema.parse((await server.send('GET', path(collection))).json);
const put = (collection: string, body: unknown) => server.send('PUT', path(collection), { body });

describe('the owner’s rules', () => {
  test('are shown with where they come from and what they mean', async () => {
    expect(await get('posts')).toMatchObject({
      source: 'plan',
      rules: { read: 'anyone' },
      words: { read: 'Everybody who can open the app reads all of it.' },
    });
    expect(await get('todos')).toMatchObject({ source: 'default', rules: { read: 'visitor' } });
  });

  test('hold at once, replace those of the plan for that collection alone, and can be taken back', async () => {
    const list = () => server.send('GET', `/api/v1/db/${app}/posts/`, { app });
    expect((await list()).status).toBe(200);
    const answer = await put('posts', ownersAlone);
    expect(answer.json).toMatchObject({ collection: 'posts', source: 'owner', rules: ownersAlone });
    expect((await list()).status).toBe(403);
    expect(cluster.get(app)?.spec.access).toEqual([{ collection: 'posts', ...ownersAlone }]);
    expect((await server.send('GET', `/api/v1/db/${app}/todos/`, { app })).status).toBe(200);
    const back = await server.send('DELETE', path('posts'));
    expect(back.json).toMatchObject({ source: 'plan', rules: { read: 'anyone' } });
    expect((await list()).status).toBe(200);
    expect(cluster.get(app)?.spec.access ?? []).toEqual([]);
  });

  test('of four collections set at the same moment all stay', async () => {
    const names = Array.from({ length: 4 }, (_, i) => `c${i}`);
    const answers = await Promise.all(names.map((name) => put(name, ownersAlone)));
    const kept = names.filter((_, i) => answers[i]?.status === 200);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(
      cluster
        .get(app)
        ?.spec.access?.map(({ collection }) => collection)
        .sort(),
    ).toEqual(kept);
  });

  test.each([
    ['a rule is missing', { read: 'anyone', create: 'anyone', update: 'anyone' }],
    ['an unknown word', { ...ownersAlone, read: 'everyone' }],
    ['something more', { ...ownersAlone, list: 'anyone' }],
    ['no object', 'anyone'],
  ])('%s: 400', async (_name, body) => {
    const answer = await put('posts', JSON.stringify(body));
    expect([answer.status, answer.json.code]).toEqual([400, 'invalid_body']);
  });
});

describe('B8: rules are the owner’s alone', () => {
  test.each(['GET', 'PUT', 'DELETE'])(
    'B8: %s from the app’s own host is 403, and nothing changes',
    async (method) => {
      const before = cluster.get(app);
      const body =
        method === 'PUT'
          ? { read: 'anyone', create: 'anyone', update: 'anyone', delete: 'anyone' }
          : undefined;
      const answer = await server.send(method, path('posts'), { app, body });
      expect([answer.status, answer.json.code]).toEqual([403, 'forbidden']);
      const stranger = await server.send(method, path('posts'), {
        body,
        headers: { 'x-test-account': 'bob' },
      });
      expect([stranger.status, stranger.json.code]).toEqual([404, 'no_such_app']);
      expect(cluster.get(app)).toBe(before);
    },
  );
});
