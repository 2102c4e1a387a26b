// When is a cache current enough to reconcile again?
import { describe, expect, test } from 'vitest';
import { createFakeClock, type FakeClock } from '../../test/fake-clock.ts';
import type { KubeClient, KubeObject } from './kube-client.ts';
import { ObjectCache } from './store.ts';
import { createWriteTracker, trackingClient, type WriteTracker } from './write-tracker.ts';

const type = { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps' };
const other = { group: '', version: 'v1', kind: 'Secret', plural: 'secrets' };

function anObject(name: string, version: number, uid = `${name}-1`): KubeObject {
  return { metadata: { name, namespace: 'ns', uid, resourceVersion: String(version) } };
}

function following(): { tracker: WriteTracker; cache: ObjectCache<KubeObject>; clock: FakeClock } {
  const clock = createFakeClock();
  const cache = new ObjectCache<KubeObject>();
  const tracker = createWriteTracker({ clock, holdMs: 5000 });
  tracker.follow({ type, store: cache } as never);
  return { tracker, cache, clock };
}

describe('a write', () => {
  test.each<[string, (cache: ObjectCache<KubeObject>) => void, boolean]>([
    ['holds while the cache knows nothing', () => {}, true],
    ['holds while the cache has the state before', (cache) => cache.upsert(anObject('a', 9)), true],
    [
      'holds while another object is as new as the one before',
      (cache) => cache.upsert(anObject('b', 8)),
      true,
    ],
    ['is seen when the cache has exactly it', (cache) => cache.upsert(anObject('a', 10)), false],
    ['is seen when the cache has something newer', (cache) => cache.upsert(anObject('a', 11)), false],
    ['is seen when a later event of the type has come', (cache) => cache.upsert(anObject('b', 12)), false],
    ['is seen when a bookmark has passed it', (cache) => cache.sawVersion('10'), false],
  ])('%s', (_, change, holds) => {
    const { tracker, cache } = following();
    tracker.wrote('k', type, anObject('a', 10));
    change(cache);
    expect(tracker.pendingMs('k') > 0).toBe(holds);
  });

  test('holds its own key alone', () => {
    const { tracker } = following();
    tracker.wrote('k', type, anObject('a', 10));
    expect(tracker.pendingMs('other')).toBe(0);
  });

  test('holds for five seconds at most', async () => {
    const { tracker, clock } = following();
    tracker.wrote('k', type, anObject('a', 10));
    await clock.advance(4000);
    expect(tracker.pendingMs('k')).toBe(1000);
    await clock.advance(1000);
    expect(tracker.pendingMs('k')).toBe(0);
  });

  test('to a type that no cache follows is not waited for', () => {
    const { tracker } = following();
    tracker.wrote('k', other, anObject('a', 10));
    expect(tracker.pendingMs('k')).toBe(0);
  });

  test('is forgotten with its key', () => {
    const { tracker } = following();
    tracker.wrote('k', type, anObject('a', 10));
    tracker.forget('k');
    expect(tracker.pendingMs('k')).toBe(0);
  });
});

describe('a delete', () => {
  test('holds until the object is gone, replaced or on its way out', () => {
    const { tracker, cache } = following();
    cache.upsert(anObject('a', 5));
    tracker.deleted('k', type, { name: 'a', namespace: 'ns', uid: 'a-1' });
    expect(tracker.pendingMs('k')).toBeGreaterThan(0);
    const leaving = anObject('a', 6);
    leaving.metadata.deletionTimestamp = '2030-01-01T00:00:00Z';
    cache.upsert(leaving);
    expect(tracker.pendingMs('k')).toBe(0);
  });
});

test('the tracking client notes what it writes, and only that', async () => {
  const { tracker } = following();
  const inner = {
    apply: async (_: unknown, object: KubeObject) => ({
      ...object,
      metadata: { ...object.metadata, resourceVersion: '10' },
    }),
    get: async () => anObject('a', 99),
    delete: async () => 'deleted',
  } as unknown as KubeClient;
  const client = trackingClient(inner, tracker, 'k');
  await client.get(type, { name: 'a', namespace: 'ns' });
  await client.apply(type, anObject('a', 0), { dryRun: true });
  expect(tracker.pendingMs('k')).toBe(0);
  await client.apply(type, anObject('a', 0));
  expect(tracker.pendingMs('k')).toBeGreaterThan(0);
  tracker.forget('k');
  await client.delete(type, { name: 'a', namespace: 'ns' });
  expect(tracker.pendingMs('k')).toBe(0);
});
