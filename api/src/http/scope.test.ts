import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ApiError } from '../errors.ts';
import { scopeOfHeaders } from './scope.ts';

const secret = createHash('sha256').update('the-secret-of-the-proxy').digest();
const scope = (headers: Record<string, string>): unknown => {
  try {
    return scopeOfHeaders(headers, secret);
  } catch (error) {
    return error instanceof ApiError ? error.code : error;
  }
};

describe('B2 B3: only the ingress says who a request is for', () => {
  test.each([
    ['no secret', {}, 'unauthorized'],
    [
      'a wrong secret',
      { 'x-faibric-proxy': 'the-secret-of-the-proxY', 'x-faibric-app': 'k3x9q2' },
      'unauthorized',
    ],
    ['the secret twice', { 'x-faibric-proxy': 'the-secret-of-the-proxy, x' }, 'unauthorized'],
    ['the secret alone', { 'x-faibric-proxy': 'the-secret-of-the-proxy' }, { kind: 'platform' }],
    [
      'the secret and an app',
      { 'x-faibric-proxy': 'the-secret-of-the-proxy', 'x-faibric-app': 'k3x9q2' },
      { kind: 'app', appId: 'k3x9q2' },
    ],
    [
      'an empty app',
      { 'x-faibric-proxy': 'the-secret-of-the-proxy', 'x-faibric-app': '' },
      { kind: 'platform' },
    ],
    [
      'two apps',
      { 'x-faibric-proxy': 'the-secret-of-the-proxy', 'x-faibric-app': 'aaaaaa, bbbbbb' },
      'no_such_app',
    ],
  ])('%s', (_name, headers, expected) => {
    expect(scope(headers)).toEqual(expected);
  });
});
