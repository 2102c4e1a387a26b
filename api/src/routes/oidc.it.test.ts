// Signing in with an OpenID provider: once with the well-known oidc-provider, and then with one that lies (claim B16).
import { createServer, type Server } from 'node:http';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../test/api-server.ts';
import { freePort } from '../../test/free-port.ts';
import { CLIENT, type Forgery, type HostileIdp, startHostileIdp } from '../../test/hostile-idp.ts';
import { DASHBOARD, makeBrowser, type Stop } from '../../test/oidc-browser.ts';
import { signUp } from '../../test/people.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';
import type { OidcSettings } from '../accounts/oidc.ts';
import { listen } from '../http/server.ts';

const START = `${DASHBOARD}/api/auth/oidc/start/`;
const CALLBACK = '/api/auth/oidc/callback/';
const settings = (issuer: string, more: Partial<OidcSettings> = {}): OidcSettings => ({
  ...{ issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret, name: 'Our directory' },
  ...{ scopes: 'openid profile', groupsClaim: 'groups', adminGroup: null, createAccounts: true },
  redirectUri: `${DASHBOARD}${CALLBACK}`,
  ...more,
});

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres?.stop();
});
const start = async (oidc: OidcSettings): Promise<TestServer> =>
  startServer(postgres, await postgres.database(), { accounts: { signUp: 'closed', oidc } });
const whoIs = async (server: TestServer, cookie: string) => {
  const { status, json } = await server.send('GET', '/api/auth/me/', { headers: { cookie } });
  return status === 200 ? json.account : status;
};

