// The recorder never throws, never waits, and does not flood.
import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { createFakeClock, type FakeClock, settle } from '../../test/fake-clock.ts';
import { createEventRecorder, type EventInput, type EventRecorder } from './events.ts';
import type { KubeClient, KubeObject } from './kube-client.ts';
import { KubeError } from './kube-error.ts';
import { createRuntimeMetrics } from './metrics.ts';

interface Written {
  created: Array<KubeObject & Record<string, unknown>>;
  counts: number[];
}

function aRecorder(fault?: () => Error | undefined): {
  recorder: EventRecorder;
  clock: FakeClock;
  written: Written;
  registry: Registry;
} {
  const clock = createFakeClock();
  const written: Written = { created: [], counts: [] };
  const registry = new Registry();
  const write = async (keep: () => void): Promise<void> => {
    const error = fault?.();
    if (error) throw error;
    keep();
  };
  const client = {
    create: (_: unknown, object: Written['created'][0]) => write(() => written.created.push(object)),
    patch: (_: unknown, request: { patch: { body: { series: { count: number } } } }) =>
      write(() => written.counts.push(request.patch.body.series.count)),
  } as unknown as KubeClient;
  const metrics = createRuntimeMetrics(registry);
  const recorder = createEventRecorder({ client, controller: 'c', instance: 'i', clock, metrics });
  return { recorder, clock, written, registry };
}

function anEvent(over: Partial<EventInput> = {}): EventInput {
  const type = { group: 'faibric.dev', version: 'v1alpha1', kind: 'App', plural: 'apps' };
  const object = { metadata: { name: 'a', namespace: 'ns', uid: 'u' } };
  return {
    regarding: { type, object },
    type: 'Normal',
    reason: 'Built',
    action: 'Build',
    note: 'done',
    ...over,
  };
}

test('an event has what events.k8s.io asks for', async () => {
  const { recorder, written } = aRecorder();
  recorder.record(anEvent());
  await settle();
  expect(written.created[0]).toMatchObject({
    metadata: { namespace: 'ns', name: expect.stringMatching(/^a\.[0-9a-f]+$/) },
    eventTime: '2030-01-01T00:00:00.000000Z',
    reportingController: 'c',
    reportingInstance: 'i',
    regarding: { apiVersion: 'faibric.dev/v1alpha1', kind: 'App', name: 'a', uid: 'u' },
  });
});

describe('repeats', () => {
  test('become one event with a series: written at the second, then twice a minute', async () => {
    const { recorder, clock, written } = aRecorder();
    for (let second = 0; second < 120; second += 1) {
      recorder.record(anEvent());
      await clock.advance(1000);
    }
    expect(written.created).toHaveLength(1);
    expect(written.counts).toEqual([2, 32, 62, 92]);
    await recorder.close();
    expect(written.counts.at(-1)).toBe(120);
  });

  test('after six quiet minutes are news again', async () => {
    const { recorder, clock, written } = aRecorder();
    recorder.record(anEvent());
    await clock.advance(6 * 60_000 + 1);
    recorder.record(anEvent());
    await settle();
    expect(written.created).toHaveLength(2);
  });

  test('with another note or of a namesake are others', async () => {
    const { recorder, written } = aRecorder();
    recorder.record(anEvent());
    recorder.record(anEvent({ note: 'again' }));
    const { type } = anEvent().regarding;
    recorder.record(
      anEvent({ regarding: { type, object: { metadata: { name: 'a', namespace: 'ns', uid: 'u2' } } } }),
    );
    await settle();
    expect(written.created).toHaveLength(3);
    expect(new Set(written.created.map(({ metadata }) => metadata.name)).size).toBe(3);
  });

  test('of an event that has expired start a new one', async () => {
    let missing = false;
    const { recorder, written } = aRecorder(() =>
      missing ? new KubeError({ kind: 'notFound' }, '404') : undefined,
    );
    recorder.record(anEvent());
    await settle();
    missing = true;
    recorder.record(anEvent());
    await settle();
    missing = false;
    recorder.record(anEvent());
    await settle();
    expect(written.created).toHaveLength(2);
  });
});

describe('a flood', () => {
  test('of one object is cut at 25, then one in five minutes', async () => {
    const { recorder, clock, written, registry } = aRecorder();
    for (let i = 0; i < 100; i += 1) recorder.record(anEvent({ note: `n${i}` }));
    await settle();
    expect(written.created).toHaveLength(25);
    expect(await registry.metrics()).toContain('event_recorder_dropped_total{why="full"} 75');
    await clock.advance(76 * 300_000);
    recorder.record(anEvent({ note: 'later' }));
    await settle();
    expect(written.created).toHaveLength(26);
  });
});

describe('trouble', () => {
  test('a server that refuses costs the event and nothing else', async () => {
    let down = true;
    const { recorder, written } = aRecorder(() => (down ? new Error('refused') : undefined));
    recorder.record(anEvent());
    await settle();
    down = false;
    recorder.record(anEvent({ reason: 'Deployed' }));
    await settle();
    expect(written.created.map(({ reason }) => reason)).toEqual(['Deployed']);
  });

  test('a long note is cut at 1,024 bytes, between characters', async () => {
    const { recorder, written } = aRecorder();
    recorder.record(anEvent({ note: '😀'.repeat(500) }));
    await settle();
    const note = String(written.created[0]?.note);
    expect(new TextEncoder().encode(note).length).toBeLessThanOrEqual(1024);
    expect(note).toMatch(/^😀+\.\.\.$/u);
  });

  test('an object that cannot be described does not throw', () => {
    const { recorder } = aRecorder();
    expect(() => recorder.record(anEvent({ regarding: undefined as never }))).not.toThrow();
  });
});
