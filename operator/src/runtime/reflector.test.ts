// The reflector, through the real client, against a server that misbehaves. Claims F3 and F4: whatever the
// wire does, the cache ends up equal to the server, and the server is not hammered.
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  answerStatus,
  type FakeApiServer,
  fakeType,
  startFakeApiServer,
} from '../../test/fake-api-server.ts';
import { createFakeClock, type FakeClock } from '../../test/fake-clock.ts';
import { type ClosableKubeClient, createKubeClient } from '../adapters/kubernetes/kube-http-client.ts';
import { PooledKubeConfig } from '../adapters/kubernetes/pooled-client.ts';
import type { KubeObject } from './kube-client.ts';
import { createRuntimeMetrics } from './metrics.ts';
import { createReflector, type Reflector, type ReflectorOptions } from './reflector.ts';

interface ConfigMap extends KubeObject {
  data: Record<string, string>;
}

let server: FakeApiServer;
let client: ClosableKubeClient;
let clock: FakeClock;
let abort: AbortController;
let registry: Registry;
let changes: string[];
let running: Promise<void> | undefined;

beforeEach(async () => {
  server = await startFakeApiServer();
  const config = new PooledKubeConfig();
  config.loadFromClusterAndUser({ name: 'c', server: server.url, skipTLSVerify: true }, { name: 'u' });
  client = createKubeClient(config, { fieldManager: 'test' });
  clock = createFakeClock();
  abort = new AbortController();
  registry = new Registry();
  changes = [];
});

afterEach(async () => {
  abort.abort();
  await clock.advance(60_000);
  await running;
  await client.close();
  await server.close();
});

function aReflector(options: Partial<ReflectorOptions<ConfigMap>> = {}): Reflector<ConfigMap> {
  const reflector = createReflector<ConfigMap>({
    client,
    type: fakeType,
    namespace: 'ns',
    clock,
    random: () => 0.5,
    metrics: createRuntimeMetrics(registry),
    ...options,
  });
  reflector.onChange(({ type, object, initial, tombstone }) => {
    const marks = `${initial ? ' initial' : ''}${tombstone ? ' tombstone' : ''}`;
    changes.push(`${type} ${object.metadata.name} ${object.data.v ?? ''}${marks}`);
  });
  running = reflector.start(abort.signal);
  return reflector;
}

async function following(options: Partial<ReflectorOptions<ConfigMap>> = {}): Promise<Reflector<ConfigMap>> {
  const reflector = aReflector(options);
  await vi.waitFor(() => expect(server.open.size).toBe(1));
  return reflector;
}

async function equalToServer(
  reflector: Reflector<ConfigMap>,
  expected: Record<string, string>,
): Promise<void> {
  await vi.waitFor(() => {
    const cached = reflector.store.list().map(({ metadata, data }) => [metadata.name, data.v]);
    expect(Object.fromEntries(cached)).toEqual(expected);
  });
}

function theWatch(): ReturnType<FakeApiServer['open']['values']> extends Iterator<infer W> ? W : never {
  const [watch] = server.open;
  if (watch === undefined) throw new Error('no watch is open');
  return watch;
}

describe('following', () => {
  test('lists in pages, then watches from the list, with bookmarks and a time-out of 300 to 600 s', async () => {
    for (let i = 0; i < 5; i += 1) server.put(`cm${i}`, { v: String(i) });
    const reflector = aReflector({ pageSize: 2 });
    expect(reflector.hasSynced()).toBe(false);
    await reflector.whenSynced();
    expect(reflector.store.size).toBe(5);
    expect(server.lists.map((query) => query.get('continue'))).toEqual([null, '2', '4']);
    await vi.waitFor(() => expect(server.open.size).toBe(1));
    const query = server.watches[0];
    expect(query?.get('resourceVersion')).toBe('105');
    expect(query?.get('allowWatchBookmarks')).toBe('true');
    expect(Number(query?.get('timeoutSeconds'))).toBe(450);
    expect(changes.every((change) => change.endsWith('initial'))).toBe(true);
  });

  test('tells additions, changes and deletes, and drops managedFields', async () => {
    const reflector = await following();
    server.put('a', { v: '1' });
    server.put('a', { v: '2' });
    server.put('b', { v: '1' });
    server.remove('b');
    await vi.waitFor(() => expect(changes).toHaveLength(4));
    expect(changes).toEqual(['added a 1', 'updated a 2', 'added b 1', 'deleted b 1']);
    expect(JSON.stringify(reflector.store.list())).not.toContain('managedFields');
  });

  test('a transform slims objects and leaves some out', async () => {
    const transform = (object: KubeObject): ConfigMap | undefined => {
      const { metadata, data } = object as ConfigMap;
      return data.keep === 'no' ? undefined : { metadata, data: { v: 'slim' } };
    };
    const reflector = await following({ transform });
    server.put('a', { v: 'long' });
    server.put('b', { v: 'long', keep: 'no' });
    server.put('c', { v: 'long' });
    await equalToServer(reflector, { a: 'slim', c: 'slim' });
    server.put('a', { v: 'long', keep: 'no' });
    await equalToServer(reflector, { c: 'slim' });
  });

  test('a handler that throws harms nobody and is counted', async () => {
    const reflector = aReflector();
    reflector.onChange(() => {
      throw new Error('a bug');
    });
    server.put('a', { v: '1' });
    await equalToServer(reflector, { a: '1' });
    const errors = await registry.getSingleMetric('reflector_handler_errors_total')?.get();
    expect(errors?.values[0]?.value).toBeGreaterThan(0);
  });

  test('an object that an index cannot read does not keep the others out', async () => {
    const index = ({ data }: ConfigMap): string[] => {
      if (data.v === 'poison') throw new Error('a bug');
      return [data.v ?? ''];
    };
    server.put('a', { v: 'poison' });
    server.put('b', { v: 'good' });
    const reflector = await following({ indexers: { v: index } });
    expect(reflector.store.size).toBe(2);
    expect(reflector.store.byIndex('v', 'good')).toHaveLength(1);
    server.put('c', { v: 'poison' });
    await equalToServer(reflector, { a: 'poison', b: 'good', c: 'poison' });
  });

  test('lists in full every ten minutes and finds what the watch never told', async () => {
    const reflector = await following();
    server.put('known', { v: '1' });
    await equalToServer(reflector, { known: '1' });
    server.quiet = true;
    server.put('missed', { v: '1' });
    server.remove('known');
    const lists = server.lists.length;
    // The watch is kept from looking silent, so that only the periodic list can help.
    for (let minute = 0; minute < 40 && server.lists.length === lists; minute += 1) {
      for (const watch of server.open) watch.send('BOOKMARK', { metadata: { resourceVersion: '102' } });
      await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(20_000);
    }
    await equalToServer(reflector, { missed: '1' });
    expect(changes).toContain('deleted known 1 tombstone');
  });
});

