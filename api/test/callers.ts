// Everybody who may ask the API, for the tests that try every operation as each of them: accounts on the platform's host,
// pages on the hosts of apps, and somebody who did not come through the ingress. Accounts prove themselves by the cookie
// of a session, as in life (`seedAccounts` puts accounts and sessions where the server finds them).
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { hashToken } from '../src/auth/tokens.ts';
import type { Account } from '../src/http/account.ts';
import { SECRET, visitorCookie } from './api-server.ts';
import { connectAsOwner } from './postgres.ts';

/** Two owners, an admin, and a third owner whose app nobody may touch. */
export const ACCOUNTS: Readonly<Record<string, Account>> = {
  anna: { id: '00000000-0000-4000-8000-0000000000aa', owner: 'anna', role: 'user' },
  bert: { id: '00000000-0000-4000-8000-0000000000bb', owner: 'bert', role: 'user' },
  root: { id: '00000000-0000-4000-8000-0000000000cc', owner: 'root', role: 'admin' },
};

/** The app of each owner; `appcarl` belongs to somebody who never asks. */
export const APPS = { anna: 'appanna', bert: 'appbert', carl: 'appcarl' } as const;

/** Somebody who asks: where, and what is proven. */
export interface Caller {
  readonly name: string;
  /** The app whose host was asked; none on the platform's host. */
  readonly page?: string;
  readonly account?: string;
  /** Cookies instead of those of the page's visitor or the account: somebody who signed in. */
  readonly cookie?: string;
  /** Did not come through the ingress: none or a guessed secret. */
  readonly secret?: string;
}

/** All callers of the matrix. */
export const CALLERS = [
  { name: 'nobody' },
  { name: 'the owner', account: 'anna' },
  { name: 'another account', account: 'bert' },
  { name: 'an admin', account: 'root' },
  { name: "the app's page", page: APPS.anna },
  { name: "another app's page", page: APPS.bert },
  { name: 'somebody without the secret', secret: '' },
  { name: 'somebody with a guessed secret', secret: 'the-secret-of-the-prox0', account: 'root' },
] as const satisfies readonly Caller[];

const tokenOf = (name: string): string => name.padEnd(43, '0');

/** Makes the accounts, with a session each; again after a request that ended one. */
export const seedAccounts = async (port: number, database: string): Promise<void> => {
  const owner = await connectAsOwner(port, database);
  for (const [name, { id, role }] of Object.entries(ACCOUNTS)) {
    await owner.query(
      'insert into faibric_accounts.accounts (id, handle, role) values ($1, $2, $3) on conflict do nothing',
      [id, name, role],
    );
    await owner.query(
      `insert into faibric_accounts.sessions (account_id, token_hash, address, user_agent)
       values ($1, $2, '', '') on conflict do nothing`,
      [id, hashToken(tokenOf(name))],
    );
  }
  await owner.end();
};

/** The headers that the ingress and the browser of a caller add. */
export const headersOf = ({ page, account, cookie, secret = SECRET }: Caller): OutgoingHttpHeaders => ({
  ...(secret === '' ? {} : { 'x-faibric-proxy': secret }),
  ...(page === undefined ? {} : { 'x-faibric-app': page, cookie: visitorCookie(page, 'a browser') }),
  ...(account === undefined ? {} : { cookie: `__Host-faibric-session=${tokenOf(account)}` }),
  ...(cookie === undefined ? {} : { cookie }),
});

/** What came back; `text` of a stream is empty: it is left at once. */
export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** A request as it goes out. */
export interface Sending {
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: Buffer;
}

const isStream = (type: string): boolean => type.startsWith('text/event-stream');

/** Sends a request; gives up a stream after its head. */
export const ask = (port: number, { method, path, headers, body }: Sending): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': body.length };
    const req = httpRequest(
      { host: '127.0.0.1', port, method, path, headers: { ...headers, ...length }, agent: false },
      (res) => {
        const type = res.headers['content-type'] ?? '';
        const reply = (text: string): void =>
          resolve({ status: res.statusCode ?? 0, type, headers: res.headers, text });
        if (isStream(type)) {
          reply('');
          res.destroy();
          return;
        }
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('error', reject);
        res.on('end', () => reply(Buffer.concat(chunks).toString()));
      },
    );
    req.on('error', reject);
    req.end(body);
  });
