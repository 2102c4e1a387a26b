// What one client's excess costs the server and others (claims A1, A3, A16, A19). Bounds on time come from the claims; each
// is taken from the best of several rounds, so that a busy machine does not decide, and a real stall shows in all.
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SECRET, startServer, type TestServer, visitorCookie } from '../../test/api-server.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { MAX_BODY_BYTES, MAX_WRITES_PER_SECOND } from '../contract/limits.ts';
import { readJson } from '../http/read-body.ts';

const APPS = Array.from({ length: 50 }, (_, n) => `app${n}`);
let postgres: TestPostgres;
let server: TestServer;

beforeAll(async () => {
  postgres = await startPostgres();
  server = await startServer(postgres, await postgres.database(), { apps: APPS, poolSize: 8 });
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

const headersOf = (app: string) => ({
  'x-faibric-proxy': SECRET,
  'x-faibric-app': app,
  'content-type': 'application/json',
  cookie: visitorCookie(app, 'a browser'),
});

describe('A1: a body without end', () => {
  test('A1: is given up as soon as it is over the limit: less than twice the limit was held', async () => {
    let given = 0;
    const endless = new Readable({
      read() {
        // As from a socket: one chunk a turn.
        setImmediate(() => {
          given += 64 * 1024;
          this.push(Buffer.alloc(64 * 1024, 0x20));
        });
      },
    });
    const req = Object.assign(endless, { headers: { 'content-type': 'application/json' } });
    await expect(readJson(req as unknown as IncomingMessage)).rejects.toMatchObject({
      code: 'payload_too_large',
    });
    expect(given).toBeGreaterThan(MAX_BODY_BYTES);
    expect(given).toBeLessThan(2 * MAX_BODY_BYTES);
    endless.destroy();
  });

  test('A1: ends with 413 and a closed connection, whatever the client still sends', async () => {
    const status = await new Promise<number | undefined>((resolve) => {
      const req = httpRequest(
        {
          port: server.port,
          method: 'POST',
          path: '/api/v1/db/app0/a1/',
          headers: headersOf('app0'),
          agent: false,
        },
        (res) => {
          expect(res.headers.connection).toBe('close');
          res.resume();
          res.on('close', () => resolve(res.statusCode));
        },
      );
      // Goes on writing as long as the server takes it.
      const more = (): void => {
        while (!req.destroyed && req.write(Buffer.alloc(16 * 1024, 0x20)));
      };
      req.on('drain', more);
      req.on('error', () => undefined);
      more();
    });
    expect(status).toBe(413);
  });
});

describe('A3: no body makes the server stand still for 50 ms', () => {
  const pad = (text: string): string => text.slice(0, MAX_BODY_BYTES);
  test.each<[string, string, number]>([
    ['10,000 levels', `{"data":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`, 400],
    [
      'as many keys as fit',
      pad(`{"data":{${Array.from({ length: 30_000 }, (_, i) => `"k${i}":1`).join()}`),
      400,
    ],
    ['one key of a whole body', pad(`{"data":{"${'k'.repeat(MAX_BODY_BYTES)}`), 400],
    [
      'numbers that are looked at digit by digit',
      pad(`{"data":{"a":[${'1.1234567890123456e-7,'.repeat(20_000)}`),
      400,
    ],
    ['a number of a whole body', pad(`{"data":{"a":${'7'.repeat(MAX_BODY_BYTES)}`), 400],
    ['escapes', `{"data":{"a":"${'\\u0041'.repeat(40_000)}"}}`, 201],
    ['lists in lists', pad(`{"data":{"a":[${'[],'.repeat(80_000)}`), 400],
  ])('%s', async (_what, body, status) => {
    const longest: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const answer = await server.send('POST', '/api/v1/db/app0/a3/', { app: 'app0', body });
      delay.disable();
      expect(answer.status).toBe(status);
      longest.push(delay.max / 1e6);
    }
    expect(Math.min(...longest)).toBeLessThan(50);
  });
});

/** The 99th percentile of 300 requests one after the other, in milliseconds. */
const p99 = async (port: number): Promise<number> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const one = (): Promise<number> =>
    new Promise((resolve, reject) => {
      const started = performance.now();
      const req = httpRequest(
        { port, path: '/api/v1/db/app1/a16/', headers: headersOf('app1'), agent },
        (res) => {
          res.resume();
          res.on('end', () => resolve(performance.now() - started));
        },
      );
      req.on('error', reject);
      req.end();
    });
  const times: number[] = [];
  for (let i = 0; i < 300; i += 1) times.push(await one());
  agent.destroy();
  return times.sort((a, b) => a - b)[297] ?? 0;
};

