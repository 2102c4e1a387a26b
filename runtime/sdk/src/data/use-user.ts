// Who is signed in to this app. Users belong to one app; the session is a cookie that scripts cannot read.
// Until the platform offers accounts, `user` is null and nothing is loading: apps work for visitors.
import { useEffect, useSyncExternalStore } from 'react';
import { type AppError, toAppError } from './app-error.ts';
import { request } from './request.ts';

/** A person signed in to this app. */
export interface User {
  id: string;
  email: string;
  name?: string;
}

/** Who is signed in, and how to change it. */
export interface UserState {
  user: User | null;
  loading: boolean;
  error: AppError | null;
  login(email: string, password: string): Promise<boolean>;
  signup(email: string, password: string): Promise<boolean>;
  logout(): Promise<void>;
}

interface Session {
  user: User | null;
  loading: boolean;
  error: AppError | null;
}

let session: Session = { user: null, loading: false, error: null };
let asked = false;
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

/** Whether this browser has signed in before: visitors cause no request that is bound to fail. */
const HINT = 'faibric:signed-in';

function remember(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(HINT, '1');
    else localStorage.removeItem(HINT);
  } catch {
    // No storage (a private window): the session still works, until the page is loaded again.
  }
}

function mayBeSignedIn(): boolean {
  try {
    return localStorage.getItem(HINT) !== null;
  } catch {
    return false;
  }
}

async function ask(): Promise<void> {
  if (!mayBeSignedIn()) return;
  try {
    change({ user: userOf(await request<unknown>('/api/app-auth/me')) });
  } catch {
    // Not signed in, or no accounts here: both mean that there is no user.
  }
}

async function enter(path: string, email: string, password: string): Promise<boolean> {
  change({ loading: true, error: null });
  try {
    const user = userOf(await request<unknown>(path, { method: 'POST', body: { email, password } }));
    remember(user !== null);
    change({ user, loading: false });
    return user !== null;
  } catch (thrown) {
    const error = toAppError(thrown);
    const absent = error.status === 404 || error.status === 405;
    const message = absent ? 'Accounts are not available for this app yet.' : error.message;
    change({ loading: false, error: { ...error, message } });
    return false;
  }
}

async function leave(): Promise<void> {
  try {
    await request<null>('/api/app-auth/logout/', { method: 'POST', body: {} });
  } finally {
    remember(false);
    change({ user: null });
  }
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The signed-in user of this app, shared by all components. */
export function useUser(): UserState {
  const now = useSyncExternalStore(subscribe, () => session);
  useEffect(() => {
    if (asked) return;
    asked = true;
    void ask();
  }, []);
  const login = (email: string, password: string) => enter('/api/app-auth/login/', email, password);
  const signup = (email: string, password: string) => enter('/api/app-auth/signup/', email, password);
  return { ...now, login, signup, logout: leave };
}
