// The reflector, through the real client: follows, lists again, and bears lists that go wrong (claims F3 and F4).
import { describe, expect, test, vi } from 'vitest';
import { answerStatus } from '../../test/fake-api-server.ts';
import {
  abort,
  aReflector,
  type ConfigMap,
  changes,
  clock,
  equalToServer,
  following,
  registry,
  running,
  server,
  theWatch,
} from '../../test/reflector-rig.ts';
import type { KubeObject } from './kube-client.ts';

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
