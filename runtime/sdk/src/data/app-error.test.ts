// @vitest-environment happy-dom
// What a person reads when something fails.
import { expect, test } from 'vitest';
import { problemOf, toAppError } from './app-error.ts';

test.each([
  [
    'detail before title',
    400,
    { detail: 'Name is too long.', title: 'Bad', code: 'invalid' },
    'Name is too long.',
    'invalid',
  ],
  ['the title', 409, { title: 'Changed meanwhile' }, 'Changed meanwhile', 'http_409'],
  [
    'a sentence for the status',
    429,
    null,
    'That was too much at once. Wait a moment and try again.',
    'http_429',
  ],
  ['a page of a proxy', 502, '<html>', 'The server has a problem. Try again in a moment.', 'http_502'],
  ['odd types', 418, { detail: 5, code: {} }, 'This did not work.', 'http_418'],
])('%s', (_name, status, body, message, code) =>
  expect(problemOf(status, body)).toEqual({ status, message, code }),
);

test('in another language the sentence is of that language, whatever the server says', () => {
  document.documentElement.lang = 'de';
  expect(problemOf(401, { code: 'wrong_credentials', detail: 'Wrong e-mail or password.' }).message).toBe(
    'E-Mail oder Passwort ist falsch.',
  );
  expect(problemOf(503, { code: 'storage_full', detail: 'Full.' }).message).toMatch(
    /Der Server hat ein Problem/,
  );
  document.documentElement.lang = '';
});

test('a wait that the server asks for is told in seconds, and the field at fault by name', () => {
  expect(problemOf(429, { code: 'rate_limited', detail: 'Slow down.' }, '30')).toMatchObject({
    retryAfter: 30,
  });
  expect(problemOf(400, { code: 'invalid_body', field: 'email' }, null)).not.toHaveProperty('retryAfter');
  expect(problemOf(400, { code: 'invalid_body', field: 'email' })).toMatchObject({ field: 'email' });
});

test('no network, a time-out and anything else thrown become errors too', () => {
  expect(toAppError(new TypeError('Failed to fetch')).code).toBe('unreachable');
  expect(toAppError(new DOMException('x', 'TimeoutError')).code).toBe('unreachable');
  expect(toAppError(new DOMException('x', 'TimeoutError')).message).toMatch(/cannot be reached/);
  expect(toAppError('odd')).toEqual({ code: 'unexpected', message: 'odd' });
});
