// The whole API under 20,000 requests that are made from its own OpenAPI document, against the real server and Postgres.
// Three owners' apps hold words that only their owners may see; the third owner never asks, so nothing of his may be seen
// or changed by anybody but an admin. A failure prints fast-check's seed and path, which give the same requests again.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startServer, type TestServer } from '../../test/api-server.ts';
import { ACCOUNTS, APPS, ask, type Caller, type Reply, seedAccounts } from '../../test/callers.ts';
import { type FuzzedRequest, fuzzedRequest } from '../../test/fuzz/fuzzed-request.ts';
import { complaintOf } from '../../test/fuzz/judge.ts';
import { gatewayRig } from '../../test/gateway-rig.ts';
import { anApp, aRevision, memoryCluster } from '../../test/memory-cluster.ts';
import { connectAsOwner, startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { appUserAnswerSchema } from '../contract/app-user.ts';
import { OPERATIONS } from '../contract/operations/operations.ts';
import { makeOpenApi } from './document.ts';

const REQUESTS = 20_000;
const AT_ONCE = 8;
// Without a provider and without a build of the runtime these can only refuse; their own tests let them work.
const NEED_MORE = ['exportProject', 'startOidc', 'finishOidc'];
const COLLECTIONS = ['things', 'posts', 'answers', 'members'];
const byId = new Map(OPERATIONS.map((operation) => [operation.id, operation]));

const KNOWN = {
  handle: 'eve',
  service: 'yahoo_finance',
  action: 'quote',
  '+symbols': ['AAPL'],
  email: 'eve@example.test',
  password: 'a good password',
  currentPassword: 'a good password',
  newPassword: 'a good password',
};
const callers: Caller[] = [
  { name: 'nobody' },
  { name: 'anna', account: 'anna' },
  { name: 'bert', account: 'bert' },
  { name: "anna's page", page: APPS.anna },
  { name: "bert's page", page: APPS.bert },
];

/** The word that is in every document of an app which its pages may not show to this browser. */
const secretOf = (app: string): string => `canary-of-${app}`;
const seenBy: Readonly<Record<string, string>> = { anna: APPS.anna, bert: APPS.bert };
const forbidden = ({ caller }: FuzzedRequest): string[] =>
  Object.values(APPS)
    .filter((app) => app !== seenBy[caller.account ?? ''])
    .map(secretOf);

let postgres: TestPostgres;
let database: string;
let server: TestServer;
const spareApps = Array.from({ length: 10 }, (_, n) => `spare${n}`);
const documentIds: string[] = [];
const userIds: string[] = [];
const found = new Map<string, string[]>();

const rules = [
  { collection: 'posts', read: 'anyone', create: 'anyone', update: 'visitor', delete: 'visitor' },
  { collection: 'members', read: 'user', create: 'anyone', update: 'visitor', delete: 'visitor' },
  { collection: 'answers', read: 'owner', create: 'anyone', update: 'owner', delete: 'owner' },
] as const;

/** Everything of the third owner, as the owner of the tables sees it. */
const untouchable = async (): Promise<unknown> => {
  const owner = await connectAsOwner(postgres.port, database);
  const { rows } = await owner.query('select * from faibric.documents where app_id = $1 order by id', [
    APPS.carl,
  ]);
  await owner.end();
  return rows;
};

/** In each collection documents of the browser that asks, and twelve of another that hold the word. */
const seed = async (app: string): Promise<void> => {
  for (const collection of COLLECTIONS) {
    for (let n = 0; n < 36; n += 1) {
      const isMine = n < 24 && app !== APPS.carl;
      const isOpen = collection === 'posts' || collection === 'members';
      const title = isMine || isOpen ? 'open' : secretOf(app);
      const made = await server.send('POST', `/api/v1/db/${app}/${collection}/`, {
        app,
        visitor: isMine ? 'a browser' : 'the victim',
        body: { data: { title, n, done: n % 2 === 0 } },
      });
      expect(made.status).toBe(201);
      const { id } = made.json;
      if (typeof id === 'string') documentIds.push(id);
    }
  }
};

/** Users of an app, the first of them signed in and one of the callers. */
const signUpUsers = async (app: string): Promise<void> => {
  for (const email of [KNOWN.email, 'someone@example.test', 'other@example.test']) {
    const body = { email, password: KNOWN.password };
    const made = await server.send('POST', '/api/app-auth/signup/', { app, body });
    expect(made.status).toBe(201);
    if (email === KNOWN.email)
      callers.push({ name: `a user of ${app}`, page: app, cookie: sessionIn(made.headers) ?? '' });
    else userIds.push(appUserAnswerSchema.parse(made.json).user.id);
  }
};

/** An account with a password, which the seeded ones have not. */
const signUpAccount = async (): Promise<void> => {
  const body = { handle: KNOWN.handle, password: KNOWN.password };
  const made = await server.send('POST', '/api/auth/signup/', { body });
  expect(made.status).toBe(201);
  callers.push({ name: 'eve', cookie: sessionIn(made.headers) ?? '' });
};

const listed = z.object({ items: z.array(z.object({ id: z.string() })) });
const created = z.object({ id: z.string() });
const seeded = Object.values(ACCOUNTS).map(({ id }) => id);

/** Remembers the ids that an answer tells, by who was told and the address that they hang under. */
const keepIds = ({ caller, sending }: FuzzedRequest, { status, type, text }: Reply): void => {
  if (status > 201 || !type.startsWith('application/json')) return;
  const value: unknown = JSON.parse(text);
  const key = `${caller.name} ${sending.path.split('?')[0]}`;
  const items = listed.safeParse(value).data?.items;
  const made = created.safeParse(value).data?.id;
  const ids = items?.map(({ id }) => id) ?? [
    ...(made === undefined ? [] : [made]),
    ...(found.get(key) ?? []),
  ];
  const usable = ids.filter((id) => !seeded.includes(id)).slice(0, 20);
  if (usable.length > 0) found.set(key, usable);
};

const sessionIn = (headers: { 'set-cookie'?: string | string[] | undefined }): string | undefined =>
  [headers['set-cookie'] ?? []]
    .flat()
    .find((text) => /^__Host-faibric-(user|session)=[^;]/.test(text))
    ?.split(';')[0];

/** Requests log the signed-in callers out and in again; who was let in goes on with the new session. */
const keepSession = ({ caller, sending }: FuzzedRequest, { headers }: Reply): void => {
  const cookie = sessionIn(headers);
  const index = callers.findIndex((other) => other.page === caller.page && other.cookie !== undefined);
  const signedIn = callers[index];
  if (cookie === undefined || signedIn === undefined || !sending.body?.includes(KNOWN.handle)) return;
  callers[index] = { ...signedIn, cookie };
};

beforeAll(async () => {
  postgres = await startPostgres();
  database = await postgres.database();
  const cluster = memoryCluster();
  for (const [owner, id] of Object.entries(APPS)) {
    const spec = { id, owner, prompt: `An app with ${secretOf(id)}`, access: rules };
    const made = anApp({ name: `${owner}-${id}`, spec });
    cluster.put(made);
    for (const number of [1, 2]) cluster.putRevision(aRevision(made, { number }));
  }
  for (const id of spareApps) cluster.put(anApp({ name: id, spec: { id, owner: 'anna' } }));
  server = await startServer(postgres, database, {
    cluster,
    accounts: {},
    poolSize: 8,
    gateway: { gateway: gatewayRig().gateway },
  });
  await seedAccounts(postgres.port, database);
  for (const app of Object.values(APPS)) await seed(app);
  for (const app of [APPS.anna, APPS.bert]) await signUpUsers(app);
  await signUpAccount();
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

test(`B6 A: ${REQUESTS} requests made from the document: no 5xx, no foreign word, every answer as documented`, async () => {
  const before = await untouchable();
  const statuses = new Map<string, number>();
  let batches = 0;
  const judge = async (request: FuzzedRequest): Promise<void> => {
    const operation = byId.get(request.operationId);
    if (operation === undefined) throw new Error(`no operation ${request.operationId}`);
    const reply = await ask(server.port, request.sending);
    keepSession(request, reply);
    keepIds(request, reply);
    const key = `${operation.id} ${reply.status < 300 ? 'done' : reply.status}`;
    statuses.set(key, (statuses.get(key) ?? 0) + 1);
    const complaint = complaintOf(operation, request, { reply, forbidden });
    if (complaint === null) return;
    const { sending } = request;
    const shown = sending.body?.toString('utf8').slice(0, 300) ?? '';
    throw new Error(
      `${complaint}\n${sending.method} ${sending.path} as ${request.caller.name}\n${JSON.stringify(sending.headers)}\n${shown}\n→ ${reply.status} ${reply.text.slice(0, 500)}`,
    );
  };
  const requests = fc.array(
    fuzzedRequest(makeOpenApi(OPERATIONS), {
      callers,
      collections: COLLECTIONS,
      documentIds,
      userIds,
      found,
      admins: [{ name: 'an admin', account: 'root' }],
      spareApps,
      known: KNOWN,
    }),
    {
      minLength: AT_ONCE,
      maxLength: AT_ONCE,
    },
  );
  await fc.assert(
    fc.asyncProperty(requests, async (all) => {
      // Requests end sessions, and an admin's end accounts.
      batches += 1;
      if (batches % 20 === 0) await seedAccounts(postgres.port, database);
      await Promise.all(all.map(judge));
    }),
    { numRuns: REQUESTS / AT_ONCE, endOnFailure: true },
  );
  const sent = [...statuses.values()].reduce((sum, count) => sum + count, 0);
  expect(sent).toBeGreaterThanOrEqual(REQUESTS);
  // Not blind: every operation was asked often, and nearly all were let do their work, or found that there is none to do
  // now (409) or too much of it was asked for already (429). Which few have no luck differs from run to run.
  const asked = (id: string): number =>
    [...statuses].reduce((sum, [key, count]) => (key.startsWith(`${id} `) ? sum + count : sum), 0);
  expect(OPERATIONS.filter(({ id }) => asked(id) < 100).map(({ id }) => id)).toEqual([]);
  const worked = (id: string): boolean =>
    ['done', '304', '409', '429'].some((end) => statuses.has(`${id} ${end}`));
  const idle = OPERATIONS.map(({ id }) => id).filter((id) => !worked(id) && !NEED_MORE.includes(id));
  expect(idle.length, `never at work: ${idle.join()}`).toBeLessThanOrEqual(3);
  expect(await untouchable()).toEqual(before);
  expect((await server.send('GET', '/healthz')).status).toBe(200);
}, 400_000);
