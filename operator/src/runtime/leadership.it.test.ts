// Leadership and events against a real API server: one leader at a time, also when it is frozen (claim F2).
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type ApiServer, startApiServer } from '../../test/api-server.ts';
import { aClient, aNamespace, kinds } from '../../test/kube.ts';
import { createEventRecorder, eventType } from './events.ts';
import type { KubeObject } from './kube-client.ts';
import { runAsLeader } from './leader-election.ts';
import { leaseType, readLease } from './lease.ts';
import { createReflector } from './reflector.ts';

interface ConfigMap extends KubeObject {
  data?: Record<string, string>;
}

let server: ApiServer;
let client: ReturnType<typeof aClient>;
let namespace: string;

beforeAll(async () => {
  server = await startApiServer();
  client = aClient(server.kubeconfig, 'operator');
});
afterAll(async () => {
  await client?.close();
  await server?.stop();
});

const patience = { timeout: 30_000, interval: 20 };

describe('leadership', () => {
  test('F2: two candidates on a real Lease: one leads, the other follows when it ends in peace', async () => {
    namespace = await aNamespace(client);
    const log: string[] = [];
    const candidate = (identity: string, until: Promise<void>, stop: AbortSignal) => {
      const options = { client, namespace, name: 'op', identity, retryMs: 100 };
      const lead = (): Promise<void> => {
        log.push(identity);
        return until;
      };
      return runAsLeader(options, lead, stop);
    };
    const first = Promise.withResolvers<void>();
    const stop = new AbortController();
    const a = candidate('a', first.promise, stop.signal);
    await vi.waitFor(() => expect(log).toEqual(['a']), patience);
    const b = candidate('b', Promise.resolve(), stop.signal);
    const lease = await readLease(client, { namespace, name: 'op' });
    expect(lease?.spec).toMatchObject({ holderIdentity: 'a', leaseDurationSeconds: 15, leaseTransitions: 0 });
    first.resolve();
    expect(await a).toBe('stopped');
    expect(await b).toBe('stopped');
    expect(log).toEqual(['a', 'b']);
    const after = await readLease(client, { namespace, name: 'op' });
    expect(after?.spec.leaseTransitions).toBe(1);
  });

  test('F2: a lease taken by hand is noticed, and the leader fences itself', async () => {
    namespace = await aNamespace(client);
    let reason: unknown;
    const lead = (signal: AbortSignal): Promise<void> =>
      new Promise((resolve) =>
        signal.addEventListener('abort', () => {
          reason = signal.reason;
          resolve();
        }),
      );
    const options = { client, namespace, name: 'op', identity: 'a', retryMs: 100 };
    const running = runAsLeader(options, lead, new AbortController().signal);
    await vi.waitFor(async () => {
      const lease = await readLease(client, { namespace, name: 'op' });
      expect(lease?.spec.holderIdentity).toBe('a');
    }, patience);
    const body = { spec: { holderIdentity: 'thief' } };
    await client.patch(leaseType, { namespace, name: 'op', patch: { type: 'merge', body } });
    expect(await running).toBe('lost');
    expect(String(reason)).toContain('leadership was lost');
    const after = await readLease(client, { namespace, name: 'op' });
    expect(after?.spec.holderIdentity).toBe('thief');
  });
});

test('F2: a leader frozen beyond its lease is followed, and writes nothing when it wakes', async () => {
  namespace = await aNamespace(client);
  const page: ConfigMap = { metadata: { name: 'page', namespace } };
  await client.create(kinds.configMap, page);
  const writers: string[] = [];
  const abort = new AbortController();
  const following = createReflector<ConfigMap>({ client, type: kinds.configMap, namespace });
  following.onChange(({ object }) => writers.push(object.data?.by ?? 'nobody'));
  const running = following.start(abort.signal);
  const script = join(import.meta.dirname, '../../test/leader-process.ts');
  const candidate = (name: string) => {
    const child = fork(script, [server.kubeconfig, namespace, name], { execArgv: [] });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  };
  const a = candidate('a');
  await vi.waitFor(() => expect(writers).toContain('a'), patience);
  const b = candidate('b');
  await new Promise((resolve) => b.once('spawn', resolve));
  a.kill('SIGSTOP');
  await vi.waitFor(() => expect(writers).toContain('b'), patience);
  const ended = new Promise((resolve) => a.once('exit', resolve));
  a.kill('SIGCONT');
  expect(await ended).toBe(3);
  b.kill('SIGKILL');
  await new Promise((resolve) => b.once('exit', resolve));
  expect(writers.lastIndexOf('a')).toBeLessThan(writers.indexOf('b'));
  abort.abort();
  await running;
});

describe('events', () => {
  test('are written in events.k8s.io/v1, repeats as a series', async () => {
    namespace = await aNamespace(client);
    const object = await client.create<ConfigMap>(kinds.configMap, {
      metadata: { name: 'subject', namespace },
    });
    const recorder = createEventRecorder({ client, controller: 'test.dev/operator', instance: 'pod-1' });
    const event = { regarding: { type: kinds.configMap, object }, type: 'Normal', action: 'Build' } as const;
    for (let i = 0; i < 5; i += 1) recorder.record({ ...event, reason: 'Built', note: 'image built' });
    recorder.record({ ...event, reason: 'Deployed', note: `${'ü'.repeat(2000)}` });
    await recorder.close();
    type Event = KubeObject & {
      reason: string;
      note: string;
      series?: { count: number };
      regarding: { uid: string };
    };
    const { items } = await client.list<Event>(eventType, { namespace });
    const built = items.find(({ reason }) => reason === 'Built');
    expect(built?.series?.count).toBe(5);
    expect(built?.regarding.uid).toBe(object.metadata.uid);
    expect(items.filter(({ reason }) => reason === 'Built')).toHaveLength(1);
    expect(items.find(({ reason }) => reason === 'Deployed')?.note).toMatch(/ü\.\.\.$/);
    const core = { group: '', version: 'v1', kind: 'Event', plural: 'events' };
    const shown = await client.list<KubeObject & { involvedObject?: { name: string } }>(core, { namespace });
    expect(shown.items.map(({ involvedObject }) => involvedObject?.name)).toContain('subject');
  });
});
