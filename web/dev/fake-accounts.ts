// Accounts of the stand-in API: none (mode `single`), or with FAKE_AUTH=accounts a sign-in that takes any handle with the
// password "let me in", an OpenID button that leads nowhere, and open sign-up.
import type { Me } from '@faibric/api/contract';

/** What the stand-in answers; undefined for what is no request about accounts. */
export interface FakeAnswer {
  readonly status: number;
  readonly body: unknown;
}

const meOf = (mode: Me['mode'], handle: string): Me => ({
  mode,
  account: { id: 'local', handle, name: null, role: 'user' },
  limits: { apps: null, tokensPerDay: null },
});
const SIGNED_OUT = { status: 401, body: { code: 'unauthorized', detail: 'Sign in first.' } };
const WRONG = { status: 401, body: { code: 'wrong_credentials', detail: 'Handle or password is wrong.' } };

/** Makes the accounts of one run. */
export function fakeAccounts(withAccounts: boolean): (path: string, body: string) => FakeAnswer | undefined {
  const mode = withAccounts ? 'accounts' : 'single';
  let me = withAccounts ? undefined : meOf(mode, 'me');
  const enter = (body: string, isNew: boolean): FakeAnswer => {
    const { handle, password } = JSON.parse(body) as { handle: string; password: string };
    if (!isNew && password !== 'let me in') return WRONG;
    me = meOf(mode, handle);
    return { status: isNew ? 201 : 200, body: me };
  };
  return (path, body) => {
    if (path === '/api/auth/config/') {
      const oidc = { name: 'Our directory' };
      return { status: 200, body: { mode, signUp: 'open', setup: false, oidc } };
    }
    if (path === '/api/auth/login/') return enter(body, false);
    if (path === '/api/auth/signup/') return enter(body, true);
    if (path === '/api/auth/logout/') {
      me = undefined;
      return { status: 200, body: {} };
    }
    if (path === '/api/auth/me/') return me === undefined ? SIGNED_OUT : { status: 200, body: me };
    return me === undefined ? SIGNED_OUT : undefined;
  };
}
