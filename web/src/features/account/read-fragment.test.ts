import { expect, test } from 'vitest';
import { readFragment } from './read-fragment.ts';

test.each([
  ['nothing', '', {}],
  ['an invite', '#invite=abc_-123', { invite: 'abc_-123' }],
  ['an empty invite', '#invite=', {}],
  ['something else', '#top', {}],
  ['a known error', '#sign-in-error=unavailable', { complaint: expect.stringContaining('does not answer') }],
  ['an error of a newer server', '#sign-in-error=x', { complaint: expect.stringContaining('verified') }],
  [
    'a name of every object',
    '#sign-in-error=constructor',
    { complaint: expect.stringContaining('verified') },
  ],
])('%s is read', (_name, fragment, expected) => {
  expect(readFragment(fragment)).toEqual(expected);
});
