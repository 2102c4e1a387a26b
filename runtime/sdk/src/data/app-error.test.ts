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

test('no network, a time-out and anything else thrown become errors too', () => {
  expect(toAppError(new TypeError('Failed to fetch')).code).toBe('unreachable');
  expect(toAppError(new DOMException('x', 'TimeoutError')).code).toBe('unreachable');
  expect(toAppError('odd')).toEqual({ code: 'unexpected', message: 'odd' });
});
