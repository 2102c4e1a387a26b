import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { storageManifest, volumeCount, volumePath } from './node-manifests.ts';

test('the class is the default one, and each volume lies where its data outlive the container', () => {
  const [storageClass, ...volumes] = parseAllDocuments(storageManifest()).map((document) => document.toJS());
  expect(storageClass.metadata).toMatchObject({ name: 'standard' });
  expect(volumes).toHaveLength(volumeCount);
  expect(volumes.map((volume) => volume.spec.hostPath.path)).toEqual(
    Array.from({ length: volumeCount }, (_, index) => volumePath(index + 1)),
  );
  expect(volumePath(1)).toMatch(/^\/var\//);
});