describe('the real thing', () => {
  let server: TestServer;
  let provider: Server;
  beforeAll(async () => {
    const port = await freePort();
    const issuer = `http://127.0.0.1:${port}`;
    const oidc = new Provider(issuer, {
      clients: [
        {
          ...{ client_id: CLIENT.id, client_secret: CLIENT.secret },
          token_endpoint_auth_method: 'client_secret_post',
          redirect_uris: [`${DASHBOARD}${CALLBACK}`],
        },
      ],
      pkce: { required: () => true },
      conformIdTokenClaims: false,
      claims: { profile: ['preferred_username', 'name'] },
      findAccount: (_ctx: unknown, id: string) => ({
        accountId: id,
        claims: () => ({ sub: id, preferred_username: id, name: `Somebody named ${id}` }),
      }),
      cookies: { keys: ['a key of the test'] },
    });
    provider = createServer(oidc.callback());
    await listen(provider, port, '127.0.0.1');
    server = await start(settings(issuer));
  });
  afterAll(async () => {
    provider?.closeAllConnections();
    provider?.close();
    await server?.close();
  });

  const signIn = async (login: string): Promise<string> => {
    const browser = makeBrowser(server);
    const page = await browser.go(START);
    expect(page.url.pathname).toMatch(/^\/interaction\//);
    const consent = await browser.go(page.url.href, { prompt: 'login', login, password: 'any' });
    const end = await browser.go(consent.url.href, { prompt: 'consent' });
    expect([end.status, end.url.href]).toEqual([303, `${DASHBOARD}/`]);
    return browser.cookies('faibric.localhost');
  };

  test('signs in with code, PKCE, state and nonce, makes an account once and finds it again', async () => {
    const first = await whoIs(server, await signIn('Ada.Lovelace'));
    expect(first).toMatchObject({
      handle: 'ada-lovelace',
      name: 'Somebody named Ada.Lovelace',
      role: 'user',
    });
    const again = await whoIs(server, await signIn('Ada.Lovelace'));
    expect(again.id).toBe(first.id);
    const other = await whoIs(server, await signIn('ada_lovelace'));
    expect([other.handle, other.id === first.id]).toEqual(['ada-lovelace-2', false]);
  }, 30_000);
});

describe('a provider that lies', () => {
  let idp: HostileIdp;
  let server: TestServer;
  beforeAll(async () => {
    idp = await startHostileIdp();
    server = await start(settings(idp.issuer));
  });
  afterAll(async () => {
    idp?.stop();
    await server?.close();
  });
  beforeEach(() => {
    idp.forgery = {};
    idp.person = { sub: 'subject-1', preferred_username: 'olga' };
  });
  const signIn = async (): Promise<{ stop: Stop; cookie: string }> => {
    const browser = makeBrowser(server);
    const stop = await browser.go(START);
    return { stop, cookie: browser.cookies('faibric.localhost') };
  };
  const past = Math.floor(Date.now() / 1000) - 3_600;

  test('an honest token signs in, and the request had PKCE, state and nonce', async () => {
    const { stop, cookie } = await signIn();
    expect(stop.status).toBe(303);
    expect(await whoIs(server, cookie)).toMatchObject({ handle: 'olga' });
    const asked = idp.asked.at(-1);
    expect(asked?.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked?.get(name)?.length).toBe(43);
  });

  test.each<[string, Forgery]>([
    ['of another audience', { claims: { aud: 'somebody-else' } }],
    ['of another issuer', { claims: { iss: 'http://evil.test' } }],
    ['that expired', { claims: { iat: past - 60, exp: past } }],
    ['with another nonce', { claims: { nonce: 'x'.repeat(43) } }],
    ['without a nonce', { claims: { nonce: undefined } }],
    ['without a subject', { claims: { sub: undefined } }],
    ['that is not signed (alg none)', { sign: 'none' }],
    ['signed with the public key as a secret (RS to HS)', { sign: 'hs256' }],
    ['signed with another key', { sign: 'other-key' }],
    ['whose signature was altered', { alter: (token) => `${token.slice(0, -6)}AAAAAA` }],
    ['whose claims were altered', { alter: (token) => token.replace(/\.(.)/, (_all, c) => `.${c}A`) }],
    ['that is none', { alter: () => 'x' }],
  ])('B16: an ID token %s is 401 and opens no session', async (_name, forgery) => {
    idp.forgery = forgery;
    const { stop, cookie } = await signIn();
    expect([stop.url.pathname, stop.status]).toEqual([CALLBACK, 401]);
    expect(JSON.parse(stop.text).code).toBe('wrong_credentials');
    expect(cookie).toBe('');
  });

  test.each<[string, (search: URLSearchParams) => void]>([
    ['another state', (search) => search.set('state', 'x'.repeat(43))],
    ['no state', (search) => search.delete('state')],
    ['another code', (search) => search.set('code', 'guessed')],
    ['no code', (search) => search.delete('code')],
    ['an error', (search) => search.set('error', 'access_denied')],
  ])('B16: a callback with %s is 401', async (_name, change) => {
    const browser = makeBrowser(server, CALLBACK);
    const { url } = await browser.go(START);
    change(url.searchParams);
    const headers = { cookie: browser.cookies('faibric.localhost') };
    const answer = await server.send('GET', `${url.pathname}${url.search}`, { headers });
    expect([answer.status, answer.json.code]).toEqual([401, 'wrong_credentials']);
  });

  test('B17: a callback in a browser that did not begin is 401, and works once in the one that did', async () => {
    const browser = makeBrowser(server, CALLBACK);
    const { url } = await browser.go(START);
    const path = `${url.pathname}${url.search}`;
    expect((await server.send('GET', path)).status).toBe(401);
    const headers = { cookie: browser.cookies('faibric.localhost') };
    expect((await server.send('GET', path, { headers })).status).toBe(303);
    expect((await server.send('GET', path, { headers })).status).toBe(401);
  });

  test('a browser is told on the sign-in page', async () => {
    const headers = { accept: 'text/html,application/xhtml+xml' };
    const answer = await server.send('GET', `${CALLBACK}?code=x&state=y`, { headers });
    expect([answer.status, answer.headers.location]).toEqual([303, '/#sign-in-error=wrong_credentials']);
  });

  test('who has the name or e-mail of an account is not that account', async () => {
    const strict = await startServer(postgres, await postgres.database(), {
      accounts: { oidc: settings(idp.issuer) },
    });
    const ada = await signUp(strict, 'ada');
    idp.person = { sub: 'a stranger', preferred_username: 'ada', email: 'ada@example.org' };
    const browser = makeBrowser(strict);
    await browser.go(START);
    const stranger = await whoIs(strict, browser.cookies('faibric.localhost'));
    expect([stranger.handle, stranger.id === ada.id]).toEqual(['ada-2', false]);
    await strict.close();
  });

  test('a group decides the role at every sign-in, where one is configured', async () => {
    const grouped = await start(settings(idp.issuer, { adminGroup: 'ops' }));
    const roleWith = async (sub: string, groups: unknown): Promise<string> => {
      idp.person = { sub, preferred_username: sub, groups };
      const browser = makeBrowser(grouped);
      await browser.go(START);
      return (await whoIs(grouped, browser.cookies('faibric.localhost'))).role;
    };
    expect(await roleWith('boss', ['ops', 'dev'])).toBe('admin');
    expect(await roleWith('deputy', ['ops'])).toBe('admin');
    expect(await roleWith('boss', ['dev'])).toBe('user');
    expect(await roleWith('liar', 'ops')).toBe('user');
    await grouped.close();
  });

  test('without createAccounts only known people come in', async () => {
    const closed = await start(settings(idp.issuer, { createAccounts: false }));
    const browser = makeBrowser(closed);
    const stop = await browser.go(START);
    expect([stop.status, JSON.parse(stop.text).code]).toEqual([403, 'forbidden']);
    await closed.close();
  });
});

test('a provider that is away is 503, and is asked again when it is back', async () => {
  const port = await freePort();
  const server = await start(settings(`http://127.0.0.1:${port}`));
  const away = await server.send('GET', '/api/auth/oidc/start/');
  expect([away.status, away.json.code]).toEqual([503, 'unavailable']);
  expect(away.text).not.toContain(String(port));
  expect((await server.send('GET', '/api/auth/config/')).json.oidc).toEqual({ name: 'Our directory' });
  const idp = createServer((_req, res) => {
    const issuer = `http://127.0.0.1:${port}`;
    const endpoints = { authorization_endpoint: `${issuer}/a`, token_endpoint: `${issuer}/t` };
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify({ issuer, ...endpoints, jwks_uri: `${issuer}/j` }));
  });
  await listen(idp, port, '127.0.0.1');
  expect((await server.send('GET', '/api/auth/oidc/start/')).status).toBe(303);
  idp.closeAllConnections();
  idp.close();
  await server.close();
});
