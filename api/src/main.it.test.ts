// The API as a process: what it refuses to start with, what it says while it waits, and how it ends. Postgres is real;
// the Kubernetes API server is a pretended one behind a kubeconfig.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { SECRET, sendTo, type TestAnswer, VISITOR_SECRET, visitorCookie } from '../test/api-server.ts';
import { type FakeKube, startFakeKube } from '../test/fake-kube.ts';
import { freePort } from '../test/free-port.ts';
import { anApp } from '../test/memory-cluster.ts';
import { OWNER, startPostgres, type TestPostgres } from '../test/postgres.ts';

// Each test starts processes, which takes seconds each on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

let postgres: TestPostgres;
let kube: FakeKube;
let folder: string;
let database: string;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'faibric-api-'));
  kube = await startFakeKube();
  kube.apps.set('mainapp', anApp({ name: 'mainapp', spec: { id: 'mainapp' } }));
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'fake',
    clusters: [{ name: 'fake', cluster: { server: kube.url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'fake', user: { token: 'token' } }],
    contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'fake' } }],
  };
  writeFileSync(join(folder, 'kubeconfig'), JSON.stringify(kubeconfig));
  postgres = await startPostgres();
  database = await postgres.database();
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  kube?.stop();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Api {
  readonly port: number;
  readonly metricsPort: number;
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

const startApi = async (more: Record<string, string> = {}): Promise<Api> => {
  const [port, metricsPort] = [await freePort(), await freePort()];
  const env = {
    PATH: process.env.PATH ?? '',
    KUBECONFIG: join(folder, 'kubeconfig'),
    ...{ PORT: String(port), METRICS_PORT: String(metricsPort), FAIBRIC_PROXY_SECRET: SECRET },
    FAIBRIC_VISITOR_SECRET: VISITOR_SECRET,
    ...{ PGHOST: '127.0.0.1', PGPORT: String(postgres.port), PGDATABASE: database },
    ...{ PGOWNERUSER: OWNER.user, PGOWNERPASSWORD: OWNER.password, PGAPPPASSWORD: 'app-password' },
    ...{ FAIBRIC_DRAIN_DELAY_MS: '200', FAIBRIC_WRITES_PER_SECOND: '0' },
    ...more,
  };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  return { port, metricsPort, child, output: () => output, ended };
};

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 25));
};
const ask = (port: number, path: string): Promise<TestAnswer | null> =>
  sendTo(port, 'GET', path).catch(() => null);
const ready = (api: Api) =>
  until(async () => api.child.exitCode !== null || (await ask(api.port, '/readyz'))?.status === 200);

const path = '/api/v1/db/mainapp/events/';
const write = (port: number, key: string) =>
  sendTo(port, 'POST', path, {
    app: 'mainapp',
    body: { data: { key } },
    headers: { 'idempotency-key': key, cookie: visitorCookie('mainapp', 'writer') },
  });

describe('starting', () => {
  test('without its secrets it names the variable and ends', async () => {
    const api = await startApi({ FAIBRIC_PROXY_SECRET: '', PGAPPPASSWORD: '' });
    expect(await api.ended).toBe(1);
    expect(api.output()).toContain('FAIBRIC_PROXY_SECRET');
    expect(api.output()).toContain('PGAPPPASSWORD');
  });

  test('with a database that could lose acknowledged writes it refuses to serve', async () => {
    const unsafe = await startPostgres('fsync=off');
    const api = await startApi({ PGPORT: String(unsafe.port), PGDATABASE: await unsafe.database() });
    expect(await api.ended).toBe(1);
    expect(api.output()).toContain('fsync is off');
    await unsafe.stop();
  });

  test('while Postgres is away it waits and says so; then it is ready', async () => {
    await postgres.kill();
    const api = await startApi();
    await until(async () => (await ask(api.port, '/readyz')) !== null);
    const waiting = await ask(api.port, '/readyz');
    expect(waiting?.status).toBe(503);
    expect(waiting?.json.missing.database).toBe('waiting for Postgres');
    expect((await ask(api.port, '/healthz'))?.status).toBe(200);
    await postgres.start();
    await ready(api);
    const metrics = await sendTo(api.metricsPort, 'GET', '/metrics', { raw: true });
    expect(metrics.text).toContain('faibric_api_request_duration_seconds_bucket');
    expect(metrics.text).toContain('faibric_api_projects 1');
    const page = readFileSync(join(import.meta.dirname, '../../docs/reference/metrics.md'), 'utf8');
    const listed = [...page.matchAll(/^\| `(faibric_\w+)`/gm)].map((row) => row[1]);
    for (const name of listed) expect(metrics.text).toContain(`# TYPE ${name} `);
    api.child.kill('SIGKILL');
    await api.ended;
  });
});

