// A browser at an app, for tests: keeps the cookies that the API sets and sends them again, as a real one does.
import type { TestAnswer, TestRequest, TestServer } from './api-server.ts';

/** The browser: sends to its app's host. */
export interface AppBrowser {
  readonly app: string;
  readonly cookies: Map<string, string>;
  send(method: string, path: string, body?: unknown, headers?: TestRequest['headers']): Promise<TestAnswer>;
  /** A request to `/api/app-auth/`. */
  auth(name: string, body?: unknown): Promise<TestAnswer>;
  documents(collection: string): Promise<TestAnswer>;
  add(collection: string, data: object): Promise<TestAnswer>;
}

const keep = (cookies: Map<string, string>, answer: TestAnswer): void => {
  for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/max-age=0(;|$)/i.test(line)) cookies.delete(name);
    else cookies.set(name, value);
  }
};

/** Opens a browser without any cookie at an app; `address` is where Traefik saw it. */
export const openBrowser = (server: TestServer, app: string, address = '192.0.2.1'): AppBrowser => {
  const cookies = new Map<string, string>();
  const send: AppBrowser['send'] = async (method, path, body, headers = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const all = { 'x-real-ip': address, ...(cookie === '' ? {} : { cookie }), ...headers };
    const answer = await server.send(method, path, { app, visitor: null, body, headers: all });
    keep(cookies, answer);
    return answer;
  };
  const path = (collection: string): string => `/api/v1/db/${app}/${collection}/`;
  return {
    app,
    cookies,
    send,
    auth: (name, body) => send(name === 'me' ? 'GET' : 'POST', `/api/app-auth/${name}/`, body),
    documents: (collection) => send('GET', path(collection)),
    add: (collection, data) => send('POST', path(collection), { data }),
  };
};
