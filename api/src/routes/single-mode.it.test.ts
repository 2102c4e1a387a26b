// Mode `single`: no sign-in, so everything rests on which page a request comes from and for which name it was made
// (claims B5, B17). A command-line tool sends neither Origin nor fetch metadata and is let through.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../test/api-server.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';

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

const host = 'faibric.localhost';
const body = { prompt: 'A list of my plants' };
const create = (headers: Record<string, string>, sent: unknown = body) =>
  server.send('POST', '/api/projects/', { body: sent, headers: { host, ...headers } });
const count = async (): Promise<number> => (await server.send('GET', '/api/projects/')).json.total;

describe('who is let in', () => {
  test('the one local user, who is an admin without limits', async () => {
    expect((await server.send('GET', '/api/auth/me/')).json).toEqual({
      mode: 'single',
      account: { id: 'local', handle: 'me', name: null, role: 'admin' },
      limits: { apps: null, tokensPerDay: null },
    });
    expect((await server.send('GET', '/api/auth/config/')).json).toEqual({
      ...{ mode: 'single', signUp: 'closed', setup: false, oidc: null },
    });
  });

  test.each([
    ['POST', '/api/auth/login/'],
    ['POST', '/api/auth/signup/'],
    ['GET', '/api/auth/tokens/'],
    ['GET', '/api/accounts/'],
    ['POST', '/api/accounts/invites/'],
  ])('%s %s is not there: there are no accounts', async (method, path) => {
    const answer = await server.send(method, path, method === 'POST' ? { body: {} } : {});
    expect([answer.status, answer.json.code]).toEqual([404, 'not_found']);
  });

  test.each([
    ['the dashboard’s own page', { origin: 'http://faibric.localhost', 'sec-fetch-site': 'same-origin' }],
    ['a tool', {}],
    ['a page behind a port-forward', { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' }],
  ])('%s may create an app', async (_name, headers) => {
    expect((await create(headers)).status).toBe(201);
  });
});

describe('B5: a write of another page', () => {
  test.each([
    ['null', { origin: 'null' }],
    ['a name that begins with ours', { origin: 'http://faibric.localhost.evil.test' }],
    ['a name that ends with ours', { origin: 'http://xfaibric.localhost' }],
    ['an app’s page', { origin: 'http://me-plants-k3x9q2.localhost', 'sec-fetch-site': 'same-site' }],
    ['another port', { origin: 'http://faibric.localhost:8080' }],
    ['no origin, but from another site', { 'sec-fetch-site': 'cross-site' }],
    ['no origin, but from a sibling', { 'sec-fetch-site': 'same-site' }],
  ])('with the origin of %s is 403 and changes nothing', async (_name, headers) => {
    const before = await count();
    const answer = await create(headers);
    expect([answer.status, answer.json.code]).toEqual([403, 'cross_site']);
    expect(await count()).toBe(before);
  });
});

describe('B17: what a page can send without asking', () => {
  const evil = { origin: 'http://evil.test', 'sec-fetch-site': 'cross-site' };
  test.each([
    [
      'a form',
      { ...evil, 'content-type': 'application/x-www-form-urlencoded' },
      'prompt=A+list+of+plants',
      403,
    ],
    ['JSON as plain text', { ...evil, 'content-type': 'text/plain' }, JSON.stringify(body), 403],
    ['JSON as plain text, of an old browser', { 'content-type': 'text/plain' }, JSON.stringify(body), 415],
    ['a form of an old browser', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--', 415],
  ])('%s changes nothing', async (_name, headers, sent, status) => {
    const before = await count();
    expect((await create(headers, sent)).status).toBe(status);
    expect(await count()).toBe(before);
  });

  test('an image with the address of an action changes nothing', async () => {
    const { json } = await create({});
    for (const action of ['quick_update', 'suspend', 'retry']) {
      expect((await server.send('GET', `/api/projects/${json.id}/${action}/`)).status).toBe(405);
    }
  });
});

describe('B5: a name that was made to point here (DNS rebinding)', () => {
  test.each([
    ['reading', 'GET', '/api/projects/', undefined],
    ['writing', 'POST', '/api/projects/', body],
    ['deleting', 'DELETE', '/api/projects/k3x9q2/', undefined],
    ['the page itself', 'GET', '/', undefined],
  ])('%s is 421', async (_name, method, path, sent) => {
    const headers = { host: 'evil.test', origin: 'http://evil.test', 'sec-fetch-site': 'same-origin' };
    const answer = await server.send(method, path, {
      headers,
      ...(sent === undefined ? {} : { body: sent }),
    });
    expect([answer.status, answer.json.code]).toEqual([421, 'unknown_host']);
  });
});
