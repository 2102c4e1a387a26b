// B18: sqlmap, a tool that finds SQL injections by trying, at level 3 against what takes text: queries, bodies, paths and
// cookies of the Database API, and the list of projects. It asks through a small forwarder that adds what the ingress adds.
// The same command is shown to find the hole in an endpoint that was made to have one.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request as httpRequest, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../test/api-server.ts';
import { APPS, headersOf, seedAccounts } from '../../test/callers.ts';
import { anApp, memoryCluster } from '../../test/memory-cluster.ts';
import { connectAsOwner, startPostgres, type TestPostgres } from '../../test/postgres.ts';

const MINUTES = 60_000;
const FOUND = 'sqlmap identified the following injection point';
const NOTHING = 'do not appear to be injectable';

let postgres: TestPostgres;
let database: string;
let server: TestServer;
let forwarder: Server;
let holed: Server;
let folder: string;

const listening = async (listener: RequestListener): Promise<Server> => {
  const made = createServer(listener);
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return made;
};
const originOf = (made: Server): string => `http://127.0.0.1:${(made.address() as AddressInfo).port}`;

/** Adds the headers of the ingress: an app's page for the Database API, an account for the rest. */
const forward: RequestListener = (req, res) => {
  const page = req.url?.startsWith('/api/v1/db/') === true;
  const { host: _host, ...given } = req.headers;
  const proven = headersOf(page ? { name: 'a page', page: APPS.anna } : { name: 'anna', account: 'anna' });
  const headers = { ...proven, ...given };
  const options = {
    host: '127.0.0.1',
    port: server.port,
    method: req.method,
    path: req.url,
    headers,
    agent: false,
  };
  const sent = httpRequest(options, (answer) => {
    res.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(res);
  });
  sent.on('error', () => res.destroy());
  req.pipe(sent);
};

/** What must be found: a value of the query put into the statement as text. */
const withHole: RequestListener = async (req, res) => {
  const id = new URL(req.url ?? '/', 'http://x').searchParams.get('id') ?? '';
  const client = await connectAsOwner(postgres.port, database);
  try {
    const { rows } = await client.query(`select data from faibric.documents where version = ${id} limit 5`);
    res.end(JSON.stringify(rows));
  } catch {
    res.writeHead(500).end('{}');
  } finally {
    await client.end();
  }
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'faibric-sqlmap-'));
  postgres = await startPostgres();
  database = await postgres.database();
  const cluster = memoryCluster();
  cluster.put(anApp({ name: 'anna-app', spec: { id: APPS.anna, owner: 'anna' } }));
  server = await startServer(postgres, database, { cluster, accounts: {}, poolSize: 8 });
  await seedAccounts(postgres.port, database);
  for (let n = 0; n < 5; n += 1) {
    const body = { data: { title: 'x', n } };
    await server.send('POST', `/api/v1/db/${APPS.anna}/things/`, { app: APPS.anna, body });
  }
  forwarder = await listening(forward);
  holed = await listening(withHole);
});
afterAll(async () => {
  forwarder?.close();
  holed?.close();
  await server?.close();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs sqlmap on one address; gives what it printed. */
const sqlmap = (url: string, more: readonly string[] = []): Promise<string> =>
  new Promise((resolve, reject) => {
    const args = [
      ...['-u', url, '--batch', '--level=3', '--risk=1', '--technique=BEUSTQ', '--dbms=PostgreSQL'],
      // A refusal is an answer to compare, not a reason to stop.
      ...['--ignore-code=*', '--flush-session', '--timeout=10', '--retries=0', '--time-sec=2'],
      ...['--disable-coloring', '--skip=User-Agent,Referer,Host', `--output-dir=${folder}`, ...more],
    ];
    execFile('sqlmap', args, { maxBuffer: 64 * 1024 * 1024, timeout: 5 * MINUTES }, (error, stdout) => {
      if (error !== null && stdout === '') reject(error);
      else resolve(stdout);
    });
  });

const things = `/api/v1/db/${APPS.anna}/things/`;
const json = ['--headers=Content-Type: application/json'];

describe('B18: sqlmap at level 3', () => {
  test(
    'B18: finds the hole in an endpoint that has one',
    async () => {
      expect(await sqlmap(`${originOf(holed)}/?id=1`)).toContain(FOUND);
    },
    5 * MINUTES,
  );

  test.each<[string, string, readonly string[]]>([
    ['the order of a list', `${things}?order_by=title`, ['-p', 'order_by']],
    ['the values of a filter', `${things}?filter=%7B%22title%22%3A%22x*%22%7D`, []],
    ['the fields of a filter', `${things}?filter=%7B%22title*%22%3A%22x%22%7D`, []],
    ['limit and offset', `${things}?limit=5&offset=0`, ['-p', 'limit,offset']],
    ['the name of a collection', `/api/v1/db/${APPS.anna}/things*/`, []],
    ['the id of a document', `${things}00000000-0000-4000-8000-000000000000*/`, []],
    [
      'the content of a new document',
      things,
      ['--method=POST', '--data={"data":{"title":"x*","n":1}}', ...json],
    ],
    ['the cookie of a visitor', things, ['--cookie=__Host-faibric-visitor=abc*']],
    ['the cookie of an app user', things, ['--cookie=__Host-faibric-user=abc*']],
    [
      'the search of projects',
      '/api/projects/?q=plant&order_by=title&owner=anna',
      ['-p', 'q,order_by,owner'],
    ],
    ['the session of an account', '/api/projects/', ['--cookie=__Host-faibric-session=abc*']],
    [
      'the handle of a log-in',
      '/api/auth/login/',
      ['--method=POST', '--data={"handle":"anna*","password":"not the password"}', ...json],
    ],
  ])(
    'B18: finds nothing in %s',
    async (_what, path, more) => {
      const printed = await sqlmap(originOf(forwarder) + path, more);
      expect(printed).not.toContain(FOUND);
      expect(printed).toContain(NOTHING);
    },
    5 * MINUTES,
  );
});
