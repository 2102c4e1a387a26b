// The queue's promises, on a clock that the test moves.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFakeClock, type FakeClock, settle } from '../../test/fake-clock.ts';
import { priorities, WorkQueue, type WorkQueueOptions } from './work-queue.ts';

function aQueue(options: Partial<WorkQueueOptions> = {}): { queue: WorkQueue; clock: FakeClock } {
  const clock = createFakeClock();
  const backoff = { jitter: 0 };
  return { queue: new WorkQueue({ clock, backoff, ...options }), clock };
}

async function takeAll(queue: WorkQueue): Promise<string[]> {
  const keys: string[] = [];
  while (queue.depth > 0) {
    const key = (await queue.take()) as string;
    keys.push(key);
    queue.done(key);
  }
  return keys;
}

describe('adding', () => {
  test('a key added three times is worked on once', async () => {
    const { queue } = aQueue();
    for (let i = 0; i < 3; i += 1) queue.add('a');
    expect(await takeAll(queue)).toEqual(['a']);
  });

  test('keys come in the order in which they were added', async () => {
    const { queue } = aQueue();
    for (const key of ['b', 'a', 'c', 'a']) queue.add(key);
    expect(await takeAll(queue)).toEqual(['b', 'a', 'c']);
  });

  test('an edit overtakes the keys of the first list', async () => {
    const { queue } = aQueue();
    for (const key of ['a', 'b', 'c']) queue.add(key, { priority: priorities.initialList });
    queue.add('edited');
    queue.add('c');
    expect(await takeAll(queue)).toEqual(['edited', 'c', 'a', 'b']);
    expect(queue.depth).toBe(0);
  });

  test('a lower priority does not push a key back', async () => {
    const { queue } = aQueue();
    queue.add('a', { priority: priorities.urgent });
    queue.add('b');
    queue.add('a', { priority: priorities.initialList });
    expect(await takeAll(queue)).toEqual(['a', 'b']);
  });

  test('a worker that waits is handed the next key', async () => {
    const { queue } = aQueue();
    const taken = queue.take();
    queue.add('a');
    expect(await taken).toBe('a');
    expect(queue.depth).toBe(0);
  });
});

describe('a key in work', () => {
  test('is not handed out a second time, but comes again, once, when it is done', async () => {
    const { queue } = aQueue();
    queue.add('a');
    await queue.take();
    queue.add('a');
    queue.add('a');
    expect(queue.depth).toBe(0);
    const next = queue.take();
    queue.done('a');
    expect(await next).toBe('a');
    queue.done('a');
    expect(queue.depth).toBe(0);
  });

  test('is listed with its age', async () => {
    const { queue, clock } = aQueue();
    queue.add('a');
    await queue.take();
    await clock.advance(70);
    expect(queue.inWork()).toEqual([{ key: 'a', ms: 70 }]);
  });
});

describe('delays', () => {
  test('a delayed key is not there before its time', async () => {
    const { queue, clock } = aQueue();
    queue.add('a', { delayMs: 100 });
    await clock.advance(99);
    expect(queue.depth).toBe(0);
    await clock.advance(1);
    expect(queue.depth).toBe(1);
  });

  test.each([
    ['the earlier of two delays counts, when it comes second', [200, 50], 50],
    ['the earlier of two delays counts, when it comes first', [50, 200], 50],
  ])('%s', async (_, delays, dueAt) => {
    const { queue, clock } = aQueue();
    for (const delayMs of delays) queue.add('a', { delayMs });
    await clock.advance(dueAt - 1);
    expect(queue.depth).toBe(0);
    await clock.advance(1);
    expect(await takeAll(queue)).toEqual(['a']);
    await clock.advance(1000);
    expect(queue.depth).toBe(0);
  });

  test('an immediate add supersedes the delayed one', async () => {
    const { queue, clock } = aQueue();
    queue.add('a', { delayMs: 100 });
    queue.add('a');
    expect(await takeAll(queue)).toEqual(['a']);
    await clock.advance(200);
    expect(queue.depth).toBe(0);
  });

  test('many delays come in the order of their times', async () => {
    const { queue, clock } = aQueue();
    for (const delayMs of [70, 10, 50, 30, 90, 20]) queue.add(`k${delayMs}`, { delayMs });
    await clock.advance(100);
    expect(await takeAll(queue)).toEqual(['k10', 'k20', 'k30', 'k50', 'k70', 'k90']);
  });
});

