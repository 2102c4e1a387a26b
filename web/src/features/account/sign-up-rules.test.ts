import type { AuthConfig } from '@faibric/api/contract';
import { describe, expect, test } from 'vitest';
import { checkSignUp, maySignUp } from './sign-up-rules.ts';

const config = (signUp: AuthConfig['signUp'], setup = false): AuthConfig => ({
  ...{ mode: 'accounts', oidc: null },
  ...{ signUp, setup },
});

describe('a sign-up is offered', () => {
  test.each([
    ['to everybody where it is open', config('open'), undefined, true],
    ['to nobody without an invite where one is needed', config('invited'), undefined, false],
    ['to who has one', config('invited'), 'abc', true],
    ['to nobody where it is closed', config('closed'), 'abc', false],
    ['to the first admin even there', config('closed', true), 'abc', true],
    ['to nobody without the token before there is an admin', config('invited', true), undefined, false],
  ])('%s', (_name, given, invite, expected) => {
    expect(maySignUp(given, invite)).toBe(expected);
  });
});

test.each([
  ['what may be sent', { handle: 'ada-l', password: 'long enough' }, {}],
  ['capitals', { handle: 'Ada', password: 'long enough' }, { handle: expect.stringContaining('lower-case') }],
  ['a short password', { handle: 'ada', password: 'short' }, { password: expect.stringContaining('8') }],
  ['nothing', { handle: '', password: '' }, { handle: expect.any(String), password: expect.any(String) }],
])('%s: each field has its first complaint', (_name, typed, expected) => {
  expect(checkSignUp(typed)).toEqual(expected);
});
