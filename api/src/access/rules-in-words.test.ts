import { ACCESS_WHO, DEFAULT_ACCESS } from '@faibric/crds';
import { expect, test } from 'vitest';
import { rulesInWords } from './rules-in-words.ts';

test('the default says that everybody has their own', () => {
  expect(rulesInWords(DEFAULT_ACCESS)).toEqual({
    read: 'Everybody reads what they wrote themselves, and nothing else.',
    create: 'Everybody who can open the app may add to it.',
    update: 'Everybody may change what they wrote themselves.',
    delete: 'Everybody may delete what they wrote themselves.',
  });
});

test('an update that reaches further than reading is told as what comes out of both', () => {
  expect(rulesInWords({ ...DEFAULT_ACCESS, read: 'owner', update: 'anyone' }).update).toBe(
    'Only you change it, because only you read it.',
  );
});

test('every rule is one sentence', () => {
  for (const who of ACCESS_WHO) {
    const words = Object.values(rulesInWords({ read: who, create: who, update: who, delete: who }));
    for (const sentence of words) expect(sentence).toMatch(/^[A-Z][^.]*\.$/);
  }
});
