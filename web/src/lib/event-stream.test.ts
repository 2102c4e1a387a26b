import { expect, test } from 'vitest';
import type { EventSourceLike, StreamState } from './event-stream.ts';
import { openEventStream, reconnectDelay } from './event-stream.ts';

class FakeSource implements EventSourceLike {
  readyState = 0;
  closed = false;
  onopen: ((event: Event) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  readonly listeners = new Map<string, (event: MessageEvent<string>) => void>();

  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    this.listeners.set(type, listener);
  }

  close(): void {
    this.closed = true;
  }

  fail(readyState: number): void {
    this.readyState = readyState;
    this.onerror?.(new Event('error'));
  }
}

function start() {
  const sources: FakeSource[] = [];
  const waits: { run: () => void; delayMs: number }[] = [];
  const states: StreamState[] = [];
  const events: string[] = [];
  const stop = openEventStream({
    url: '/events',
    events: ['project'],
    onEvent: (type, data) => events.push(`${type}:${data}`),
    onState: (state) => states.push(state),
    connect: () => {
      const source = new FakeSource();
      sources.push(source);
      return source;
    },
    schedule: (run, delayMs) => {
      waits.push({ run, delayMs });
      return () => waits.splice(0);
    },
  });
  return { sources, waits, states, events, stop };
}

test('an opened stream is live and hands events on', () => {
  const { sources, states, events } = start();
  sources[0]?.onopen?.(new Event('open'));
  sources[0]?.listeners.get('project')?.(new MessageEvent('project', { data: '{}' }));
  expect(states).toEqual(['connecting', 'live']);
  expect(events).toEqual(['project:{}']);
});

test('a drop that the browser mends itself opens no second connection', () => {
  const { sources, states, waits } = start();
  sources[0]?.fail(0);
  expect(states.at(-1)).toBe('lost');
  expect(waits).toHaveLength(0);
  expect(sources).toHaveLength(1);
});

test('a stream closed by an HTTP error is opened anew, later each time', () => {
  const { sources, waits } = start();
  sources[0]?.fail(2);
  waits[0]?.run();
  sources[1]?.fail(2);
  expect(waits.map((wait) => wait.delayMs)).toEqual([500, 1000]);
});

test('a stopped stream closes its source and cancels the retry', () => {
  const { sources, waits, stop } = start();
  sources[0]?.fail(2);
  stop();
  expect(waits).toHaveLength(0);
  expect(sources[0]?.closed).toBe(true);
});

test.each([
  [0, 500],
  [1, 1000],
  [4, 8000],
  [40, 8000],
])('attempt %i waits %i ms', (attempt, wanted) => {
  expect(reconnectDelay(attempt)).toBe(wanted);
});
