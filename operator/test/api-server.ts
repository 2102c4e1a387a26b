// A real kube-apiserver on a real etcd for integration tests: free loopback ports, a scratch directory, an
// admin token, ready in a few seconds. There is no kubelet, so no pod ever runs. Everything ends with `stop`.
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent } from 'undici';
import { controlPlaneBinaries } from './control-plane-binaries.ts';

/** A running API server. */
export interface ApiServer {
  /** Path of a kubeconfig with all rights. */
  readonly kubeconfig: string;
  readonly url: string;
  readonly token: string;
  /** Path of the CA certificate that signed the server's. */
  readonly caFile: string;
  /** Freezes (SIGSTOP) or thaws (SIGCONT) the API server, to see how a client bears silence. */
  pause(): void;
  resume(): void;
  /** Kills the API server and starts it again on the same port and data. */
  restart(): Promise<void>;
  /**
   * Starts a controller manager that collects orphans and makes ReplicaSets and pods. Install custom resources
   * first: its garbage collector looks for new kinds only every thirty seconds.
   */
  startControllerManager(): void;
  stop(): Promise<void>;
}

interface Layout {
  dir: string;
  bin: string;
  port: number;
  etcd: string;
  etcdPeer: string;
  token: string;
}

const startLimitMs = 60_000;

/** Starts etcd and the API server and waits until it is ready. */
export async function startApiServer(): Promise<ApiServer> {
  const dir = await mkdtemp(join(tmpdir(), 'faibric-api-server-'));
  const [port, etcdPort, peerPort] = await freePorts(3);
  const layout: Layout = {
    dir,
    bin: controlPlaneBinaries(),
    port: port as number,
    etcd: `http://127.0.0.1:${etcdPort}`,
    etcdPeer: `http://127.0.0.1:${peerPort}`,
    token: randomBytes(16).toString('hex'),
  };
  const children: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(children.reverse().map(kill));
    await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    await writeSecrets(layout);
    children.push(start(layout, 'etcd', etcdFlags(layout)));
    let server = start(layout, 'kube-apiserver', apiServerFlags(layout));
    children.push(server);
    await untilReady(layout, server);
    const kubeconfig = await writeKubeconfig(layout);
    return {
      kubeconfig,
      url: `https://127.0.0.1:${layout.port}`,
      token: layout.token,
      caFile: join(dir, 'certs', 'apiserver.crt'),
      pause: () => server.kill('SIGSTOP'),
      resume: () => server.kill('SIGCONT'),
      startControllerManager: () => {
        children.push(start(layout, 'kube-controller-manager', managerFlags(layout, kubeconfig)));
      },
      restart: async () => {
        await kill(server);
        server = start(layout, 'kube-apiserver', apiServerFlags(layout));
        children.push(server);
        await untilReady(layout, server);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function writeSecrets({ dir, token }: Layout): Promise<void> {
  await mkdir(join(dir, 'certs'));
  await writeFile(join(dir, 'tokens.csv'), `${token},admin,admin,system:masters\n`, { mode: 0o600 });
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await writeFile(join(dir, 'sa.key'), privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 });
}

function etcdFlags({ dir, etcd, etcdPeer }: Layout): string[] {
  return [
    `--data-dir=${join(dir, 'etcd')}`,
    `--listen-client-urls=${etcd}`,
    `--advertise-client-urls=${etcd}`,
    `--listen-peer-urls=${etcdPeer}`,
    `--initial-advertise-peer-urls=${etcdPeer}`,
    `--initial-cluster=default=${etcdPeer}`,
    // The data need not outlive a power cut, and syncing costs most of the time of every write.
    '--unsafe-no-fsync',
    '--log-level=error',
  ];
}

function apiServerFlags({ dir, port, etcd }: Layout): string[] {
  return [
    `--etcd-servers=${etcd}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    '--endpoint-reconciler-type=none',
    `--secure-port=${port}`,
    // Left to itself the server makes a certificate for 127.0.0.1 there.
    `--cert-dir=${join(dir, 'certs')}`,
    `--token-auth-file=${join(dir, 'tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${join(dir, 'sa.key')}`,
    `--service-account-signing-key-file=${join(dir, 'sa.key')}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    // No controller makes service accounts here, and nothing runs pods.
    '--disable-admission-plugins=ServiceAccount',
  ];
}

function managerFlags({ dir }: Layout, kubeconfig: string): string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    '--bind-address=127.0.0.1',
    '--secure-port=0',
    '--leader-elect=false',
    '--controllers=garbage-collector-controller,deployment-controller,replicaset-controller,namespace-controller',
    `--service-account-private-key-file=${join(dir, 'sa.key')}`,
  ];
}

function start({ dir, bin }: Layout, program: string, flags: string[]): ChildProcess {
  const log = openSync(join(dir, `${program}.log`), 'a');
  const child = spawn(join(bin, program), flags, { cwd: dir, stdio: ['ignore', log, log] });
  closeSync(log);
  // When this process dies, however it does, its end of the pipe closes and the shell kills the server.
  const script = 'cat >/dev/null; kill -9 "$0" 2>/dev/null; rm -rf "$1"';
  const reaper = spawn('sh', ['-c', script, String(child.pid), dir], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  reaper.unref();
  // A pipe of ours is a socket of Node's, which would keep the process alive.
  (reaper.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  child.once('exit', () => reaper.kill('SIGKILL'));
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await ended;
}

async function untilReady(layout: Layout, server: ChildProcess): Promise<void> {
  // The certificate is being made meanwhile; who answers on this port is checked by the token.
  const agent = new Agent({ connect: { rejectUnauthorized: false }, allowH2: false });
  const headers = { authorization: `Bearer ${layout.token}` };
  const limit = Date.now() + startLimitMs;
  try {
    while (Date.now() < limit && server.exitCode === null) {
      const request = {
        origin: `https://127.0.0.1:${layout.port}`,
        path: '/readyz',
        method: 'GET',
        headers,
      } as const;
      const answer = await agent.request(request).catch(() => undefined);
      await answer?.body.dump();
      if (answer?.statusCode === 200) return;
      await delay(100);
    }
  } finally {
    await agent.destroy();
  }
  const log = await readFile(join(layout.dir, 'kube-apiserver.log'), 'utf8');
  throw new Error(`the API server did not become ready:\n${log.slice(-2000)}`);
}

async function writeKubeconfig({ dir, port, token }: Layout): Promise<string> {
  const ca = await readFile(join(dir, 'certs', 'apiserver.crt'));
  const path = join(dir, 'kubeconfig');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'test',
        cluster: {
          server: `https://127.0.0.1:${port}`,
          'certificate-authority-data': ca.toString('base64'),
        },
      },
    ],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    'current-context': 'test',
  };
  await writeFile(path, JSON.stringify(config), { mode: 0o600 });
  return path;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  // All are held open together, so that no two of them get the same number.
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            resolve(typeof address === 'object' && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