test('in mode accounts nobody is let in before the setup token has made the first admin', async () => {
  const invite = 'the-token-of-the-first-admin';
  const api = await startApi({ FAIBRIC_AUTH_MODE: 'accounts', FAIBRIC_SETUP_TOKEN: invite });
  await ready(api);
  expect((await sendTo(api.port, 'GET', '/api/projects/')).status).toBe(401);
  const signUp = (body: object) =>
    sendTo(api.port, 'POST', '/api/auth/signup/', { body: { password: 'a fine password', ...body } });
  expect((await signUp({ handle: 'ada' })).status).toBe(403);
  const first = await signUp({ handle: 'ada', invite });
  expect([first.status, first.json.account.role]).toEqual([201, 'admin']);
  expect((await signUp({ handle: 'eve', invite })).status).toBe(403);
  expect(api.output()).toContain('"security":"signed_up"');
  expect(api.output()).not.toMatch(/fine password|the-token-of/);
  api.child.kill('SIGKILL');
  await api.ended;
});

describe('F15: ending', () => {
  test('SIGTERM under load: every request that was sent is answered, then the process ends with 0', async () => {
    const api = await startApi();
    await ready(api);
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    const results: string[] = [];
    let draining = false;
    // Keep-alive connections, as Traefik uses them: a request that was written must be answered, and the answer says
    // when the connection is not to be used again. True when this client has moved on.
    const one = (): Promise<boolean> =>
      new Promise((resolve) => {
        const headers = { 'x-faibric-proxy': SECRET, 'x-faibric-app': 'mainapp' };
        const req = httpRequest({ port: api.port, path, headers, agent }, (res) => {
          res.resume();
          res.on('end', () => {
            results.push(String(res.statusCode));
            // A proxy that is told to close goes to another replica: this pod is no longer an endpoint.
            resolve(draining && res.headers.connection === 'close');
          });
        });
        req.on('error', (error: NodeJS.ErrnoException) => {
          // Refused before a byte was sent: a proxy takes another replica.
          const harmless = draining && (error.code === 'ECONNREFUSED' || req.reusedSocket);
          results.push(harmless ? 'moved on' : `${error.code}`);
          resolve(harmless);
        });
        req.end();
      });
    const client = async (): Promise<void> => {
      let gone = false;
      while (!gone && api.child.exitCode === null) gone = await one();
    };
    const clients = Array.from({ length: 8 }, client);
    await until(() => results.length > 100);
    draining = true;
    api.child.kill('SIGTERM');
    await Promise.all(clients);
    expect(await api.ended).toBe(0);
    agent.destroy();
    expect([...new Set(results)].filter((result) => result !== '200' && result !== 'moved on')).toEqual([]);
  });

  test('SIGKILL under writers: what was acknowledged is there, once, after the next start', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      const api = await startApi();
      await ready(api);
      const writer = async (name: string): Promise<void> => {
        for (let i = 0; api.child.exitCode === null && api.child.signalCode === null; i += 1) {
          const key = `r${round}-${name}-${i}`;
          const answer = await write(api.port, key).catch(() => null);
          if (answer?.status === 201) acknowledged.push(key);
        }
      };
      const before = acknowledged.length;
      const writers = ['a', 'b', 'c', 'd'].map(writer);
      await until(() => acknowledged.length > before + 20);
      api.child.kill('SIGKILL');
      await Promise.all([...writers, api.ended]);
    }
    const api = await startApi();
    await ready(api);
    const list = await sendTo(api.port, 'GET', `${path}?limit=500`);
    const stored: string[] = list.json.items.map((item: { data: { key: string } }) => item.data.key);
    expect(new Set(stored).size).toBe(stored.length);
    expect(list.json.total).toBe(stored.length);
    expect(acknowledged.filter((key) => !stored.includes(key))).toEqual([]);
    api.child.kill('SIGKILL');
    await api.ended;
  });
});
