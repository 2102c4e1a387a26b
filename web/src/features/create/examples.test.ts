import { expect, test } from 'vitest';
import { pickExamples } from './examples.ts';
import { checkPrompt } from './prompt-rules.ts';

test.each([0, 0.4, 0.999])('seed %d gives as many different examples as asked', (seed) => {
  const labels = pickExamples(seed, 5).map((example) => example.label);
  expect(new Set(labels).size).toBe(5);
});

test('every example may be sent as it is', () => {
  for (const example of pickExamples(0, 99)) expect(checkPrompt(example.prompt).sendable).toBe(true);
});
