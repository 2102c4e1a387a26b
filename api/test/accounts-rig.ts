// Mode `accounts` in tests: the real parts over the real database, and people who sign up and ask as a browser would,
// with their cookie. Sign-up is open unless a test says otherwise; the first admin comes by the setup token.
import type pg from 'pg';
import { type Accounts, makeAccounts } from '../src/accounts/accounts.ts';
import { makeOwnerInUse } from '../src/accounts/configured-accounts.ts';
import { makeMemoryThrottle } from '../src/auth/memory-throttle.ts';
import { makePasswords } from '../src/auth/passwords.ts';
import { makeThrottle } from '../src/auth/throttle.ts';
import type { AuthConfig } from '../src/contract/account.ts';
import type { Clock, Log } from '../src/ports.ts';
import type { AppCache } from '../src/projects/app-cluster.ts';
import { makeEventStore, makeInviteStore } from '../src/store/account-invites.ts';
import { makeProofStore } from '../src/store/account-proofs.ts';
import { makeAccountStore } from '../src/store/accounts.ts';
import type { TestAnswer, TestRequest, TestServer } from './api-server.ts';

/** The token that makes the first admin of a test server. */
export const SETUP_TOKEN = 'the-token-of-the-first-admin';

/** Settings of mode `accounts` in a test. */
export interface AccountOptions {
  readonly signUp?: AuthConfig['signUp'];
  readonly appsPerUser?: number;
  readonly tokensPerDay?: number;
}

/** Accounts over a database of a test. */
export const testAccounts = (
  options: AccountOptions & {
    readonly pool: pg.Pool;
    readonly cache: AppCache;
    readonly log: Log;
    readonly now: Clock;
  },
): Accounts => {
  const { pool, cache, log, now } = options;
  return makeAccounts({
    stores: {
      accounts: makeAccountStore(pool),
      proofs: makeProofStore(pool),
      invites: makeInviteStore(pool),
      events: makeEventStore(pool),
    },
    passwords: makePasswords(),
    throttle: makeThrottle({ shared: null, local: makeMemoryThrottle(), now }),
    log,
    now,
    address: { domain: 'localhost', scheme: 'http' },
    origin: 'http://faibric.localhost',
    rules: {
      signUp: options.signUp ?? 'open',
      setupToken: SETUP_TOKEN,
      defaultOwner: 'me',
      ownerInUse: makeOwnerInUse(cache),
    },
    limits: { appsPerUser: options.appsPerUser ?? 20, tokensPerDay: options.tokensPerDay ?? 0 },
  });
};

/** The session cookie that an answer sets, as a browser sends it back; empty when it sets none. */
export const sessionCookie = (answer: TestAnswer): string =>
  [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0] ?? '')
    .find((pair) => pair.startsWith('__Host-faibric-session=')) ?? '';

/** Somebody who signed in. */
export interface Person {
  readonly id: string;
  readonly handle: string;
  readonly password: string;
  readonly cookie: string;
  /** Sends a request on the platform's host, signed in. */
  send(method: string, path: string, request?: TestRequest): Promise<TestAnswer>;
}

let addresses = 0;
/** The headers of a client at an address of its own, so that one test's limits do not hold up another. */
export const fromElsewhere = (): Record<string, string> => {
  addresses += 1;
  return { 'x-real-ip': `198.18.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}` };
};

/** Somebody with a cookie that they have. */
export const personWith = (
  server: TestServer,
  person: {
    readonly id: string;
    readonly handle: string;
    readonly password: string;
    readonly cookie: string;
  },
): Person => ({
  ...person,
  send: (method, path, request = {}) =>
    server.send(method, path, { ...request, headers: { cookie: person.cookie, ...request.headers } }),
});

/** Signs somebody up; with `SETUP_TOKEN` as the invite, the first admin. */
export const signUp = async (server: TestServer, handle: string, invite?: string): Promise<Person> => {
  const password = `the password of ${handle}`;
  const body = { handle, password, ...(invite === undefined ? {} : { invite }) };
  const answer = await server.send('POST', '/api/auth/signup/', { body, headers: fromElsewhere() });
  if (answer.status !== 201) throw new Error(`${handle} could not sign up: ${answer.text}`);
  return personWith(server, { id: answer.json.account.id, handle, password, cookie: sessionCookie(answer) });
};

/** Two users and an admin, as the matrix of callers wants them. */
export const signUpCast = async (
  server: TestServer,
): Promise<{ readonly ada: Person; readonly bob: Person; readonly admin: Person }> => ({
  admin: await signUp(server, 'root', SETUP_TOKEN),
  ada: await signUp(server, 'ada'),
  bob: await signUp(server, 'bob'),
});
