// Claims of the API through the real ingress: what a proxy in front could undo. Bytes go to Traefik's port as they are
// written here, so that no HTTP client mends them on the way. The same rows without the ingress: api/src/routes.
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyApp, deleteMadeApps, uniqueName, urlOf, waitReady } from './lib/apps.ts';
import { SYSTEM, tryKubectl } from './lib/kubectl.ts';
import { dashboardUrl, throughTraefik } from './lib/through-traefik.ts';

interface Made {
  readonly id: string;
  readonly url: string;
  readonly host: string;
}

const source = {
  files: [{ path: 'src/App.tsx', content: 'export default function App() {\n  return <h1>Hi</h1>;\n}\n' }],
};
let mine: Made;
let theirs: Made;

async function make(prefix: string): Promise<Made> {
  const name = uniqueName(prefix);
  await applyApp(name, { source });
  const app = await waitReady(name);
  const url = urlOf(app);
  return { id: app.status!.appId!, url, host: new URL(url).host };
}

const things = (app: Made): string => `/api/v1/db/${app.id}/things/`;
/** What the platform's owner sees of an app's collection: everything. */
const stored = async (app: Made): Promise<number> => {
  const answer = await throughTraefik({ url: `${dashboardUrl()}${things(app)}?limit=1` });
  expect(answer.status).toBe(200);
  return JSON.parse(answer.body).total;
};

beforeAll(async () => {
  [mine, theirs] = await Promise.all([make('claims'), make('others')]);
  const made = await throughTraefik({
    url: theirs.url + things(theirs),
    method: 'POST',
    body: { data: { title: 'canary of the other app' } },
  });
  expect(made.status).toBe(201);
});

afterAll(deleteMadeApps);

/** Sends bytes to the ingress; gives all that comes back until it closes, or 5 s. */
const sendRaw = (bytes: string | Buffer): Promise<string> =>
  new Promise((resolve, reject) => {
    const port = Number(new URL(mine.url).port || 80);
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.setTimeout(5_000, () => socket.destroy());
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      ['ECONNRESET', 'EPIPE'].includes(error.code ?? '') ? resolve(answer) : reject(error),
    );
    socket.on('close', () => resolve(answer));
  });

const head = (method: string, target: string, ...lines: string[]): string =>
  [`${method} ${target} HTTP/1.1`, `Host: ${mine.host}`, ...lines, '', ''].join('\r\n');
const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
const json = 'Content-Type: application/json';

