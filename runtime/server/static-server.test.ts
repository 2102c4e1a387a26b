// The rules of serving, as nginx.conf has them (claim C17). The real server is asked the same in the end-to-end tests.
import { describe, expect, test } from 'vitest';
import { routeOf, serverHeaders } from './static-server.ts';

const places = { app: '/app', vendor: '/vendor' };

describe('C17 paths', () => {
  test.each([
    ['/', '/app/index.html'],
    ['/deep/link', '/app/index.html'],
    ['/revision', '/app/index.html'],
    ['/index.html', '/app/index.html'],
    ['/assets/app-X.js', '/app/assets/app-X.js'],
    ['/_faibric/abc/react.js', '/vendor/abc/react.js'],
  ])('%s is %s', (path, file) => expect(routeOf(path, places)?.file).toBe(file));
  test.each(['/.git/config', '/a/.env', '/favicon.ico', '/server/frame.map', '/x/../../etc/passwd'])(
    '%s is not there',
    (path) => {
      expect(routeOf(path, places)).toBeUndefined();
    },
  );
});

test('headers of every answer: policy without eval or inline script, frames for the dashboard alone', () => {
  const headers = serverHeaders({ faibric_frame: 'http://faibric.localhost', faibric_revision: '7' });
  const policy = headers['Content-Security-Policy'] ?? '';
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("connect-src 'self';");
  expect(policy).toContain("img-src 'self' data: blob:;");
  expect(policy).toMatch(/frame-ancestors http:\/\/faibric\.localhost$/);
  expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*/);
  expect(headers).toMatchObject({ 'X-Faibric-Revision': '7', 'X-Content-Type-Options': 'nosniff' });
});
