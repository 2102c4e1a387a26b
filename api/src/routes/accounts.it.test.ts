// What admins do with accounts, and that users cannot (claims B8, B9, B16). Apps are told apart by their owner.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../test/api-server.ts';
import { anApp, aRevision, memoryCluster } from '../../test/memory-cluster.ts';
import { fromElsewhere, type Person, sessionCookie, signUp, signUpCast } from '../../test/people.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';

const cluster = memoryCluster();
let postgres: TestPostgres;
let server: TestServer;
let ada: Person;
let bob: Person;
let admin: Person;

beforeAll(async () => {
  postgres = await startPostgres();
  cluster.put(anApp({ name: 'old', spec: { id: 'oldapp', owner: 'veteran' } }));
  server = await startServer(postgres, await postgres.database(), { accounts: { appsPerUser: 2 }, cluster });
  ({ ada, bob, admin } = await signUpCast(server));
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

const create = (person: Person) =>
  person.send('POST', '/api/projects/', { body: { prompt: 'A list of my plants' } });
const patch = (id: string, body: object, person = admin) =>
  person.send('PATCH', `/api/accounts/${id}/`, { body });
const logIn = (person: Person) =>
  server.send('POST', '/api/auth/login/', {
    body: { handle: person.handle, password: person.password },
    headers: fromElsewhere(),
  });
const signUpWith = (body: object) =>
  server.send('POST', '/api/auth/signup/', {
    body: { password: 'a fine password', ...body },
    headers: fromElsewhere(),
  });

describe('B9: apps of another account', () => {
  test('are not in its list, and every action on them is the 404 of an app that is not there', async () => {
    const { json } = await create(ada);
    expect(json.owner).toBe('ada');
    expect((await bob.send('GET', '/api/projects/')).json.items).toEqual([]);
    const foreign = await bob.send('DELETE', `/api/projects/${json.id}/`);
    const nowhere = await bob.send('DELETE', '/api/projects/nosuchapp/');
    expect([foreign.status, foreign.text]).toEqual([404, nowhere.text]);
    expect((await ada.send('GET', `/api/projects/${json.id}/`)).status).toBe(200);
    expect((await admin.send('GET', `/api/projects/${json.id}/`)).status).toBe(200);
  });

  test('B9: nor can their documents be read or written', async () => {
    const { id } = (await ada.send('GET', '/api/projects/')).json.items[0];
    const path = `/api/v1/db/${id}/notes/`;
    const body = { data: { text: 'of ada' } };
    expect((await ada.send('POST', path, { body })).status).toBe(201);
    const foreign = await bob.send('GET', path);
    const nowhere = await bob.send('GET', '/api/v1/db/nosuchapp/notes/');
    expect([foreign.status, foreign.text]).toEqual([404, nowhere.text]);
    expect((await bob.send('POST', path, { body })).status).toBe(404);
    expect((await admin.send('GET', path)).json.total).toBe(1);
  });
});

describe('limits', () => {
  test('an app more than allowed is 403 quota_exceeded; an admin’s override and a deletion make room', async () => {
    const carol = await signUp(server, 'carol');
    const first = await create(carol);
    expect((await create(carol)).status).toBe(201);
    const over = await create(carol);
    expect([over.status, over.json.code]).toEqual([403, 'quota_exceeded']);
    expect(over.json.detail).toContain('2 apps');
    await carol.send('DELETE', `/api/projects/${first.json.id}/`);
    expect((await create(carol)).status).toBe(201);
    expect((await create(carol)).status).toBe(403);
    expect((await patch(carol.id, { appsLimit: 3 })).json.appsLimit).toBe(3);
    expect((await create(carol)).status).toBe(201);
    expect((await create(carol)).status).toBe(403);
    expect((await patch(carol.id, { appsLimit: null })).json.appsLimit).toBe(null);
  });

  test('tokens more than allowed a day: 403 for what may call a model, nothing else', async () => {
    const gina = await signUp(server, 'gina');
    const { json } = await create(gina);
    const app = cluster.cache.list().find(({ spec }) => spec.id === json.id);
    if (app === undefined) throw new Error('the app is not there');
    const startedAt = new Date().toISOString();
    const call = { id: 'c1', startedAt, inputTokens: 90, outputTokens: 10 };
    cluster.putRevision(
      aRevision(app, { status: { calls: [{ ...call, step: 'analyze', state: 'Succeeded' }] } }),
    );
    expect((await patch(gina.id, { tokensPerDay: 100 })).json.tokensPerDay).toBe(100);
    const change = await gina.send('POST', `/api/projects/${json.id}/quick_update/`, {
      body: { prompt: 'more' },
    });
    expect([change.status, change.json.code, change.json.field]).toEqual([403, 'quota_exceeded', 'tokens']);
    expect((await create(gina)).status).toBe(403);
    expect((await gina.send('POST', `/api/projects/${json.id}/suspend/`, { body: {} })).status).toBe(202);
    await patch(gina.id, { tokensPerDay: 101 });
    expect((await create(gina)).status).toBe(201);
  });

  test('admins have none unless one is set', async () => {
    for (let i = 0; i < 4; i += 1) expect((await create(admin)).status).toBe(201);
    expect((await admin.send('GET', '/api/auth/me/')).json.limits.apps).toBe(null);
  });
});

describe('invites', () => {
  test('make one account, with the role and the handle that they say', async () => {
    const made = await admin.send('POST', '/api/accounts/invites/', {
      body: { role: 'admin', handle: 'veteran' },
    });
    expect([made.status, made.json.url]).toEqual([
      201,
      `http://faibric.localhost/#invite=${made.json.token}`,
    ]);
    const listed = await admin.send('GET', '/api/accounts/invites/');
    expect(listed.text).toContain(made.json.id);
    expect(listed.text).not.toContain(made.json.token);
    // Without it the handle is not to be had: an app in the cluster has that owner.
    expect((await signUpWith({ handle: 'veteran' })).status).toBe(409);
    expect((await signUpWith({ handle: 'other', invite: made.json.token })).status).toBe(403);
    const joined = await signUpWith({ handle: 'veteran', invite: made.json.token });
    expect([joined.status, joined.json.account.role]).toEqual([201, 'admin']);
    const cookie = sessionCookie(joined);
    const mine = await server.send('GET', '/api/projects/oldapp/', { headers: { cookie } });
    expect(mine.status).toBe(200);
    expect((await signUpWith({ handle: 'again', invite: made.json.token })).status).toBe(403);
  });

  test('can be withdrawn', async () => {
    const { json } = await admin.send('POST', '/api/accounts/invites/', { body: {} });
    expect((await admin.send('DELETE', `/api/accounts/invites/${json.id}/`)).status).toBe(204);
    expect((await signUpWith({ handle: 'late', invite: json.token })).status).toBe(403);
  });

  test.each(['invited', 'closed'] as const)('sign-up that is %s takes nobody without one', async (mode) => {
    const strict = await startServer(postgres, await postgres.database(), { accounts: { signUp: mode } });
    const cast = await signUp(strict, 'root', 'the-token-of-the-first-admin');
    const { json } = await cast.send('POST', '/api/accounts/invites/', { body: {} });
    const join = (body: object) =>
      strict.send('POST', '/api/auth/signup/', {
        body: { handle: 'newcomer', password: 'a fine password', ...body },
        headers: fromElsewhere(),
      });
    expect((await join({})).status).toBe(403);
    expect((await join({ invite: json.token })).status).toBe(mode === 'invited' ? 201 : 403);
    await strict.close();
  });
});

describe('admins', () => {
  test('see all accounts; users see none', async () => {
    const { json, text } = await admin.send('GET', '/api/accounts/');
    const handles = json.items.map(({ handle }: { handle: string }) => handle);
    expect(handles).toEqual(expect.arrayContaining(['root', 'ada', 'bob']));
    expect(text).not.toMatch(/argon2|password/i);
    expect((await ada.send('GET', '/api/accounts/')).status).toBe(403);
    expect((await server.send('GET', '/api/accounts/')).status).toBe(401);
  });

  test('no user makes oneself an admin', async () => {
    expect((await patch(ada.id, { role: 'admin' }, ada)).status).toBe(403);
    expect((await ada.send('GET', '/api/auth/me/')).json.account.role).toBe('user');
  });

  test('B16: disabling ends sessions and tokens at once, enabling lets in again', async () => {
    const dora = await signUp(server, 'dora');
    const { json } = await dora.send('POST', '/api/auth/tokens/', { body: { name: 'cli' } });
    const bearer = { headers: { authorization: `Bearer ${json.token}` } };
    expect((await patch(dora.id, { disabled: true })).json.disabled).toBe(true);
    expect((await dora.send('GET', '/api/auth/me/')).status).toBe(401);
    expect((await server.send('GET', '/api/auth/me/', bearer)).status).toBe(401);
    expect((await logIn(dora)).status).toBe(401);
    await patch(dora.id, { disabled: false });
    expect((await logIn(dora)).status).toBe(200);
  });

  test('a role changes with the next request, both ways', async () => {
    const emil = await signUp(server, 'emil');
    await patch(emil.id, { role: 'admin' });
    expect((await emil.send('GET', '/api/accounts/')).status).toBe(200);
    await patch(emil.id, { role: 'user' });
    expect((await emil.send('GET', '/api/accounts/')).status).toBe(403);
  });

  test('B10: a deleted account cannot come back, and its handle is nobody else’s', async () => {
    const fred = await signUp(server, 'fred');
    expect((await admin.send('DELETE', `/api/accounts/${fred.id}/`)).status).toBe(204);
    expect((await fred.send('GET', '/api/auth/me/')).status).toBe(401);
    expect((await logIn(fred)).status).toBe(401);
    expect((await signUpWith({ handle: 'fred' })).status).toBe(409);
    expect((await admin.send('DELETE', `/api/accounts/${fred.id}/`)).status).toBe(404);
  });

  test('the last one can neither go nor be made less, also when two step down at the same moment', async () => {
    const alone = await startServer(postgres, await postgres.database(), { accounts: {} });
    const { admin: one, ada: two } = await signUpCast(alone);
    for (const body of [{ role: 'user' }, { disabled: true }]) {
      const answer = await one.send('PATCH', `/api/accounts/${one.id}/`, { body });
      expect([answer.status, answer.json.code]).toEqual([409, 'conflict']);
    }
    expect((await one.send('DELETE', `/api/accounts/${one.id}/`)).status).toBe(409);
    await one.send('PATCH', `/api/accounts/${two.id}/`, { body: { role: 'admin' } });
    const steps = await Promise.all(
      [one, two].map((person) =>
        person.send('PATCH', `/api/accounts/${person.id}/`, { body: { role: 'user' } }),
      ),
    );
    expect(steps.map(({ status }) => status).sort()).toEqual([200, 409]);
    await alone.close();
  });

  test('read security events, page by page', async () => {
    const first = await admin.send('GET', '/api/accounts/events/?limit=2');
    expect(first.json.items).toHaveLength(2);
    const next = await admin.send('GET', `/api/accounts/events/?limit=2&before=${first.json.items[1].id}`);
    expect(Number(next.json.items[0].id)).toBeLessThan(Number(first.json.items[1].id));
    const all = await admin.send('GET', '/api/accounts/events/?limit=500');
    const names = all.json.items.map(({ event }: { event: string }) => event);
    expect(names).toEqual(
      expect.arrayContaining(['account_changed', 'account_deleted', 'invite_made', 'token_made']),
    );
    expect(all.text).not.toMatch(/fbr_|argon2|the password of/);
  });
});
