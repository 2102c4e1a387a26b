// The informer cache against a pretended API server that pages, cuts, forgets and fails: it must always come back to
// what the server has, and never tell of a change twice.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silent } from '../../test/api-server.ts';
import { type FakeKube, startFakeKube } from '../../test/fake-kube.ts';
import { anApp } from '../../test/memory-cluster.ts';
import { type KubeClient, makeKubeClient } from './kube-client.ts';
import { type RunningCache, startProjectCache } from './project-cache.ts';

let kube: FakeKube;
let client: KubeClient;
let cache: RunningCache;
let changes: string[];

beforeEach(async () => {
  kube = await startFakeKube();
  client = makeKubeClient({ server: kube.url, tls: {}, authorization: async () => 'Bearer token' });
});
afterEach(async () => {
  cache?.stop();
  await client.close();
  kube.stop();
});

const start = (): void => {
  changes = [];
  // Pauses between tries are multiplied by half of this jitter and up: the shortest there is.
  cache = startProjectCache({
    client,
    namespace: 'faibric-apps',
    log: silent,
    now: Date.now,
    random: () => 0,
  });
  cache.subscribe(({ name, app }) => changes.push(`${app === null ? '-' : '+'}${name}`));
};
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};
const names = (): string[] =>
  cache
    .list()
    .map(({ metadata }) => metadata.name)
    .sort();
const addToServer = (name: string) => {
  const app = anApp({ name, spec: { id: name } });
  kube.apps.set(name, app);
  return app;
};

describe('the cache', () => {
  test('reads all pages, then follows', async () => {
    kube.pageSize = 2;
    for (const name of ['aa', 'bb', 'cc', 'dd', 'ee']) addToServer(name);
    start();
    expect(cache.isSynced()).toBe(false);
    expect(cache.problem()).toContain('still being read');
    await until(() => kube.watches() === 1);
    expect(names()).toEqual(['aa', 'bb', 'cc', 'dd', 'ee']);
    expect(kube.requests.filter((line) => !line.includes('watch'))).toHaveLength(3);
    expect(cache.problem()).toBeNull();
    kube.emit('ADDED', anApp({ name: 'ff', spec: { id: 'ff' } }));
    kube.emit('DELETED', kube.apps.get('aa'));
    await until(() => changes.at(-1) === '-aa');
    expect(names()).toEqual(['bb', 'cc', 'dd', 'ee', 'ff']);
  });

  test('sees what happened while the connection was cut, also deletions', async () => {
    const gone = addToServer('gone');
    start();
    await until(() => kube.watches() === 1);
    kube.apps.delete(gone.metadata.name);
    addToServer('fresh');
    kube.cut();
    await until(() => changes.includes('-gone') && changes.includes('+fresh'));
    await until(() => kube.watches() === 1);
    expect(names()).toEqual(['fresh']);
  });

  test('lists anew after 410 Gone and after garbage', async () => {
    start();
    await until(() => kube.watches() === 1);
    addToServer('late');
    kube.emit('ERROR', { kind: 'Status', code: 410, metadata: {} });
    await until(() => names().includes('late'));
    await until(() => kube.watches() === 1);
    addToServer('later');
    kube.emit('NONSENSE', { x: 1 });
    await until(() => names().includes('later'));
  });

  test('a list that fails is tried again', async () => {
    addToServer('aa');
    kube.failLists = 2;
    start();
    await until(() => cache.isSynced());
    expect(names()).toEqual(['aa']);
  });

  test('the same version is told of once, and bookmarks move the version on', async () => {
    const app = addToServer('aa');
    start();
    await until(() => kube.watches() === 1);
    kube.emit('ADDED', app);
    kube.emit('BOOKMARK', { metadata: { resourceVersion: '2000' } });
    kube.emit('MODIFIED', anApp({ name: 'aa', spec: { id: 'aa' } }));
    await until(() => changes.length === 2);
    expect(changes).toEqual(['+aa', '+aa']);
  });

  test('an app that does not fit the schema is left out and stops nothing', async () => {
    addToServer('aa');
    kube.apps.set('bad', { ...anApp({ name: 'bad' }), spec: 7 } as never);
    start();
    await until(() => cache.isSynced());
    expect(names()).toEqual(['aa']);
  });

  test('a listener that throws stops neither the cache nor the others', async () => {
    start();
    cache.subscribe(() => {
      throw new Error('on purpose');
    });
    const seen: string[] = [];
    cache.subscribe(({ name }) => seen.push(name));
    await until(() => kube.watches() === 1);
    kube.emit('ADDED', anApp({ name: 'aa', spec: { id: 'aa' } }));
    await until(() => seen.length === 1);
  });

  test('what we just wrote is there at once, and an older copy never replaces a newer one', async () => {
    start();
    await until(() => cache.isSynced());
    const older = anApp({ name: 'aa', spec: { id: 'aa' } });
    const newer = { ...older, metadata: { ...older.metadata, resourceVersion: '999999' } };
    cache.note(newer);
    cache.note(older);
    expect(cache.list()[0]?.metadata.resourceVersion).toBe('999999');
  });
});
