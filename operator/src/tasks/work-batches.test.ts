// How what tasks tell is gathered: few writes, nothing joined that does not belong together, and no growth without end.
import type { WorkEntry } from '@faibric/crds';
import { describe, expect, it } from 'vitest';
import { makeTeller } from './tell-work.ts';
import { makeWorkBatches } from './work-batches.ts';

const rig = () => {
  const sent: { appId: string; entries: readonly WorkEntry[] }[] = [];
  const timers: (() => void)[] = [];
  const ends: (() => void)[] = [];
  let slow = false;
  const stream = makeWorkBatches({
    send: (appId, entries) => {
      sent.push({ appId, entries });
      return slow ? new Promise((resolve) => ends.push(resolve)) : Promise.resolve();
    },
    later: (work) => timers.push(work),
  });
  return {
    stream,
    sent,
    timers,
    /** Lets the time pass, and what follows from it. */
    pass: async () => {
      for (const timer of timers.splice(0)) timer();
      await Promise.resolve();
    },
    beSlow: () => {
      slow = true;
    },
    finish: async () => {
      slow = false;
      for (const end of ends.splice(0)) end();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
};
const code = (offset: number, text: string, path = 'src/App.tsx'): WorkEntry => ({
  revision: 1,
  step: 'generate',
  kind: 'code',
  path,
  offset,
  text,
});
const log = (text: string): WorkEntry => ({ revision: 1, step: 'build', kind: 'log', text });

describe('batches', () => {
  it.each<[string, WorkEntry[], WorkEntry[]]>([
    ['pieces that continue each other become one', [code(0, 'ab'), code(2, 'cd')], [code(0, 'abcd')]],
    ['a piece at another place stays apart', [code(0, 'ab'), code(9, 'cd')], [code(0, 'ab'), code(9, 'cd')]],
    [
      'another file stays apart',
      [code(0, 'a'), code(1, 'b', 'src/b.ts')],
      [code(0, 'a'), code(1, 'b', 'src/b.ts')],
    ],
    ['a file that begins anew stays apart', [code(0, 'ab'), code(0, 'x')], [code(0, 'ab'), code(0, 'x')]],
    ['lines become one text', [log('one'), log('two')], [log('one\ntwo')]],
    ['a line and a piece stay apart', [log('one'), code(0, 'a')], [log('one'), code(0, 'a')]],
    [
      'another revision stays apart',
      [log('one'), { ...log('two'), revision: 2 }],
      [log('one'), { ...log('two'), revision: 2 }],
    ],
  ])('%s', async (_name, entries, expected) => {
    const { stream, sent, timers, pass } = rig();
    for (const entry of entries) stream.append('app1', entry);
    expect([sent.length, timers.length]).toEqual([0, 1]);
    await pass();
    expect(sent).toEqual([{ appId: 'app1', entries: expected }]);
  });

  it('writes at once when two kilobytes have gathered', () => {
    const { stream, sent } = rig();
    stream.append('app1', log('x'.repeat(2_000)));
    expect(sent).toHaveLength(0);
    stream.append('app1', log('y'.repeat(100)));
    expect(sent).toHaveLength(1);
  });

  it('makes no entry larger than the wire takes', async () => {
    const { stream, sent, beSlow, finish } = rig();
    beSlow();
    stream.append('app1', log('x'.repeat(3_000)));
    for (let i = 0; i < 30; i += 1) stream.append('app1', log('y'.repeat(1_000)));
    await finish();
    const lengths = sent.flatMap(({ entries }) => entries.map(({ text }) => text.length));
    expect(Math.max(...lengths)).toBeLessThanOrEqual(20_000);
    expect(lengths.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(33_000);
  });

  it('while a write takes long nobody waits, and what is kept is bounded', async () => {
    const { stream, sent, beSlow, finish } = rig();
    beSlow();
    for (let i = 0; i < 1_000; i += 1) stream.append('app1', log('z'.repeat(1_000)));
    stream.append('app2', log('x'.repeat(3_000)));
    expect(sent.map(({ appId }) => appId)).toEqual(['app1', 'app2']);
    await finish();
    await finish();
    const characters = sent
      .filter(({ appId }) => appId === 'app1')
      .flatMap(({ entries }) => entries)
      .reduce((sum, { text }) => sum + text.length, 0);
    expect(characters).toBeLessThan(300 * 1024);
    stream.append('app1', log('again'.repeat(1_000)));
    expect(sent.at(-1)?.entries[0]?.text).toContain('again');
  });

  it('a write that fails is forgotten', async () => {
    const timers: (() => void)[] = [];
    let calls = 0;
    const stream = makeWorkBatches({
      send: () => {
        calls += 1;
        return Promise.reject(new Error('Redis is away'));
      },
      later: (work) => timers.push(work),
    });
    for (const text of ['one', 'two']) {
      stream.append('app1', log(text));
      timers.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(calls).toBe(2);
  });
});

it('whole files are told in pieces that give the file again', () => {
  const entries: WorkEntry[] = [];
  const teller = makeTeller(
    { append: (_app, entry) => entries.push(entry) },
    { appId: 'a', revision: 4 },
    'generate',
  );
  const text = Array.from({ length: 5_000 }, (_, i) => `line ${i}`).join('\n');
  teller.files({ 'src/App.tsx': text, 'src/empty.ts': '' });
  let file = '';
  for (const { path, offset = 0, text: piece } of entries) {
    if (path === 'src/App.tsx') file = file.slice(0, offset) + piece;
  }
  expect(file).toBe(text);
  expect(entries.at(-1)).toMatchObject({ path: 'src/empty.ts', offset: 0, text: '', revision: 4 });
});
