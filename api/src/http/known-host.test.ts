import { expect, test } from 'vitest';
import { isKnownHost } from './known-host.ts';

test.each([
  ['faibric.localhost', true],
  ['faibric.localhost:8080', true],
  ['Faibric.LocalHost.', true],
  ['localhost:3000', true],
  ['127.0.0.1:41234', true],
  ['[::1]:3000', true],
  ['evil.test', false],
  ['evil.test:80', false],
  ['faibric.localhost.evil.test', false],
  ['xfaibric.localhost', false],
  ['me-plants-k3x9q2.localhost', false],
  ['192.168.1.7', false],
  ['[::1', false],
  ['', false],
  [undefined, false],
])('the host %s is the dashboard’s: %s', (host, expected) => {
  expect(isKnownHost(host, 'localhost')).toBe(expected);
});
