// App users in this browser: sign-up, sign-in and out of an exported app. They exist on this machine alone and protect
// nothing: whoever can open the browser can read its storage. Passwords are kept as salted PBKDF2 all the same.

interface LocalUser {
  id: string;
  email: string;
  name: string | null;
  salt: string;
  hash: string;
}

/** An answer: status and body. */
export type LocalAnswer = readonly [status: number, body?: object];

const USERS = 'faibric:users';
const SESSION = 'faibric:session';
const ROUNDS = 200_000;

const problem = (status: number, code: string, detail: string): LocalAnswer => [
  status,
  { type: `urn:faibric:problem:${code}`, title: code, status, code, detail },
];
const read = (): LocalUser[] => JSON.parse(localStorage.getItem(USERS) ?? '[]') as LocalUser[];
const write = (users: readonly LocalUser[]): void => localStorage.setItem(USERS, JSON.stringify(users));
const shown = ({ id, email, name }: LocalUser): object => ({ user: { id, email, name } });
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

async function hashOf(password: string, salt: string): Promise<string> {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', encoder.encode(password), 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: encoder.encode(salt), iterations: ROUNDS };
  const bits = new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
  return [...bits].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const current = (): LocalUser | undefined => read().find(({ id }) => id === localStorage.getItem(SESSION));

async function signUp(body: Record<string, unknown>): Promise<LocalAnswer> {
  const email = text(body.email).trim().toLowerCase();
  const password = text(body.password);
  if (!email.includes('@')) return problem(400, 'invalid_body', 'Write an e-mail address.');
  if (password.length < 8) return problem(400, 'invalid_body', 'A password has at least 8 characters.');
  const users = read();
  if (users.some((user) => user.email === email)) return problem(409, 'email_taken', 'There is such a user.');
  const salt = crypto.randomUUID();
  const name = text(body.name) || null;
  const user = { id: crypto.randomUUID(), email, name, salt, hash: await hashOf(password, salt) };
  write([...users, user]);
  localStorage.setItem(SESSION, user.id);
  return [201, shown(user)];
}

async function logIn(body: Record<string, unknown>): Promise<LocalAnswer> {
  const user = read().find(({ email }) => email === text(body.email).trim().toLowerCase());
  const hash = await hashOf(text(body.password), user?.salt ?? '');
  if (user?.hash !== hash) return problem(401, 'unauthorized', 'E-mail or password is wrong.');
  localStorage.setItem(SESSION, user.id);
  return [200, shown(user)];
}

async function changePassword(body: Record<string, unknown>): Promise<LocalAnswer> {
  const user = current();
  if (user?.hash !== (await hashOf(text(body.currentPassword), user?.salt ?? ''))) {
    return problem(401, 'unauthorized', 'The password is wrong.');
  }
  const next = { ...user, hash: await hashOf(text(body.newPassword), user.salt) };
  write(read().map((one) => (one.id === user.id ? next : one)));
  return [204];
}

/** Answers a request to `/api/app-auth/{action}/`. */
export async function answerAccounts(action: string, body: Record<string, unknown>): Promise<LocalAnswer> {
  if (action === 'signup') return await signUp(body);
  if (action === 'login') return await logIn(body);
  if (action === 'password') return await changePassword(body);
  if (action === 'logout') {
    localStorage.removeItem(SESSION);
    return [204];
  }
  const user = current();
  return user ? [200, shown(user)] : problem(401, 'unauthorized', 'Nobody is signed in.');
}