describe('A: input that is not meant well', () => {
  test('A1: one byte over 256 KiB is 413, with a length and chunked', async () => {
    const body = Buffer.alloc(256 * 1024 + 1, 0x20);
    const whole = await sendRaw(
      Buffer.concat([Buffer.from(head('POST', things(mine), json, `Content-Length: ${body.length}`)), body]),
    );
    expect(statusOf(whole)).toBe(413);
    const chunk = Buffer.concat([
      Buffer.from(`${body.length.toString(16)}\r\n`),
      body,
      Buffer.from('\r\n0\r\n\r\n'),
    ]);
    const chunked = await sendRaw(
      Buffer.concat([Buffer.from(head('POST', things(mine), json, 'Transfer-Encoding: chunked')), chunk]),
    );
    expect(statusOf(chunked)).toBe(413);
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json;charset=utf-16',
    'multipart/form-data; boundary=x',
  ])('A14 B17: a body of type %s is 415 and stores nothing', async (type) => {
    const before = await stored(mine);
    const answer = await sendRaw(
      head('POST', things(mine), `Content-Type: ${type}`, 'Content-Length: 11', 'Connection: close') +
        '{"data":{}}',
    );
    expect(statusOf(answer)).toBe(415);
    expect(await stored(mine)).toBe(before);
  });

  test.each([
    ['two lengths', ['Content-Length: 5', 'Content-Length: 6']],
    [
      'a length and chunked, where the chunks hide a request',
      [json, 'Content-Length: 5', 'Transfer-Encoding: chunked'],
    ],
    ['a folded header', ['X-A: 1\r\n b: 2']],
    ['a bare CR', ['X-A: 1\rX-Faibric-App: x']],
    ['a space before the colon', ['Transfer-Encoding : chunked', 'Content-Length: 0']],
    ['a header of 100 KB', [`X-A: ${'a'.repeat(100_000)}`]],
  ])('A15: %s stores nothing, and the next request of anybody gets its own answer', async (_what, lines) => {
    const before = await stored(mine);
    const hidden = head('DELETE', `${things(theirs)}`, 'X-Hidden: 1');
    const answer = await sendRaw(`${head('POST', things(mine), ...lines)}0\r\n\r\n${hidden}`);
    expect(statusOf(answer)).not.toBeLessThan(400);
    expect(answer).not.toContain('canary of the other app');
    for (let i = 0; i < 10; i += 1) {
      const next = await throughTraefik({ url: `${mine.url}${things(mine)}?limit=7` });
      expect([next.status, JSON.parse(next.body).limit]).toEqual([200, 7]);
    }
    expect(await stored(mine)).toBe(before);
    expect(await stored(theirs)).toBe(1);
  });

  test.each(['TRACE', 'PROPFIND', 'PATCH', 'PUT'])('A17: %s on a collection is 405', async (method) => {
    expect(
      statusOf(await sendRaw(head(method, things(mine), 'Content-Length: 0', 'Connection: close'))),
    ).toBe(405);
  });

  test('A17: CONNECT opens nothing, and a method override is ignored', async () => {
    expect(statusOf(await sendRaw(head('CONNECT', 'example.org:443')))).not.toBeLessThan(400);
    const answer = await throughTraefik({
      url: mine.url + things(mine),
      headers: { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' },
    });
    expect(answer.status).toBe(200);
  });
});

describe('B: whose data', () => {
  const nowhere = { id: 'nosuchapp' } as Made;
  const someId = '00000000-0000-4000-8000-000000000000';
  test.each([
    ['GET', ''],
    ['POST', ''],
    ['GET', 'count/'],
    ['POST', 'bulk/'],
    ['GET', `${someId}/`],
    ['PUT', `${someId}/`],
    ['PATCH', `${someId}/`],
    ['DELETE', `${someId}/`],
  ])(
    "B1: %s on another app's things/%s is byte for byte the answer of an app that is not there",
    async (method, rest) => {
      const body = ['POST', 'PUT', 'PATCH'].includes(method) ? { data: {} } : undefined;
      const ask = (app: Made) => throughTraefik({ url: `${mine.url}${things(app)}${rest}`, method, body });
      const [refused, absent] = [await ask(theirs), await ask(nowhere)];
      expect(refused.status).toBe(404);
      expect(refused.body).toBe(absent.body);
    },
  );

  test.each<[string, string, Record<string, string>]>([
    ['an app header of its own', 'same', { 'x-faibric-app': 'THEIRS' }],
    ['a guessed secret', 'same', { 'x-faibric-app': 'THEIRS', 'x-faibric-proxy': 'guess' }],
    ['a forwarded host', 'same', { 'x-forwarded-host': 'THEIRHOST', forwarded: 'host=THEIRHOST' }],
    [
      'headers named as hop-by-hop',
      'same',
      { connection: 'X-Faibric-Proxy, X-Faibric-App', 'x-faibric-app': 'THEIRS' },
    ],
    ['a host in capitals', 'capitals', {}],
    ['a host with a dot at its end', 'dot', {}],
  ])('B2: with %s the routed app wins', async (_what, how, given) => {
    const [name = '', port] = mine.host.split(':');
    const hosts: Record<string, string> = { capitals: name.toUpperCase(), dot: `${name}.` };
    const host = `${hosts[how] ?? name}${port === undefined ? '' : `:${port}`}`;
    const headers = Object.fromEntries(
      Object.entries(given).map(([key, value]) => [
        key,
        value.replaceAll('THEIRS', theirs.id).replaceAll('THEIRHOST', theirs.host),
      ]),
    );
    const foreign = await throughTraefik({ url: mine.url + things(theirs), headers: { ...headers, host } });
    expect(foreign.status).toBe(404);
    const own = await throughTraefik({ url: mine.url + things(mine), headers: { ...headers, host } });
    // A host that no route takes is nobody's: what must not be is somebody else's answer.
    expect([200, 404]).toContain(own.status);
    expect(foreign.body + own.body).not.toContain('canary of the other app');
  });

  test('B3: a call that did not come through the ingress is 401', async () => {
    const path = `/api/v1/namespaces/${SYSTEM}/services/faibric-api:http/proxy`;
    expect((await tryKubectl(['get', '--raw', `${path}/healthz`])).stdout).toContain('"ok":true');
    const answer = await tryKubectl(['get', '--raw', `${path}${things(mine)}`]);
    expect(answer.ok).toBe(false);
    // kubectl's words for 401, and for nothing else.
    expect(answer.stderr).toContain('You must be logged in to the server');
  });

  test.each(['GET', 'POST', 'PUT', 'DELETE'])(
    'B4: a page of one app gets no leave to %s at another',
    async (method) => {
      const preflight = await throughTraefik({
        url: theirs.url + things(theirs),
        method: 'OPTIONS',
        headers: {
          origin: mine.url.replace(/\/$/, ''),
          'access-control-request-method': method,
          'access-control-request-headers': 'content-type',
        },
      });
      expect(preflight.status).not.toBeLessThan(400);
      expect(Object.keys(preflight.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      const read = await throughTraefik({ url: theirs.url + things(theirs), headers: { origin: mine.url } });
      expect(read.headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  test.each<[string, Record<string, string>]>([
    ['Origin: null', { origin: 'null' }],
    ['an origin that ends in something else', { origin: 'http://HOST.evil.test' }],
    ['an origin that begins with something else', { origin: 'http://xHOST' }],
    ["another app's origin", { origin: 'THEIRS' }],
    ['cross-site fetch metadata and no origin', { 'sec-fetch-site': 'cross-site' }],
    ['same-site fetch metadata', { 'sec-fetch-site': 'same-site' }],
  ])('B5 B17: a write with %s is 403 and stores nothing', async (_what, given) => {
    const before = await stored(mine);
    const headers = Object.fromEntries(
      Object.entries(given).map(([key, value]) => [
        key,
        value.replace('HOST', mine.host).replace('THEIRS', `http://${theirs.host}`),
      ]),
    );
    const answer = await throughTraefik({
      url: mine.url + things(mine),
      method: 'POST',
      headers,
      body: { data: {} },
    });
    expect(answer.status).toBe(403);
    expect(await stored(mine)).toBe(before);
  });

  test('B17: an image that points at the API changes nothing', async () => {
    const before = await stored(theirs);
    for (const path of [things(theirs), '/api/app-auth/logout/', '/api/gateway/'])
      await throughTraefik({
        url: theirs.url + path,
        headers: { 'sec-fetch-dest': 'image', 'sec-fetch-site': 'cross-site' },
      });
    expect(await stored(theirs)).toBe(before);
  });
});

describe('G: the gateway', () => {
  test.each(['PUT', 'PATCH', 'DELETE'])('G10: %s is 405', async (method) => {
    expect(
      statusOf(await sendRaw(head(method, '/api/gateway/', 'Content-Length: 0', 'Connection: close'))),
    ).toBe(405);
  });

  test('G10: a body on GET is 405', async () => {
    const answer = await sendRaw(
      `${head('GET', '/api/gateway/', json, 'Content-Length: 2', 'Connection: close')}{}`,
    );
    expect(statusOf(answer)).toBe(405);
  });
});