describe('a watch that goes wrong', () => {
  test('silence: opened anew from the last version within 25 s, without a list', async () => {
    const reflector = await following();
    server.put('a', { v: '1' });
    await equalToServer(reflector, { a: '1' });
    server.quiet = true;
    server.put('b', { v: '1' });
    server.quiet = false;
    const lists = server.lists.length;
    await clock.advance(25_000);
    await vi.waitFor(() => expect(server.watches).toHaveLength(2));
    expect(server.watches[1]?.get('resourceVersion')).toBe('101');
    expect(server.lists).toHaveLength(lists);
  });

  test('ended by the server: opened anew at once', async () => {
    await following();
    await clock.advance(20_000);
    server.put('a', { v: '1' });
    await vi.waitFor(() => expect(changes).toHaveLength(1));
    theWatch().end();
    await vi.waitFor(() => expect(clock.pending()).toEqual([450]));
    await clock.advance(450);
    await vi.waitFor(() => expect(server.watches).toHaveLength(2));
    expect(server.watches[1]?.get('resourceVersion')).toBe('101');
  });

  test('cut in mid-line: the torn event is dropped and comes again', async () => {
    const reflector = await following();
    server.put('a', { v: '1' });
    await equalToServer(reflector, { a: '1' });
    const watch = theWatch();
    server.quiet = true;
    const half = JSON.stringify({ type: 'MODIFIED', object: server.put('a', { v: '12' }) });
    watch.raw(half.slice(0, half.indexOf('"12"') + 2));
    watch.cut();
    await vi.waitFor(() => expect(clock.pending().length).toBe(1));
    expect(reflector.store.get('ns/a')?.data.v).toBe('1');
    await clock.advance(20_000);
    await vi.waitFor(() => expect(server.watches).toHaveLength(2));
  });

  test('an event split over many packets is one event', async () => {
    const reflector = await following();
    server.quiet = true;
    const line = `${JSON.stringify({ type: 'ADDED', object: server.put('ä', { v: 'ü€😀' }) })}\n`;
    const bytes = Buffer.from(line);
    for (let i = 0; i < bytes.length; i += 7) {
      theWatch().raw(bytes.subarray(i, i + 7) as never);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await equalToServer(reflector, { ä: 'ü€😀' });
  });

  test('no JSON: taken as a broken connection', async () => {
    await following();
    theWatch().raw('<html>a proxy was here</html>\n');
    await vi.waitFor(() => expect(clock.pending().length).toBe(1));
    await clock.advance(20_000);
    await vi.waitFor(() => expect(server.watches).toHaveLength(2));
  });

  test('410 in the stream: lists again and tells only the differences', async () => {
    server.put('same', { v: '1' });
    server.put('old', { v: '1' });
    const reflector = await following();
    await clock.advance(10_000);
    server.quiet = true;
    server.remove('old');
    server.put('new', { v: '1' });
    changes.length = 0;
    theWatch().send('ERROR', {
      kind: 'Status',
      code: 410,
      reason: 'Expired',
      message: 'too old resource version',
    });
    await vi.waitFor(() => expect(clock.pending().length).toBe(1));
    await clock.advance(1000);
    await equalToServer(reflector, { same: '1', new: '1' });
    expect(changes).toEqual(['deleted old 1 tombstone', 'added new 1']);
  });

  test('410 as an answer, for ever: lists and watches at most every few seconds in the end', async () => {
    server.watchFault = (_, response) => answerStatus(response, 410, { reason: 'Gone' });
    aReflector();
    for (let second = 0; second < 120; second += 1) {
      await vi.waitFor(() => expect(clock.pending().length).toBeGreaterThan(0));
      await clock.advance(1000);
    }
    expect(server.watches.length).toBeGreaterThan(3);
    expect(server.watches.length).toBeLessThan(30);
  });

  test('closed at once every time: fewer than one watch a second', async () => {
    server.watchFault = (_, response) => {
      response.writeHead(200).end();
      return true;
    };
    aReflector();
    for (let second = 0; second < 60; second += 1) {
      await vi.waitFor(() => expect(clock.pending().length).toBeGreaterThan(0));
      await clock.advance(1000);
    }
    expect(server.watches.length).toBeLessThan(20);
  });

  test('reordered, repeated and stale events: the newest state wins', async () => {
    const reflector = await following();
    server.quiet = true;
    const first = server.put('a', { v: '1' });
    const second = server.put('a', { v: '2' });
    const gone = server.put('b', { v: '1' });
    const deleted = server.remove('b');
    const watch = theWatch();
    watch.send('MODIFIED', second);
    watch.send('ADDED', first);
    watch.send('MODIFIED', second);
    watch.send('DELETED', deleted);
    watch.send('ADDED', gone);
    watch.send('ADDED', server.put('end', { v: '1' }));
    await equalToServer(reflector, { a: '2', end: '1' });
    expect(changes).toEqual(['added a 2', 'added end 1']);
  });

  test('a namesake created while the watch was down is a delete and an add', async () => {
    server.put('a', { v: 'old' });
    const reflector = await following();
    server.quiet = true;
    server.remove('a');
    server.put('a', { v: 'new' }, 'a-2');
    theWatch().send('ERROR', { code: 410 });
    await vi.waitFor(() => expect(clock.pending().length).toBe(1));
    await clock.advance(1000);
    await equalToServer(reflector, { a: 'new' });
    expect(changes.slice(1)).toEqual(['deleted a old tombstone', 'added a new']);
  });
});

describe('a list that goes wrong', () => {
  test.each<[string, Parameters<typeof answerStatus>[2], number]>([
    ['500', {}, 500],
    ['429', { reason: 'TooManyRequests', details: { retryAfterSeconds: 3 } }, 429],
    ['403', { reason: 'Forbidden' }, 403],
  ])('%s: tried again with a growing wait, for ever', async (_, status, code) => {
    server.listFault = (__, response) => answerStatus(response, code, status);
    const reflector = aReflector();
    for (let second = 0; second < 120; second += 1) {
      await vi.waitFor(() => expect(clock.pending().length).toBeGreaterThan(0));
      await clock.advance(1000);
    }
    expect(server.lists.length).toBeGreaterThan(5);
    expect(server.lists.length).toBeLessThan(20);
    expect(reflector.hasSynced()).toBe(false);
    expect(reflector.lastSyncAgeMs()).toBe(120_000);
    server.listFault = undefined;
    await clock.advance(20_000);
    await reflector.whenSynced();
    await vi.waitFor(() => expect(reflector.lastSyncAgeMs()).toBeLessThan(1000));
  });

  test('a continue token that expires half way: starts over', async () => {
    for (let i = 0; i < 4; i += 1) server.put(`cm${i}`);
    let expired = false;
    server.listFault = ({ query }, response) => {
      if (expired || query.get('continue') === null) return false;
      expired = true;
      return answerStatus(response, 410, { reason: 'Expired' });
    };
    const reflector = aReflector({ pageSize: 2 });
    await vi.waitFor(() => expect(clock.pending().length).toBe(1));
    await clock.advance(1000);
    await reflector.whenSynced();
    expect(reflector.store.size).toBe(4);
    expect(changes).toHaveLength(4);
  });

  test('a server that lags behind what was seen is not believed, until it is clear that it was set back', async () => {
    server.put('a', { v: '1' });
    const reflector = await following();
    await equalToServer(reflector, { a: '1' });
    // Restored from a backup: older version, and the object is not there yet.
    server.quiet = true;
    server.remove('a');
    server.version = 50;
    theWatch().send('ERROR', { code: 410 });
    await vi.waitFor(() => expect(clock.pending().length).toBe(1));
    await clock.advance(1000);
    await vi.waitFor(() => expect(server.lists.length).toBe(2));
    expect(reflector.store.size).toBe(1);
    for (let second = 0; second < 60; second += 1) {
      await vi.waitFor(() => expect(clock.pending().length).toBeGreaterThan(0));
      await clock.advance(1000);
    }
    expect(reflector.store.size).toBe(0);
    expect(reflector.store.resourceVersion).toBe('50');
  });
});

test('stopping ends the watch and the loop', async () => {
  await following();
  abort.abort();
  await running;
  await vi.waitFor(() => expect(server.open.size).toBe(0));
});
