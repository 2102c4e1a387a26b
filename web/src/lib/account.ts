// The calls of one's own account. The session is a cookie that this page cannot read: all it knows is what `me` says, and
// nothing is kept in the browser's storage.
import type { AuthConfig, Me, SignUp } from '@faibric/api/contract';
import { authConfigSchema, meSchema } from '@faibric/api/contract';
import { ApiError, requestJson, requestNothing } from './http.ts';

/** Cache key of who is signed in; its value is null when nobody is. */
export const ME_KEY = ['me'] as const;
/** Cache key of how one signs in here. */
export const AUTH_CONFIG_KEY = ['auth-config'] as const;
/** Where signing in with the OpenID provider begins: a navigation, not a call. */
export const OIDC_START = '/api/auth/oidc/start/';

/** True for the answer to a request of somebody who is not signed in. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 401 && error.code === 'unauthorized';

/** Who is signed in; null when nobody is. */
export async function fetchMe(): Promise<Me | null> {
  try {
    return await requestJson(meSchema, { path: '/api/auth/me/' });
  } catch (error) {
    if (isSignedOut(error)) return null;
    throw error;
  }
}

/** How one signs in here. */
export function fetchAuthConfig(): Promise<AuthConfig> {
  return requestJson(authConfigSchema, { path: '/api/auth/config/' });
}

/** Signs in with handle and password. */
export function logIn(body: { handle: string; password: string }): Promise<Me> {
  return requestJson(meSchema, { path: '/api/auth/login/', method: 'POST', body });
}

/** Makes an account and signs it in. */
export function signUp(body: SignUp): Promise<Me> {
  return requestJson(meSchema, { path: '/api/auth/signup/', method: 'POST', body });
}

/** Ends this browser's session. */
export function logOut(): Promise<void> {
  return requestNothing({ path: '/api/auth/logout/', method: 'POST', body: {} });
}
