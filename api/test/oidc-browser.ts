// A browser for sign-ins with an OpenID provider: follows redirects with a cookie jar per host and fills in the forms of
// oidc-provider's development pages. What it asks of the dashboard's address goes to the test server.
import { request as httpRequest } from 'node:http';
import { SECRET, type TestServer } from './api-server.ts';

/** The dashboard's origin in tests. */
export const DASHBOARD = 'http://faibric.localhost';

/** Where a walk ended. */
export interface Stop {
  readonly url: URL;
  readonly status: number;
  readonly text: string;
}

/** A browser. */
export interface Browser {
  /** Goes to an address and follows redirects until a page of the dashboard, or one that is none. */
  go(url: string, form?: Record<string, string>): Promise<Stop>;
  /** The cookies that it sends to a host. */
  cookies(host: string): string;
}

interface Raw {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

/** Makes a browser; `stopAt` is a path of the dashboard at which it does not go on by itself. */
export const makeBrowser = (server: TestServer, stopAt?: string): Browser => {
  const jars = new Map<string, Map<string, string>>();
  const cookies = (host: string): string =>
    [...(jars.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  const keep = (host: string, lines: readonly string[]): void => {
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    for (const line of lines) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
  };
  const ask = (url: URL, form?: Record<string, string>): Promise<Raw> =>
    new Promise((resolve, reject) => {
      const ours = url.origin === DASHBOARD;
      const body = form === undefined ? undefined : String(new URLSearchParams(form));
      const headers = {
        host: url.host,
        cookie: cookies(url.host),
        ...(ours ? { 'x-faibric-proxy': SECRET } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      };
      const port = ours ? server.port : Number(url.port);
      const method = body === undefined ? 'GET' : 'POST';
      const path = `${url.pathname}${url.search}`;
      const req = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false }, (res) => {
        let text = '';
        res.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, text }));
      });
      req.on('error', reject);
      req.end(body);
    });
  const go = async (address: string, form?: Record<string, string>, steps = 0): Promise<Stop> => {
    const url = new URL(address);
    if (url.origin === DASHBOARD && url.pathname === stopAt) return { url, status: 0, text: '' };
    const { status, headers, text } = await ask(url, form);
    keep(url.host, [headers['set-cookie'] ?? []].flat());
    const location = [headers.location].flat()[0];
    if (location === undefined || steps > 10) return { url, status, text };
    const next = new URL(location, url);
    if (next.origin === DASHBOARD && next.pathname === '/') return { url: next, status, text };
    return go(next.href, undefined, steps + 1);
  };
  return { go: (url, form) => go(url, form), cookies };
};
