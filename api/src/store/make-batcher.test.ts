import { expect, test } from 'vitest';
import { makeBatcher } from './make-batcher.ts';

/** A batcher whose statements end when the test says so. */
const rig = (atOnce: number, most: number) => {
  const sent: { app: string; calls: readonly number[]; end: (error?: Error) => void }[] = [];
  const call = makeBatcher<number, string>({
    atOnce,
    most,
    together: (app, calls) =>
      new Promise((resolve, reject) => {
        const end = (error?: Error) => (error ? reject(error) : resolve(calls.map((n) => `${app}${n}`)));
        sent.push({ app, calls, end });
      }),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { sent, call, settle, calls: () => sent.map(({ calls }) => calls) };
};

test('a call goes at once when nothing is under way; those that come meanwhile go together, each with its own result', async () => {
  const { sent, call, settle, calls } = rig(1, 10);
  const results = [1, 2, 3].map((n) => call('a', n));
  expect(calls()).toEqual([[1]]);
  sent[0]?.end();
  await settle();
  expect(calls()).toEqual([[1], [2, 3]]);
  sent[1]?.end();
  expect(await Promise.all(results)).toEqual(['a1', 'a2', 'a3']);
});

test('apps do not wait for each other and are never in one statement', async () => {
  const { sent, call } = rig(1, 10);
  const results = [call('a', 1), call('b', 2), call('a', 3)];
  expect(sent.map(({ app, calls }) => [app, calls])).toEqual([
    ['a', [1]],
    ['b', [2]],
  ]);
  sent[1]?.end();
  expect(await results[1]).toBe('b2');
});

test('at most so many go together and so many statements are under way', async () => {
  const { sent, call, settle, calls } = rig(2, 2);
  const results = [1, 2, 3, 4, 5].map((n) => call('a', n));
  expect(calls()).toEqual([[1], [2]]);
  sent[0]?.end();
  await settle();
  expect(calls()).toEqual([[1], [2], [3, 4]]);
  for (const { end } of sent) end();
  await settle();
  sent[3]?.end();
  expect(await Promise.all(results)).toEqual(['a1', 'a2', 'a3', 'a4', 'a5']);
});

test('an error is for the calls of its statement, and the next ones go on', async () => {
  const { sent, call, settle } = rig(1, 10);
  const first = call('a', 1);
  const second = call('a', 2);
  sent[0]?.end(new Error('broken'));
  await expect(first).rejects.toThrow('broken');
  await settle();
  sent[1]?.end();
  expect(await second).toBe('a2');
});
