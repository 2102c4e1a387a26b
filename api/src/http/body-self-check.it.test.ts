import { expect, test } from 'vitest';
import { bodyLimitComplaint } from './body-self-check.ts';

test('Versions: the self-check at start sees 413 for one over-limit body', async () => {
  expect(await bodyLimitComplaint()).toBeNull();
});

test('and complains of a reader that has lost its limit', async () => {
  const limitless = async (req: AsyncIterable<unknown>): Promise<unknown> => {
    for await (const _chunk of req);
    return {};
  };
  expect(await bodyLimitComplaint(limitless)).toContain('200 instead of 413');
});
