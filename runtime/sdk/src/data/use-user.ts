// Who is signed in to this app. Users belong to one app; the session is a cookie that scripts cannot read. Signing in or
// out changes what the person may see, so all lists are asked again.
import { useEffect, useSyncExternalStore } from 'react';
import { onPageEnd } from '../page-end.ts';
import { type AppError, toAppError } from './app-error.ts';
import { identityChanged } from './identity.ts';
import { reopenChannels } from './live-channel.ts';
import { request } from './request.ts';

/** A person signed in to this app. */
export interface User {
  id: string;
  email: string;
  name?: string;
}

/** Who is signed in, and how to change it. The functions never reject: false means that `error` says why. */
export interface UserState {
  user: User | null;
  /** It is not known yet who is signed in, or somebody is signing in. */
  loading: boolean;
  error: AppError | null;
  login(email: string, password: string): Promise<boolean>;
  signup(email: string, password: string, name?: string): Promise<boolean>;
  logout(): Promise<void>;
  changePassword(current: string, next: string): Promise<boolean>;
}

interface Session {
  user: User | null;
  loading: boolean;
  error: AppError | null;
}

const UNKNOWN: Session = { user: null, loading: true, error: null };
let session = UNKNOWN;
let asked = false;
onPageEnd(() => {
  session = UNKNOWN;
  asked = false;
});
const listeners = new Set<() => void>();

function change(next: Partial<Session>): void {
  session = { ...session, ...next };
  for (const listener of listeners) listener();
}

function userOf(body: unknown): User | null {
  const found = typeof body === 'object' && body !== null && 'user' in body ? body.user : body;
  if (typeof found !== 'object' || found === null || !('email' in found) || !('id' in found)) return null;
  const { id, email } = found;
  const name = 'name' in found && typeof found.name === 'string' ? { name: found.name } : {};
  return { id: String(id), email: String(email), ...name };
}

async function ask(): Promise<void> {
  try {
    change({ user: userOf(await request<unknown>('/api/app-auth/me/')), loading: false });
  } catch {
    // No answer says nothing of who is there: the page is shown as to a visitor.
    change({ user: null, loading: false });
  }
}

/** Sends one of the forms; true when it worked. */
async function send(path: string, body: object, then: (answer: unknown) => void): Promise<boolean> {
  change({ loading: true, error: null });
  try {
    const answer = await request<unknown>(`/api/app-auth/${path}/`, { method: 'POST', body });
    change({ loading: false });
    then(answer);
    return true;
  } catch (thrown) {
    change({ loading: false, error: toAppError(thrown) });
    return false;
  }
}

function become(user: User | null): void {
  change({ user });
  reopenChannels();
  identityChanged();
}

const enter = (path: 'login' | 'signup', body: object): Promise<boolean> =>
  send(path, body, (answer) => become(userOf(answer)));

const actions: Pick<UserState, 'login' | 'signup' | 'logout' | 'changePassword'> = {
  login: (email, password) => enter('login', { email, password }),
  signup: (email, password, name) => enter('signup', { email, password, ...(name ? { name } : {}) }),
  logout: async () => {
    // Signed out when the server says so; a cookie that it did not take away would sign in again by itself.
    if (await send('logout', {}, () => undefined)) become(null);
  },
  changePassword: (currentPassword, newPassword) =>
    send('password', { currentPassword, newPassword }, () => undefined),
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Who is signed in at this moment. */
export const currentUser = (): User | null => session.user;

/** Forgets what the last try to sign in said: another form is shown. */
export const forgetUserError = (): void => change({ error: null });

/** The signed-in user of this app, shared by all components. */
export function useUser(): UserState {
  const now = useSyncExternalStore(subscribe, () => session);
  useEffect(() => {
    if (asked) return;
    asked = true;
    void ask();
  }, []);
  return { ...now, ...actions };
}
