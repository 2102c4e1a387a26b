import { expect, test } from 'vitest';
import { anApp, memoryCluster } from '../../test/memory-cluster.ts';
import { makeAppIndex } from './app-index.ts';

test('apps are found by id, also those that come, change their id in the status, and go', async () => {
  const cluster = memoryCluster();
  cluster.put(anApp({ name: 'first', spec: { id: 'aaaaaa' } }));
  const index = makeAppIndex(cluster.cache);
  expect(index.find('aaaaaa')?.metadata.name).toBe('first');
  expect(index.find('bbbbbb')).toBeNull();

  const late = anApp({ name: 'late', spec: { id: undefined }, status: { appId: 'bbbbbb' } });
  cluster.put(late);
  expect(index.find('bbbbbb')?.metadata.name).toBe('late');
  cluster.put({ ...late, status: { appId: 'cccccc' } });
  expect(index.find('bbbbbb')).toBeNull();
  expect(index.find('cccccc')?.metadata.name).toBe('late');

  await cluster.writer.remove(late);
  expect(index.find('cccccc')).toBeNull();
});

test('of two apps with one id the older has it, and the younger when the older is gone', async () => {
  const cluster = memoryCluster();
  const older = anApp({ name: 'older', spec: { id: 'aaaaaa' } });
  const younger = anApp({ name: 'younger', spec: { id: 'aaaaaa' } });
  const index = makeAppIndex(cluster.cache);
  cluster.put(younger);
  cluster.put(older);
  expect(index.find('aaaaaa')?.metadata.name).toBe('older');
  await cluster.writer.remove(older);
  expect(index.find('aaaaaa')?.metadata.name).toBe('younger');
});
