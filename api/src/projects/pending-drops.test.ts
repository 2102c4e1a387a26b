import { expect, test } from 'vitest';
import { silent } from '../../test/silent-log.ts';
import { makeDrop } from './pending-drops.ts';

test('what cannot be deleted now is deleted later, with growing pauses', async () => {
  let failures = 4;
  const pauses: number[] = [];
  const finished = Promise.withResolvers<void>();
  const drop = makeDrop({
    log: silent,
    wait: async (ms) => {
      pauses.push(ms);
    },
    drop: async () => {
      if (failures > 0) {
        failures -= 1;
        throw new Error('away');
      }
      finished.resolve();
      return 3;
    },
  });
  expect(await drop('k3x9q2')).toBeNull();
  await finished.promise;
  expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000]);
});

test('what can be deleted now is counted', async () => {
  const drop = makeDrop({ log: silent, wait: async () => undefined, drop: async () => 7 });
  expect(await drop('k3x9q2')).toBe(7);
});
