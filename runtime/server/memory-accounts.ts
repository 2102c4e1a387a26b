// Visitors and app users in memory, as the platform has them: a cookie for each browser, another for who is signed in.
// Passwords are compared as they are; this is for tests and never serves anybody.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

interface Account {
  id: string;
  email: string;
  name?: string;
  password: string;
}

/** What a handler answers: status, and a body unless there is none. */
export type Answer = [status: number, body?: unknown];

const VISITOR = 'faibric-visitor';
const USER = 'faibric-user';

const cookieOf = (request: IncomingMessage, name: string): string | undefined =>
  new RegExp(`(?:^|; )${name}=([^;]*)`).exec(request.headers.cookie ?? '')?.[1];

const setCookie = (response: ServerResponse, name: string, value: string): void => {
  response.appendHeader('set-cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Lax`);
};

const shown = ({ id, email, name }: Account) => ({ user: { id, email, ...(name ? { name } : {}) } });
const refused = (status: number, code: string): Answer => [status, { status, code, title: code }];

/** The accounts of one app. */
export class MemoryAccounts {
  readonly #accounts: Account[] = [];
  readonly #sessions = new Map<string, Account>();

  #signedIn(request: IncomingMessage): Account | undefined {
    return this.#sessions.get(cookieOf(request, USER) ?? '');
  }

  /** Who asks: a signed-in user, or the browser, which gets its cookie now. */
  authorOf(request: IncomingMessage, response: ServerResponse): string {
    const account = this.#signedIn(request);
    if (account) return `u:${account.id}`;
    const known = cookieOf(request, VISITOR);
    const id = known ?? randomUUID();
    if (!known) setCookie(response, VISITOR, id);
    return `v:${id}`;
  }

  #enter(response: ServerResponse, account: Account, status: number): Answer {
    const token = randomUUID();
    this.#sessions.set(token, account);
    setCookie(response, USER, token);
    return [status, shown(account)];
  }

  /** Answers one request below /api/app-auth/. */
  answer(
    request: IncomingMessage,
    response: ServerResponse,
    { action, body }: { action: string; body: Record<string, unknown> },
  ): Answer {
    const email = String(body.email ?? '');
    const found = this.#accounts.find((one) => one.email === email);
    const account = this.#signedIn(request);
    if (action === 'me') return [200, account ? shown(account) : { user: null }];
    if (action === 'login')
      return found && found.password === body.password
        ? this.#enter(response, found, 200)
        : refused(401, 'wrong_credentials');
    if (action === 'signup') {
      if (found) return refused(409, 'email_taken');
      const name = typeof body.name === 'string' ? { name: body.name } : {};
      const made = { id: randomUUID(), email, password: String(body.password), ...name };
      this.#accounts.push(made);
      return this.#enter(response, made, 201);
    }
    if (action === 'logout') {
      this.#sessions.delete(cookieOf(request, USER) ?? '');
      return [204];
    }
    return refused(404, 'not_found');
  }
}
