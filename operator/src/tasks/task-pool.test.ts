// The pool on a clock that stands still: limits, one run per key, cancelling, and an end that waits.
import { describe, expect, it } from 'vitest';
import { createFakeClock, settle } from '../../test/fake-clock.ts';
import { silentLogger } from '../runtime/logger.ts';
import { pauseSeconds } from './pause.ts';
import type { TaskRequest } from './task.ts';
import { createTaskPool, type TaskIo } from './task-pool.ts';

const request = (key: string, kind: TaskRequest['kind'] = 'build'): TaskRequest => ({
  kind,
  key,
  namespace: 'apps',
  app: 'plants',
  appUid: 'uid',
  appId: 'id',
  revisionName: 'plants-r1',
  revision: 1,
});

const aPool = () => {
  const running = new Map<string, { io: TaskIo; end: (error?: Error) => void }>();
  const woken: string[] = [];
  const clock = createFakeClock();
  const run = ({ key }: TaskRequest, io: TaskIo) =>
    new Promise<void>((resolve, reject) => {
      running.set(key, { io, end: (error) => (error ? reject(error) : resolve()) });
      io.signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
  const pool = createTaskPool({
    runners: { analyze: run, generate: run, build: run, probe: run },
    limits: { analyze: 1, generate: 1, build: 2, probe: 1 },
    wake: ({ key }) => woken.push(key),
    clock,
    logger: silentLogger,
  });
  return { pool, running, woken, clock };
};

describe('the pool', () => {
  it('runs as many of a kind as it may, in order, and other kinds beside them', () => {
    const { pool, running } = aPool();
    for (const key of ['a', 'b', 'c']) pool.start(request(key));
    pool.start(request('d', 'analyze'));
    expect([...running.keys()]).toEqual(['a', 'b', 'd']);
    expect(pool.of('uid').map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('runs a key once, and again when it has ended', async () => {
    const { pool, running, woken } = aPool();
    pool.start(request('a'));
    pool.start(request('a'));
    running.get('a')?.end();
    await settle();
    expect(pool.of('uid')).toEqual([]);
    expect(woken).toEqual(['a']);
    pool.start(request('a'));
    expect(pool.of('uid')).toHaveLength(1);
  });

  it('starts the next when one ends, also when it ends with an error', async () => {
    const { pool, running } = aPool();
    for (const key of ['a', 'b', 'c']) pool.start(request(key));
    running.get('a')?.end(new Error('unexpected'));
    await settle();
    expect([...running.keys()]).toEqual(['a', 'b', 'c']);
  });

  it('forgets a cancelled task that waits, and counts one that runs until it has ended', async () => {
    const { pool } = aPool();
    for (const key of ['a', 'b', 'c']) pool.start(request(key));
    pool.cancel('c');
    pool.cancel('a');
    expect(pool.of('uid').map(({ key }) => key)).toEqual(['a', 'b']);
    await settle();
    expect(pool.of('uid').map(({ key }) => key)).toEqual(['b']);
  });

  it('passes on news, but not each of a stream', async () => {
    const { pool, running, woken, clock } = aPool();
    await clock.advance(5000);
    pool.start(request('a'));
    for (const word of ['one', 'two', 'three']) running.get('a')?.io.tell(word);
    expect(woken).toEqual(['a']);
    expect(pool.of('uid')[0]?.message).toBe('three');
    await clock.advance(2000);
    running.get('a')?.io.tell('four');
    expect(woken).toEqual(['a', 'a']);
  });

  it('ends when all have ended, and takes nothing more', async () => {
    const { pool, running } = aPool();
    for (const key of ['a', 'b', 'c']) pool.start(request(key));
    await pool.stop();
    pool.start(request('d'));
    expect([...running.keys()]).toEqual(['a', 'b']);
    expect(pool.of('uid')).toEqual([]);
  });
});

it.each([
  [1, undefined, 5],
  [2, undefined, 10],
  [10, undefined, 300],
  [1, 60, 60],
  [1, 100_000, 3600],
])('failure %i with wish %s waits %i s', (failures, wish, seconds) => {
  expect(pauseSeconds(failures, wish)).toBe(seconds);
});
