// Two apps on one cluster: neither reads the other, nor the platform, through the real ingress, whatever a browser
// or a script sends. The app of a request is the host that was routed, and no header from outside changes that.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { applyApp, deleteMadeApps, uniqueName, urlOf, waitReady } from './lib/apps.ts';
import { APPS, kubectl } from './lib/kubectl.ts';
import { throughTraefik } from './lib/through-traefik.ts';

interface Made {
  name: string;
  id: string;
  url: string;
  collection: string;
}

let mine: Made;
let theirs: Made;
/** The browser that wrote in theirs. */
let cookie = '';

async function make(prefix: string): Promise<Made> {
  const name = uniqueName(prefix);
  await applyApp(name, { prompt: 'A list of secrets with title and text' });
  const app = await waitReady(name);
  return { name, id: app.status!.appId!, url: urlOf(app), collection: app.status!.collections![0]! };
}

beforeAll(async () => {
  mine = await make('mine');
  theirs = await make('theirs');
  const path = `/api/v1/db/${theirs.id}/${theirs.collection}/`;
  const made = await throughTraefik({
    url: theirs.url + path,
    method: 'POST',
    body: { data: { title: 'hidden' } },
  });
  expect(made.status).toBe(201);
  cookie = made.headers['set-cookie']?.match(/__Host-faibric-visitor=[^;]+/)?.[0] ?? '';
  // What is looked for below is there to be seen by who may see it.
  const seen = await throughTraefik({ url: theirs.url + path, headers: { cookie } });
  expect(seen.body).toContain('hidden');
});

afterAll(deleteMadeApps);

test.each<[string, Record<string, string>]>([
  ['as it is', {}],
  ['with the header of the other app', { 'x-faibric-app': 'THEIRS' }],
  ['with a guessed proxy secret', { 'x-faibric-app': 'THEIRS', 'x-faibric-proxy': 'secret' }],
  ['with a forwarded host', { 'x-forwarded-host': 'THEIRHOST' }],
])("another app's documents are refused, %s", async (_how, headers) => {
  const filled = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value.replace('THEIRS', theirs.id).replace('THEIRHOST', new URL(theirs.url).host),
    ]),
  );
  const answer = await throughTraefik({
    url: `${mine.url}/api/v1/db/${theirs.id}/${theirs.collection}/`,
    headers: { cookie, ...filled },
  });
  expect([403, 404]).toContain(answer.status);
  expect(answer.body).not.toContain('hidden');
});

test("the own id at the other's host is refused too", async () => {
  const answer = await throughTraefik({ url: `${theirs.url}/api/v1/db/${mine.id}/${mine.collection}/` });
  expect([403, 404]).toContain(answer.status);
});

test.each(['/api/projects/', '/api/projects/events/', '/metrics', '/api/projects/x/'])(
  'the platform is not at the address of an app: %s',
  async (path) => {
    const answer = await throughTraefik({ url: mine.url + path });
    if (path === '/metrics') expect(answer.body).not.toContain('process_cpu');
    else expect([401, 403, 404]).toContain(answer.status);
  },
);

test('the pods of an app meet the restricted standard, hold no token and cannot write their root', async () => {
  const pod = z
    .object({
      items: z.array(
        z.object({
          spec: z.object({
            automountServiceAccountToken: z.literal(false),
            enableServiceLinks: z.literal(false),
            containers: z.array(
              z.object({
                securityContext: z.object({
                  allowPrivilegeEscalation: z.literal(false),
                  readOnlyRootFilesystem: z.literal(true),
                  capabilities: z.object({ drop: z.array(z.literal('ALL')).min(1) }),
                }),
              }),
            ),
          }),
        }),
      ),
    })
    .parse(
      JSON.parse(
        await kubectl(['get', 'pods', '-n', APPS, '-l', `faibric.dev/app=${mine.name}`, '-o', 'json']),
      ),
    );
  expect(pod.items.length).toBeGreaterThan(0);
  const enforced = await kubectl(['get', 'namespace', APPS, '-o', 'jsonpath={.metadata.labels}']);
  expect(enforced).toContain('"pod-security.kubernetes.io/enforce":"restricted"');
});

test('an app is served with headers that contain it', async () => {
  const { headers } = await throughTraefik({ url: mine.url });
  const policy = headers['content-security-policy'] ?? '';
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe-eval');
  expect(policy.match(/script-src[^;]*/)?.[0]).not.toContain('unsafe-inline');
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test('B15: limits of sign-ins go by the address that Traefik saw, not by one that a client claims', async () => {
  const tries = Array.from({ length: 80 }, (_, i) =>
    throughTraefik({
      url: `${mine.url}/api/app-auth/login/`,
      method: 'POST',
      headers: { 'x-forwarded-for': `203.0.113.${i}`, 'x-real-ip': `203.0.113.${i}` },
      body: { email: 'nobody@example.org', password: '' },
    }),
  );
  const statuses = new Set((await Promise.all(tries)).map(({ status }) => status));
  expect([...statuses].sort()).toEqual([400, 429]);
});
