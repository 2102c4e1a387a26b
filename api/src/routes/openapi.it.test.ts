import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { app, server } from '../../test/documents-rig.ts';

test('the document and its page are served on the platform and not on an app', async () => {
  const document = await server.send('GET', '/api/openapi.json');
  expect([document.status, document.json.openapi]).toEqual([200, '3.1.1']);
  const page = await server.send('GET', '/api/docs/');
  expect(page.status).toBe(200);
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  expect((await server.send('GET', '/api/docs/', { app })).status).toBe(404);
  expect((await server.send('GET', '/api/openapi.json', { app })).status).toBe(404);
});

test('the policy of the page allows its own style by digest and no script at all', async () => {
  const { headers, text } = await server.send('GET', '/api/docs/');
  const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
  const digest = createHash('sha256').update(style).digest('base64');
  expect(headers['content-security-policy']).toContain(`style-src 'sha256-${digest}'`);
  expect(headers['content-security-policy']).toContain("default-src 'none'");
});
