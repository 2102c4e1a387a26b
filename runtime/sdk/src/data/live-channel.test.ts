// @vitest-environment happy-dom
// One stream for each collection, two at most, none while the page is hidden for long, and patience with refusals.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Change } from './list-state.ts';
import { follow, readChange, reopenChannels } from './live-channel.ts';

class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static all: FakeSource[] = [];
  readyState = 0;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    FakeSource.all.push(this);
  }
  close(): void {
    this.readyState = 2;
  }
  say(type: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) }));
  }
  refuse(): void {
    this.readyState = 2;
    this.dispatchEvent(new Event('error'));
  }
}

const open = (): string[] =>
  FakeSource.all.filter(({ readyState }) => readyState !== 2).map(({ url }) => url.split('/').at(-3) ?? '');
let stops: (() => void)[];
const start = (name: string, told: Change[] = []): (() => void) => {
  const stop = follow(name, (change) => told.push(change));
  stops.push(stop);
  return stop;
};
let visibility: DocumentVisibilityState;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSource.all = [];
  localStorage.setItem('faibric:known', '1');
  stops = [];
  visibility = 'visible';
  Reflect.set(globalThis, 'EventSource', FakeSource);
  Object.defineProperty(document, 'visibilityState', { get: () => visibility, configurable: true });
});
afterEach(() => {
  for (const stop of stops) stop();
  vi.useRealTimers();
});

const show = (state: DocumentVisibilityState): void => {
  visibility = state;
  document.dispatchEvent(new Event('visibilitychange'));
};

test.each<[string, string, unknown, unknown]>([
  ['a stream that begins', 'ready', { resumed: false }, { type: 'reset' }],
  ['a stream that goes on', 'ready', { resumed: true }, undefined],
  ['a gap', 'reset', {}, { type: 'reset' }],
  ['a new document', 'created', { id: '1', data: {} }, { type: 'created', document: { id: '1', data: {} } }],
  ['a deleted one', 'deleted', { id: '1' }, { type: 'deleted', id: '1' }],
  ['no document', 'updated', { data: {} }, undefined],
  ['an event of another kind', 'closing', { id: '1' }, undefined],
])('%s is read', (_what, type, data, expected) => {
  expect(readChange(type, JSON.stringify(data))).toEqual(expected);
});

test('text that is no JSON is none of ours', () => expect(readChange('created', '<html>')).toBeUndefined());

describe('streams', () => {
  test('all who show a collection share one, and it ends with the last of them', () => {
    const told: Change[] = [];
    const stop = start('plants', told);
    start('plants', told);
    FakeSource.all[0]?.say('deleted', { id: '1' });
    expect(told).toEqual([
      { type: 'deleted', id: '1' },
      { type: 'deleted', id: '1' },
    ]);
    stop();
    expect(open()).toEqual(['plants']);
    stops[1]?.();
    expect(open()).toEqual([]);
  });

  test('a third collection waits until a place is free', () => {
    const first = start('a');
    start('b');
    start('c');
    expect(open()).toEqual(['a', 'b']);
    first();
    expect(open()).toEqual(['b', 'c']);
  });

  test('a page that is hidden for long gives them back, and takes them up again when it is shown', () => {
    start('a');
    show('hidden');
    vi.advanceTimersByTime(5_000);
    expect(open()).toEqual(['a']);
    vi.advanceTimersByTime(10_000);
    expect(open()).toEqual([]);
    show('visible');
    expect(open()).toEqual(['a']);
  });

  test('a refused stream is tried again, more and more slowly', () => {
    start('a');
    const triesAfter = (seconds: number): number => {
      vi.advanceTimersByTime(seconds * 1000);
      return FakeSource.all.length;
    };
    FakeSource.all[0]?.refuse();
    expect(triesAfter(1)).toBe(1);
    expect(triesAfter(3)).toBe(2);
    FakeSource.all[1]?.refuse();
    expect(triesAfter(2)).toBe(2);
    expect(triesAfter(4)).toBe(3);
  });

  test('a break that the browser mends by itself is left to it', () => {
    start('a');
    FakeSource.all[0]?.dispatchEvent(new Event('error'));
    vi.advanceTimersByTime(120_000);
    expect(FakeSource.all).toHaveLength(1);
  });

  test('who signs in is another reader: the streams begin anew', () => {
    start('a');
    reopenChannels();
    expect(FakeSource.all.map(({ readyState }) => readyState)).toEqual([2, 0]);
  });
});
