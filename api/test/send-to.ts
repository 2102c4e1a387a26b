// One request of a test over a fresh socket, with the headers that Traefik would add.
import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http';

/** The proxy secret of test servers. */
export const SECRET = 'the-secret-of-the-proxy';
/** An answer as a test sees it. */
export interface TestAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
  readonly json: any;
}

/** A request of a test. */
export interface TestRequest {
  readonly app?: string;
  readonly body?: unknown;
  readonly headers?: OutgoingHttpHeaders;
  /** Which of the test's browsers asks, for requests to an app; null: one that has no cookie yet. */
  readonly visitor?: string | null;
  /** Leave out the proxy's headers. */
  readonly raw?: boolean;
}

const bodyOf = (body: unknown): Buffer | undefined => {
  if (body === undefined) return undefined;
  return Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
};

/** Sends one request over a fresh socket. */
export const sendTo = (
  port: number,
  method: string,
  path: string,
  given: TestRequest = {},
): Promise<TestAnswer> =>
  new Promise((resolve, reject) => {
    const proxy = given.raw
      ? {}
      : { 'x-faibric-proxy': SECRET, ...(given.app ? { 'x-faibric-app': given.app } : {}) };
    const body = bodyOf(given.body);
    const type =
      body === undefined ? {} : { 'content-type': 'application/json', 'content-length': body.length };
    const headers = { ...proxy, ...type, ...given.headers };
    const req = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('error', reject);
      res.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = /\bjson\b/.test(res.headers['content-type'] ?? '') && text !== '';
        resolve({
          status: res.statusCode ?? 0,
          headers: res.headers,
          text,
          json: isJson ? JSON.parse(text) : null,
        });
      });
    });
    req.on('error', reject);
    req.end(body);
  });
