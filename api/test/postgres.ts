// A throwaway Postgres for tests: the real server from Debian's package, data in a temporary directory, on a free
// loopback port. initdb refuses root, so as root it all runs as the `postgres` user. Call stop() in the end.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './free-port.ts';

/** Name and password of the owner role. */
export const OWNER = { user: 'faibric', password: 'owner-password' };

/** A running Postgres. */
export interface TestPostgres {
  readonly port: number;
  /** Makes an empty database owned by the owner role and gives its name. */
  database(): Promise<string>;
  /** Kills the server the hard way, like a power cut. */
  kill(): Promise<void>;
  /** Stops every process of the server without ending it, and lets it go on. */
  freeze(frozen: boolean): void;
  /** Starts the server again on the same data and port. */
  start(): Promise<void>;
  /** Ends the server and deletes its data. */
  stop(): Promise<void>;
}

const ROOT = '/usr/lib/postgresql';

const binaryFolder = (): string => {
  const versions = existsSync(ROOT) ? readdirSync(ROOT).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions
    .map((version) => join(ROOT, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
  if (found === undefined) throw new Error('Postgres is not installed: apt-get install postgresql-15');
  return found;
};

const asPostgres = (command: string, args: readonly string[]): [string, string[]] =>
  process.getuid?.() === 0
    ? // Not runuser: it stays as a parent and stops itself when its child is frozen.
      ['setpriv', ['--reuid=postgres', '--regid=postgres', '--init-groups', command, ...args]]
    : [command, [...args]];

const run = (command: string, args: readonly string[]): void => {
  const [file, all] = asPostgres(command, args);
  execFileSync(file, all, { stdio: ['ignore', 'ignore', 'pipe'], cwd: '/' });
};

const initialise = (bin: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'faibric-pg-'));
  const password = join(folder, 'password');
  writeFileSync(password, OWNER.password);
  chmodSync(password, 0o644);
  if (process.getuid?.() === 0) execFileSync('chown', ['-R', 'postgres', folder]);
  const data = join(folder, 'data');
  run(join(bin, 'initdb'), [
    ...['-D', data, '-U', OWNER.user, '--pwfile', password, '-A', 'scram-sha-256'],
    ...['-E', 'UTF8', '--locale', 'C.UTF-8', '--no-sync'],
  ]);
  return folder;
};

/** A connection of the owner role; end it yourself. */
export const connectAsOwner = async (port: number, database: string): Promise<pg.Client> => {
  const client = new pg.Client({ host: '127.0.0.1', port, database, ...OWNER });
  await client.connect();
  return client;
};

/** Asks one thing as the owner role, over a connection of its own; gives the rows. */
export const queryAsOwner = async (
  at: { readonly port: number; readonly database: string },
  sql: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> => {
  const client = await connectAsOwner(at.port, at.database);
  try {
    return (await client.query(sql, [...values])).rows;
  } finally {
    await client.end();
  }
};

const answers = async (port: number): Promise<boolean> => {
  try {
    const client = await connectAsOwner(port, 'postgres');
    await client.end();
    return true;
  } catch {
    return false;
  }
};

const postmasterPid = (folder: string): number =>
  Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);

const childrenOf = (pid: number): number[] => {
  const text = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return text.trim().split(/\s+/).map(Number);
};

const killIfThere = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
};

/** False for a process that has ended, also while nobody has taken note of it yet (a zombie holds nothing). */
const isThere = (pid: number): boolean => {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

const waitUntilUp = async (port: number, log: () => string, child: ChildProcess): Promise<void> => {
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) break;
    if (await answers(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Postgres did not start: ${log()}`);
};

/** Starts a throwaway Postgres; `settings` are `name=value` for the server. */
export const startPostgres = async (...settings: readonly string[]): Promise<TestPostgres> => {
  const bin = binaryFolder();
  const folder = initialise(bin);
  const port = await freePort();
  let child: ChildProcess | undefined;
  let count = 0;
  const start = async (): Promise<void> => {
    const options = [`unix_socket_directories=${folder}`, 'listen_addresses=127.0.0.1', ...settings];
    const args = [
      '-D',
      join(folder, 'data'),
      '-p',
      String(port),
      ...options.flatMap((option) => ['-c', option]),
    ];
    const [file, all] = asPostgres(join(bin, 'postgres'), args);
    const started = spawn(file, all, { stdio: ['ignore', 'ignore', 'pipe'], cwd: '/' });
    let log = '';
    started.stderr?.on('data', (text: Buffer) => {
      log = (log + text.toString()).slice(-4_000);
    });
    child = started;
    await waitUntilUp(port, () => log, started);
  };
  // With all its children, like a power cut: backends outlive their postmaster for a moment and would still answer.
  const kill = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const postmaster = postmasterPid(folder);
    // Held first, so that it starts no further child between the look and the kill.
    process.kill(postmaster, 'SIGSTOP');
    const children = childrenOf(postmaster);
    for (const pid of [...children, postmaster]) killIfThere(pid);
    // A child that still ends holds the shared memory, and the next start would refuse.
    for (let tries = 0; tries < 500 && children.some(isThere); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    await ended(child);
  };
  await start();
  return {
    port,
    start,
    database: async () => {
      count += 1;
      const name = `test_${process.pid}_${count}`;
      const client = await connectAsOwner(port, 'postgres');
      await client.query(`create database ${name}`);
      await client.end();
      return name;
    },
    kill,
    freeze: (frozen) => {
      const postmaster = postmasterPid(folder);
      for (const pid of [postmaster, ...childrenOf(postmaster)])
        process.kill(pid, frozen ? 'SIGSTOP' : 'SIGCONT');
    },
    stop: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
