import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { handleSchema } from '../contract/account.ts';
import { handleCandidates } from './handle-candidates.ts';

test.each([
  ['the user name', { preferred_username: 'ada', email: 'x@y.org' }, 'ada'],
  ['a name with capitals and accents', { preferred_username: 'Zoë.Naïve' }, 'zoe-naive'],
  ['the part before the @', { email: 'grace.hopper@navy.mil' }, 'grace-hopper'],
  ['what is no letter at the beginning', { nickname: '42nd street' }, 'nd-street'],
  ['a name without any letter', { preferred_username: '北京', nickname: 'li' }, 'li'],
  ['nothing', {}, 'user'],
  ['numbers and lists', { preferred_username: 7, nickname: ['x'] }, 'user'],
])('%s gives a handle', (_name, claims, expected) => {
  expect(handleCandidates(claims, 3)).toEqual([expected, `${expected}-2`, `${expected}-3`]);
});

test('whatever a provider says, the handles are handles', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      for (const handle of handleCandidates({ preferred_username: text }, 12)) {
        expect(handleSchema.safeParse(handle).success).toBe(true);
      }
    }),
  );
});
