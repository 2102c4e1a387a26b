// The API as a process of its own, as a pod runs it: for what a test in the same process cannot do, to be killed and to be
// measured. Its database is a throwaway Postgres; a pretended Kubernetes API server gives it its apps.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SECRET, VISITOR_SECRET } from './api-server.ts';
import { startFakeKube } from './fake-kube.ts';
import { freePort } from './free-port.ts';
import { anApp } from './memory-cluster.ts';
import { OWNER, type TestPostgres } from './postgres.ts';

/** The process. */
export interface ApiProcess {
  readonly port: number;
  /** Starts it and waits until it is ready. */
  start(): Promise<void>;
  /** Ends it by SIGKILL. */
  kill(): Promise<void>;
  /** Ends it and what it was given. */
  stop(): Promise<void>;
}

/** What the process is made of: `app` is the spec of its one app. */
export interface ApiProcessParts {
  readonly postgres: TestPostgres;
  readonly database: string;
  readonly app: { readonly id: string };
  readonly env?: Readonly<Record<string, string>>;
}

const isReady = async (port: number): Promise<boolean> => {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(1_000) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
};

const kubeconfigFor = (server: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'fake',
    clusters: [{ name: 'fake', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'fake', user: { token: 'token' } }],
    contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'fake' } }],
  });

/** Prepares the process; `start` starts it, on the same port each time. */
export const makeApiProcess = async ({
  postgres,
  database,
  app,
  env,
}: ApiProcessParts): Promise<ApiProcess> => {
  const folder = mkdtempSync(join(tmpdir(), 'faibric-api-'));
  const kube = await startFakeKube();
  kube.apps.set(app.id, anApp({ name: app.id, spec: { ...app } }));
  writeFileSync(join(folder, 'kubeconfig'), kubeconfigFor(kube.url));
  const [port, metricsPort] = [await freePort(), await freePort()];
  const environment = {
    PATH: process.env.PATH ?? '',
    KUBECONFIG: join(folder, 'kubeconfig'),
    ...{ PORT: String(port), METRICS_PORT: String(metricsPort), LOG_LEVEL: 'error' },
    ...{ FAIBRIC_PROXY_SECRET: SECRET, FAIBRIC_VISITOR_SECRET: VISITOR_SECRET },
    ...{ PGHOST: '127.0.0.1', PGPORT: String(postgres.port), PGDATABASE: database },
    ...{ PGOWNERUSER: OWNER.user, PGOWNERPASSWORD: OWNER.password, PGAPPPASSWORD: 'app-password' },
    ...{ FAIBRIC_READS_PER_SECOND: '0', FAIBRIC_WRITES_PER_SECOND: '0', NODE_ENV: 'production' },
    ...env,
  };
  let child: ChildProcess | undefined;
  const ended = (one: ChildProcess): Promise<void> =>
    one.exitCode !== null || one.signalCode !== null
      ? Promise.resolve()
      : new Promise((resolve) => one.once('exit', () => resolve()));
  const kill = async (): Promise<void> => {
    child?.kill('SIGKILL');
    if (child !== undefined) await ended(child);
  };
  return {
    port,
    start: async () => {
      const main = join(import.meta.dirname, '../src/main.ts');
      const started = spawn(process.execPath, [main], {
        env: environment,
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      child = started;
      const until = Date.now() + 60_000;
      while (!(await isReady(port))) {
        if (started.exitCode !== null || Date.now() > until) throw new Error('the API did not become ready');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    kill,
    stop: async () => {
      await kill();
      kube.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