/** Opens a socket that sends a start and then a byte a second; tells for how many seconds the server bore it. */
const slowly = (start: string): { closed: Promise<number>; open: Promise<void> } => {
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.resume();
  let drip: NodeJS.Timeout | undefined;
  let opened = 0;
  const open = new Promise<void>((resolve) =>
    socket.once('connect', () => {
      opened = performance.now();
      socket.write(start, () => resolve());
      drip = setInterval(() => socket.writable && socket.write('a'), 1_000);
    }),
  );
  const closed = new Promise<number>((resolve) =>
    socket.once('close', () => {
      clearInterval(drip);
      resolve((performance.now() - opened) / 1000);
    }),
  );
  return { closed, open };
};

test('A16: 2,000 sockets that say next to nothing are closed in their time, and others hardly feel them', async () => {
  await p99(server.port);
  const before = Math.min(await p99(server.port), await p99(server.port));
  const body = slowly(
    `POST /api/v1/db/app1/a16/ HTTP/1.1\r\nHost: x\r\nX-Faibric-Proxy: ${SECRET}\r\nX-Faibric-App: app1\r\n` +
      'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
  );
  const heads = Array.from({ length: 2_000 }, () => slowly('GET /healthz HTTP/1.1\r\nX-A: '));
  await Promise.all(heads.map(({ open }) => open));
  const during = Math.min(await p99(server.port), await p99(server.port), await p99(server.port));
  // A millisecond is the grain of the clock and of two cores that also run the test.
  expect(during).toBeLessThan(2 * before + 1);
  const ends = await Promise.all(heads.map(({ closed }) => closed));
  expect(Math.min(...ends)).toBeGreaterThan(9);
  expect(Math.max(...ends)).toBeLessThan(20);
  const bodyEnd = await body.closed;
  expect(bodyEnd).toBeGreaterThan(29);
  expect(bodyEnd).toBeLessThan(40);
}, 120_000);

describe('A19: 10,000 writes at one moment', () => {
  // The clock of the limits stands still: what is taken is exactly the quota.
  let limited: TestServer;
  beforeAll(async () => {
    limited = await startServer(postgres, await postgres.database(), {
      apps: APPS,
      poolSize: 8,
      writesPerSecond: MAX_WRITES_PER_SECOND,
      now: () => 1_000_000,
    });
  });
  afterAll(() => limited?.close());

  const writeAll = async (appOf: (n: number) => string): Promise<Map<string, number>> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 32 });
    const counts = new Map<string, number>();
    const one = (app: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const req = httpRequest(
          {
            port: limited.port,
            method: 'POST',
            path: `/api/v1/db/${app}/a19/`,
            headers: headersOf(app),
            agent,
          },
          (res) => {
            res.resume();
            res.on('end', () => {
              const key = `${res.statusCode} ${res.headers['retry-after'] === undefined ? 'at once' : 'later'}`;
              counts.set(key, (counts.get(key) ?? 0) + 1);
              resolve();
            });
          },
        );
        req.on('error', reject);
        req.end('{"data":{"n":1}}');
      });
    await Promise.all(Array.from({ length: 10_000 }, (_, n) => one(appOf(n))));
    agent.destroy();
    return counts;
  };

  test('A19: from one app: its quota is taken, the rest is 429 with Retry-After, and another app is served', async () => {
    const writes = writeAll(() => 'app0');
    const other = await limited.send('POST', '/api/v1/db/app49/a19/', { app: 'app49', body: { data: {} } });
    expect(other.status).toBe(201);
    expect(await writes).toEqual(
      new Map([
        ['201 at once', MAX_WRITES_PER_SECOND],
        ['429 later', 10_000 - MAX_WRITES_PER_SECOND],
      ]),
    );
  });

  test('A19: from one address over 48 apps: each has its own quota, and an app that was quiet is served', async () => {
    const counts = await writeAll((n) => `app${1 + (n % 48)}`);
    expect(counts.get('201 at once')).toBe(48 * MAX_WRITES_PER_SECOND);
    expect(counts.get('429 later')).toBe(10_000 - 48 * MAX_WRITES_PER_SECOND);
    const other = await limited.send('POST', '/api/v1/db/app49/a19/', { app: 'app49', body: { data: {} } });
    expect(other.status).toBe(201);
  });
});
