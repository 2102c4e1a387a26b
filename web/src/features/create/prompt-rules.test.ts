import { expect, test } from 'vitest';
import { checkPrompt } from './prompt-rules.ts';

test.each([
  ['nothing', '', false],
  ['only spaces', '   \n ', false],
  ['two characters', 'ab', false],
  ['two characters and spaces', '  ab   ', false],
  ['three characters', 'abc', true],
  ['three characters outside the basic plane', '🌱🌿🪴', true],
  ['several lines with tabs', 'A list\n\twith items\r\nand more', true],
  ['exactly the limit', 'x'.repeat(8000), true],
  ['one over the limit', 'x'.repeat(8001), false],
  ['a null character', 'a plant\u0000 tracker', false],
  ['an escape character', 'a \u001b[31m red', false],
  ['a delete character', 'a \u007f tracker', false],
])('%s is sendable or not', (_name, draft, sendable) => {
  expect(checkPrompt(draft).sendable).toBe(sendable);
});

test('too long says by how much', () => {
  expect(checkPrompt('x'.repeat(9234)).complaint).toContain('1,234');
});

test('a draft that is only too short gets no complaint while typing', () => {
  expect(checkPrompt('a').complaint).toBeUndefined();
});

test('the counter shows only when it matters', () => {
  expect(checkPrompt('short').showCounter).toBe(false);
  expect(checkPrompt('x'.repeat(300)).showCounter).toBe(true);
});
