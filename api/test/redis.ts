// A throwaway Redis for tests: the real server from Debian's package, without persistence, on a free loopback port.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { freePort } from './free-port.ts';

/** A running Redis. */
export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** Stops answering without closing connections, or goes on. */
  freeze(frozen: boolean): void;
  stop(): Promise<void>;
}

const BINARY = '/usr/bin/redis-server';

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.on('data', (reply) => {
      socket.destroy();
      resolve(reply.toString().startsWith('+PONG'));
    });
    socket.on('error', () => resolve(false));
  });

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    }
  });

/** Starts a throwaway Redis, on a given port when it is to come back at the same address. */
export const startRedis = async (wanted?: number): Promise<TestRedis> => {
  if (!existsSync(BINARY)) throw new Error('Redis is not installed: apt-get install redis-server');
  const port = wanted ?? (await freePort());
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn(BINARY, settings, { stdio: 'ignore', cwd: '/tmp' });
  for (let tries = 0; tries < 100 && !(await answers(port)); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    freeze: (frozen) => child.kill(frozen ? 'SIGSTOP' : 'SIGCONT'),
    stop: () => stop(child),
  };
};
