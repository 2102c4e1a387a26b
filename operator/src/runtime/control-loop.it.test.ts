import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ApiServer, startApiServer } from '../../test/api-server.ts';
import { faultyClient, type WriteFault } from '../../test/faulty-client.ts';
import { aClient, aNamespace, kinds } from '../../test/kube.ts';
import { ensureApplied, ensureDeleted } from './apply.ts';
import { type Controller, createController } from './controller.ts';
import { type KubeClient, type KubeObject, refOf } from './kube-client.ts';
import { createReflector, type Reflector } from './reflector.ts';
import { byLabel } from './store.ts';
import { createWriteTracker, trackingClient, type WriteTracker } from './write-tracker.ts';

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

describe('a controller that copies', () => {
  let abort: AbortController;
  let sources: Reflector<ConfigMap>;
  let copies: Reflector<ConfigMap>;
  let controller: Controller;
  let tracker: WriteTracker;
  let writes: string[];
  let reconciles: number;
  let running: Array<Promise<unknown>>;
  let writing: KubeClient;

  beforeEach(async () => {
    writing = client;
    namespace = await aNamespace(client);
    abort = new AbortController();
    writes = [];
    reconciles = 0;
    const common = { client, type: kinds.configMap, namespace, backoff: { baseMs: 50, maxMs: 500 } };
    sources = createReflector<ConfigMap>({ ...common, labelSelector: 'role=source' });
    copies = createReflector<ConfigMap>({
      ...common,
      labelSelector: 'role=copy',
      indexers: { of: byLabel('of') },
    });
    tracker = createWriteTracker();
    tracker.follow(copies);
    controller = createController({ name: 'copy', reconcile, workers: 4, tracker });
    controller.follow(sources, ({ object }) => [`${namespace}/${object.metadata.name}`]);
    controller.follow(copies, ({ object }) => [`${namespace}/${object.metadata.labels?.of}`]);
    running = [sources.start(abort.signal), copies.start(abort.signal), controller.run(abort.signal)];
  });
  afterEach(async () => {
    abort.abort();
    await Promise.all(running);
  });

  async function reconcile(key: string): Promise<undefined> {
    reconciles += 1;
    const writer = counting(trackingClient(writing, tracker, key));
    const source = sources.store.get(key);
    const { name } = refOf(key);
    const known = copies.store.byIndex('of', name);
    if (source === undefined) {
      for (const copy of known) await ensureDeleted(writer, kinds.configMap, copy);
      return undefined;
    }
    const labels = { role: 'copy', of: name };
    const desired: ConfigMap = {
      metadata: { name: `${name}-copy`, namespace, labels },
      data: source.data ?? {},
    };
    const observed = copies.store.get(desired.metadata);
    await ensureApplied(writer, {
      type: kinds.configMap,
      desired,
      observed,
      appliedAnnotation: 'test.dev/applied',
    });
    return undefined;
  }

  function counting(inner: KubeClient): KubeClient {
    const count =
      <A extends unknown[], R>(verb: string, call: (...args: A) => R) =>
      (...args: A): R => {
        writes.push(verb);
        return call(...args);
      };
    return {
      ...inner,
      apply: count('apply', inner.apply),
      replace: count('replace', inner.replace),
      delete: count('delete', inner.delete),
    } as KubeClient;
  }

  function put(name: string, v: string): Promise<ConfigMap> {
    const metadata = { name, namespace, labels: { role: 'source' } };
    return client.apply<ConfigMap>(kinds.configMap, { metadata, data: { v } }, { fieldManager: 'user' });
  }

  async function copied(name: string, v: string | undefined): Promise<void> {
    await vi.waitFor(async () => {
      const copy = await client.get<ConfigMap>(kinds.configMap, { namespace, name: `${name}-copy` });
      expect(copy?.data?.v).toBe(v);
    }, patience);
  }

  test('fifty objects: one write each, changes followed, deletes cleaned up', async () => {
    const names = Array.from({ length: 50 }, (_, i) => `s${i}`);
    for (const name of names) await put(name, '1');
    await vi.waitFor(() => expect(copies.store.size).toBe(50), patience);
    expect(writes).toHaveLength(50);
    await put('s7', '2');
    await copied('s7', '2');
    await client.delete(kinds.configMap, { namespace, name: 's8' });
    await copied('s8', undefined);
    expect(writes).toHaveLength(52);
  });

  test('reading its own writes: ten quick edits cause no write that repeats another', async () => {
    for (let i = 0; i < 10; i += 1) await put('fast', String(i));
    await copied('fast', '9');
    await vi.waitFor(() => expect(controller.depth).toBe(0));
    expect(writes.length).toBeLessThanOrEqual(10);
  });

  test('drift and deletion by hand are undone', async () => {
    await put('d', '1');
    await copied('d', '1');
    const ref = { namespace, name: 'd-copy' };
    const patch = { type: 'merge' as const, body: { data: { v: 'evil' } } };
    await client.patch(kinds.configMap, { ...ref, patch }, { fieldManager: 'kubectl-edit' });
    await copied('d', '1');
    await client.delete(kinds.configMap, ref);
    await vi.waitFor(() => expect(writes.length).toBe(3), patience);
    await copied('d', '1');
  });

  test.each<WriteFault>(['refused', 'lost answer', 'throttled', 'conflict', 'late'])(
    'F5: every other write %s: everything ends up right, without a hot loop',
    async (fault) => {
      let calls = 0;
      const faulty = faultyClient(client, () => (calls++ % 2 === 0 ? fault : 'none'));
      writing = faulty;
      for (let i = 0; i < 10; i += 1) await put(`f${i}`, '1');
      for (let i = 0; i < 10; i += 1) await copied(`f${i}`, '1');
      await client.delete(kinds.configMap, { namespace, name: 'f3' });
      await copied('f3', undefined);
      // One write each and one for the delete, and at most as many again for the failed ones.
      expect(calls).toBeLessThanOrEqual(2 * 11);
      expect(faulty.writes).toBeGreaterThanOrEqual(11);
    },
  );

  test('F3: a restarted API server, and what was changed meanwhile', async () => {
    await put('before', '1');
    await copied('before', '1');
    await server.restart();
    await put('after', '1');
    await copied('after', '1');
    await put('before', '2');
    await copied('before', '2');
    expect(sources.lastSyncAgeMs()).toBeLessThan(30_000);
  });

  test('F3: a frozen API server is waited out', async () => {
    await put('frozen', '1');
    await copied('frozen', '1');
    server.pause();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    server.resume();
    await put('frozen', '2');
    await copied('frozen', '2');
  });

  test('idle: nothing is reconciled, nothing is written', async () => {
    for (let i = 0; i < 20; i += 1) await put(`idle${i}`, '1');
    await vi.waitFor(() => expect(copies.store.size).toBe(20), patience);
    await vi.waitFor(() => expect(controller.depth).toBe(0));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const [wrote, reconciled] = [writes.length, reconciles];
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect([writes.length, reconciles]).toEqual([wrote, reconciled]);
  });
});