describe('failures', () => {
  test('double the delay of their key from 5 ms to 1000 s', () => {
    const { queue } = aQueue();
    const delays = Array.from({ length: 20 }, () => queue.addAfterFailure('a'));
    expect(delays.slice(0, 4)).toEqual([5, 10, 20, 40]);
    expect(delays.at(-1)).toBe(1_000_000);
  });

  test('of one key do not delay another', () => {
    const { queue } = aQueue();
    for (let i = 0; i < 10; i += 1) queue.addAfterFailure('a');
    expect(queue.addAfterFailure('b')).toBe(5);
  });

  test('are forgotten after a success', () => {
    const { queue } = aQueue();
    queue.addAfterFailure('a');
    queue.addAfterFailure('a');
    expect(queue.failures('a')).toBe(2);
    queue.forget('a');
    expect(queue.addAfterFailure('a')).toBe(5);
  });

  test('wait as long as the server asked', () => {
    const { queue } = aQueue();
    expect(queue.addAfterFailure('a', 3000)).toBe(3000);
  });

  test('jitter shortens a delay by at most its share', () => {
    const { queue } = aQueue({ backoff: { jitter: 0.2, random: () => 1 } });
    expect(queue.addAfterFailure('a')).toBe(4);
  });

  test('of many keys together pass at ten a second after a burst of a hundred', () => {
    const { queue } = aQueue();
    const delays = Array.from({ length: 120 }, (_, i) => queue.addAfterFailure(`k${i}`));
    expect(delays[99]).toBe(5);
    expect(delays[119]).toBe(2000);
  });
});

describe('closing', () => {
  test('ends waiting workers, drops what waits, and resolves when the work is done', async () => {
    const { queue, clock } = aQueue();
    queue.add('a');
    await queue.take();
    const waiting = queue.take();
    queue.add('later', { delayMs: 10 });
    let closed = false;
    const closing = queue.close().then(() => {
      closed = true;
    });
    expect(await waiting).toBeUndefined();
    await clock.advance(100);
    expect(queue.depth).toBe(0);
    expect(closed).toBe(false);
    queue.done('a');
    await closing;
    await settle();
    expect(await queue.take()).toBeUndefined();
  });
});

test('any interleaving hands each key to one worker at a time and loses none', async () => {
  const key = fc.integer({ min: 0, max: 5 }).map((n) => `k${n}`);
  const step = fc.oneof(
    fc.record({ do: fc.constant('add' as const), key, priority: fc.constantFrom(-100, 0, 100) }),
    fc.record({ do: fc.constant('delay' as const), key, delayMs: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ do: fc.constant('take' as const) }),
    fc.record({ do: fc.constant('done' as const) }),
    fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 10 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { queue, clock } = aQueue();
      const inWork: string[] = [];
      const owed = new Set<string>();
      const run = {
        add: (s: { key: string; priority: number }) => {
          queue.add(s.key, s);
          owed.add(s.key);
        },
        delay: (s: { key: string; delayMs: number }) => {
          queue.add(s.key, s);
          owed.add(s.key);
        },
        take: async () => {
          if (queue.depth === 0) return;
          const taken = (await queue.take()) as string;
          expect(inWork).not.toContain(taken);
          inWork.push(taken);
          owed.delete(taken);
        },
        done: () => queue.done(inWork.shift() ?? 'none'),
        wait: (s: { ms: number }) => clock.advance(s.ms),
      };
      for (const s of steps) await run[s.do](s as never);
      for (const taken of inWork) queue.done(taken);
      await clock.advance(30);
      for (const worked of await takeAll(queue)) owed.delete(worked);
      expect([...owed]).toEqual([]);
    }),
    { numRuns: 150, seed: 1 },
  );
});
