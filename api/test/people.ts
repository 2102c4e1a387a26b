// People of tests in mode `accounts`: they sign up and ask as a browser would, with their cookie, each from an address
// of their own so that limits of one do not hold up another.
import { SETUP_TOKEN } from './accounts-rig.ts';
import type { TestAnswer, TestRequest, TestServer } from './api-server.ts';

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
