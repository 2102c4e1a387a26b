import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { SECRET, startServer } from '../../test/api-server.ts';
import { app, create, database, path, postgres, server } from '../../test/documents-rig.ts';

/** Sends bytes as they are and gives everything that comes back until the server closes. */
const sendRaw = (text: string | Buffer): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setTimeout(5_000, () => socket.destroy());
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' ? resolve(answer) : reject(error),
    );
    socket.on('close', () => resolve(answer));
  });

const head = (method: string, target: string, ...lines: string[]): string =>
  [
    `${method} ${target} HTTP/1.1`,
    'Host: x',
    `X-Faibric-Proxy: ${SECRET}`,
    `X-Faibric-App: ${app}`,
    ...lines,
    '',
    '',
  ].join('\r\n');

describe('A15 to A18: HTTP that is not meant well', () => {
  test.each([
    ['two lengths', head('POST', '/api/v1/db/appone/a15/', 'Content-Length: 5', 'Content-Length: 6')],
    [
      'length and chunked',
      head('POST', '/api/v1/db/appone/a15/', 'Content-Length: 5', 'Transfer-Encoding: chunked'),
    ],
    ['folded header', head('GET', '/api/v1/db/appone/a15/', 'X-A: 1\r\n b')],
    ['bare CR', head('GET', '/api/v1/db/appone/a15/', 'X-A: 1\rX-B: 2')],
    ['space before colon', head('GET', '/api/v1/db/appone/a15/', 'X-A : 1')],
  ])('A15: %s ends the connection with 400 and a second request is never answered', async (_name, text) => {
    const answer = await sendRaw(text + head('GET', '/healthz', 'Connection: close'));
    // A folded header may be read as one header by the parser's rules; what must not happen is a second answer to
    // bytes that a proxy took for a body.
    const answers = answer.match(/HTTP\/1\.1 \d+/g) ?? [];
    expect(answers[0]).toBe('HTTP/1.1 400');
    expect(answers).toHaveLength(1);
  });

  test('A15: a 100 KB header is 431', async () => {
    const answer = await sendRaw(head('GET', '/healthz', `X-A: ${'a'.repeat(100_000)}`));
    expect(answer).toMatch(/^HTTP\/1\.1 431/);
  });

  test('A16: a head or a body that comes too slowly ends the connection, others are served meanwhile', async () => {
    const slow = await startServer(postgres, database, {
      apps: [app],
      times: { headers: 300, request: 600, keepAlive: 300 },
    });
    const until = (start: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(slow.port, '127.0.0.1', () => socket.write(start));
        let answer = '';
        const drip = setInterval(() => socket.write(' '), 100);
        socket.on('data', (chunk) => {
          answer += chunk.toString();
        });
        socket.on('error', () => undefined);
        socket.on('close', () => {
          clearInterval(drip);
          resolve(answer);
        });
      });
    const body = head('POST', path('a16'), 'Content-Type: application/json', 'Content-Length: 1000');
    const idle = Array.from({ length: 200 }, () => until('GET /healthz HTTP/1.1\r\nX-A: '));
    const answers = Promise.all([...idle, until(body)]);
    expect((await slow.send('GET', path('a16'), { app })).status).toBe(200);
    for (const answer of await answers) expect(answer).toMatch(/^HTTP\/1\.1 (400|408)/);
    await slow.close();
  });

  test.each([
    ['TRACE', 405],
    ['PROPFIND', 405],
    ['OPTIONS', 405],
    ['PATCH', 405],
    ['PUT', 405],
  ])('A17: %s on a collection is %i', async (method, status) => {
    const answer = await server.send(method, path('a17'), { app });
    expect(answer.status).toBe(status);
    expect(answer.headers.allow).toBe('GET, HEAD, POST, DELETE');
  });

  test('A17: CONNECT is 405, and a method override is ignored', async () => {
    expect(await sendRaw(head('CONNECT', 'example.org:443'))).toMatch(/^HTTP\/1\.1 405/);
    const made = await create('a17', {});
    const answer = await server.send('GET', path('a17', made.id), {
      app,
      headers: { 'x-http-method-override': 'DELETE' },
    });
    expect(answer.status).toBe(200);
    expect((await server.send('GET', path('a17', made.id), { app })).status).toBe(200);
  });

  test('A18: a hundred thousand parameters are refused by the length of the address', async () => {
    const answer = await sendRaw(head('GET', `${path('a18')}?${'a[]=1&'.repeat(100_000)}`));
    expect(answer).toMatch(/^HTTP\/1\.1 (414|431)/);
    const some = await server.send('GET', `${path('a18')}?${'a[]=1&'.repeat(800)}`, { app });
    expect([some.status, some.json.code]).toEqual([414, 'uri_too_long']);
    const few = await server.send('GET', `${path('a18')}?limit[]=1`, { app });
    expect(few.status).toBe(400);
  });
});
