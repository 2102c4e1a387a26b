import { expect, test } from 'vitest';
import { describeFailure } from './http.ts';

test.each([
  ['a problem with detail shows the detail', 400, '{"title":"Bad","detail":"Too short."}', 'Too short.'],
  ['a problem with only a title shows the title', 409, '{"title":"Name taken"}', 'Name taken'],
  ['a proxy error without JSON says that Faibric restarts', 503, 'Bad gateway', /starting or restarting/],
  ['too many requests says to wait', 429, '', /Wait a moment/],
  ['anything else names the status', 500, '<html>', /500/],
])('%s', (_name, status, text, wanted) => {
  expect(describeFailure(status, text).message).toMatch(wanted);
});

test('the code of the problem is kept, else made from the status', () => {
  expect(describeFailure(400, '{"code":"prompt_too_short"}').code).toBe('prompt_too_short');
  expect(describeFailure(500, 'x').code).toBe('http_500');
});
