// The cache against events that come twice, late, out of order, or for a namesake.
import { describe, expect, test } from 'vitest';
import type { KubeObject } from './kube-client.ts';
import { byLabel, byOwnerUid, ObjectCache } from './store.ts';

function anObject(name: string, version: number, meta: Partial<KubeObject['metadata']> = {}): KubeObject {
  return { metadata: { name, namespace: 'ns', uid: `${name}-1`, resourceVersion: String(version), ...meta } };
}

function types(changes: Array<{ type: string; object: KubeObject }>): string[] {
  return changes.map(
    ({ type, object }) => `${type} ${object.metadata.uid}@${object.metadata.resourceVersion}`,
  );
}

describe('events', () => {
  test('added, changed and deleted objects are told as such', () => {
    const cache = new ObjectCache();
    expect(types(cache.upsert(anObject('a', 1)))).toEqual(['added a-1@1']);
    expect(types(cache.upsert(anObject('a', 2)))).toEqual(['updated a-1@2']);
    expect(types(cache.remove(anObject('a', 3)))).toEqual(['deleted a-1@3']);
    expect(cache.size).toBe(0);
    expect(cache.resourceVersion).toBe('3');
  });

  test.each([
    ['the same event again', anObject('a', 5)],
    ['an older state', anObject('a', 4)],
    ['a state older by digits, not by text', anObject('a', 3)],
  ])('%s changes nothing', (_, late) => {
    const cache = new ObjectCache();
    cache.upsert(anObject('a', 5));
    expect(cache.upsert(late)).toEqual([]);
    expect(cache.get('ns/a')?.metadata.resourceVersion).toBe('5');
  });

  test('9 is older than 10', () => {
    const cache = new ObjectCache();
    cache.upsert(anObject('a', 10));
    expect(cache.upsert(anObject('a', 9))).toEqual([]);
  });

  test('a late event does not bring a deleted object back', () => {
    const cache = new ObjectCache();
    cache.upsert(anObject('a', 1));
    cache.remove(anObject('a', 3));
    expect(cache.upsert(anObject('a', 2))).toEqual([]);
    expect(cache.size).toBe(0);
  });

  test('a late delete does not remove a newer object', () => {
    const cache = new ObjectCache();
    cache.upsert(anObject('a', 7));
    expect(cache.remove(anObject('a', 6))).toEqual([]);
    expect(cache.size).toBe(1);
  });

  test('a namesake is a delete and an add, never an update', () => {
    const cache = new ObjectCache();
    cache.upsert(anObject('a', 1));
    expect(types(cache.upsert(anObject('a', 9, { uid: 'a-2' })))).toEqual(['deleted a-1@1', 'added a-2@9']);
  });

  test('the delete of the first does not remove its namesake', () => {
    const cache = new ObjectCache();
    cache.upsert(anObject('a', 9, { uid: 'a-2' }));
    expect(cache.remove(anObject('a', 5))).toEqual([]);
    expect(cache.get({ namespace: 'ns', name: 'a' })?.metadata.uid).toBe('a-2');
  });
});

describe('a full list', () => {
  test('is told as its differences alone', () => {
    const cache = new ObjectCache();
    cache.replace([anObject('a', 1), anObject('b', 2), anObject('c', 3)], '3');
    const changes = cache.replace([anObject('a', 1), anObject('b', 5), anObject('d', 6)], '8');
    expect(types(changes)).toEqual(['deleted c-1@3', 'updated b-1@5', 'added d-1@6']);
    expect(changes[0]?.tombstone).toBe(true);
    expect(cache.resourceVersion).toBe('8');
  });

  test('of a server set back in time is taken as it is', () => {
    const cache = new ObjectCache();
    cache.replace([anObject('a', 90), anObject('b', 91)], '91');
    const changes = cache.replace([anObject('a', 40)], '45');
    expect(types(changes)).toEqual(['deleted b-1@91', 'updated a-1@40']);
    expect(cache.resourceVersion).toBe('45');
    expect(types(cache.upsert(anObject('a', 46)))).toEqual(['updated a-1@46']);
  });
});

describe('indexes', () => {
  test('follow an object through its changes', () => {
    const cache = new ObjectCache({ app: byLabel('app'), owner: byOwnerUid() });
    const owner = { apiVersion: 'v1', kind: 'X', name: 'x', uid: 'u1' };
    cache.upsert(anObject('a', 1, { labels: { app: 'one' }, ownerReferences: [owner] }));
    cache.upsert(anObject('b', 2, { labels: { app: 'one' } }));
    expect(cache.byIndex('app', 'one').map((o) => o.metadata.name)).toEqual(['a', 'b']);
    cache.upsert(anObject('a', 3, { labels: { app: 'two' } }));
    expect(cache.byIndex('app', 'one').map((o) => o.metadata.name)).toEqual(['b']);
    expect(cache.byIndex('app', 'two').map((o) => o.metadata.name)).toEqual(['a']);
    expect(cache.byIndex('owner', 'u1')).toEqual([]);
    cache.remove(anObject('a', 4));
    expect(cache.byIndex('app', 'two')).toEqual([]);
  });

  test('one that does not exist is a mistake of the caller', () => {
    expect(() => new ObjectCache().byIndex('nope', 'x')).toThrow('no index "nope"');
  });
});
