// What a person can get wrong with kubectl: refused at the door, with words that say what to write instead.
// The cluster's own admission does it (no webhook), so a dry run on the server is enough to ask.
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  applyApp,
  appManifest,
  deleteMadeApps,
  getApp,
  uniqueName,
  waitReady,
  waitStalled,
} from './lib/apps.ts';
import { APPS, tryKubectl } from './lib/kubectl.ts';
import { dashboardUrl, throughTraefik } from './lib/through-traefik.ts';

const first = uniqueName('first');
const prompt = 'A list of books with title and author';

beforeAll(async () => {
  await applyApp(first, { prompt });
  await waitReady(first);
});

afterAll(deleteMadeApps);

function asked(name: string, spec: Record<string, unknown>) {
  return tryKubectl(
    ['apply', '--dry-run=server', '--validate=strict', '-f', '-'],
    JSON.stringify(appManifest(name, spec)),
  );
}

test.each<[string, string, Record<string, unknown>, RegExp]>([
  ['an empty prompt', 'bad', { prompt: '' }, /prompt/],
  ['a prompt of spaces', 'bad', { prompt: '      ' }, /at least 3 characters/],
  ['a prompt that is too long', 'bad', { prompt: 'x'.repeat(8001) }, /8000/],
  ['a prompt with control characters', 'bad', { prompt: 'a list\u0007 of books' }, /prompt/],
  ['neither prompt nor source', 'bad', { engine: 'builtin' }, /set prompt .* or source/],
  ['an owner that is no DNS label', 'bad', { prompt, owner: 'Bad_Owner' }, /owner/],
  ['a reserved owner', 'bad', { prompt, owner: 'admin' }, /must not be one of/],
  ['a reserved name', 'faibric', { prompt }, /must not be punycode or one of/],
  ['a name with dots', 'my.app', { prompt }, /DNS label/],
  ['a reserved custom host', 'bad', { prompt, host: 'faibric.localhost' }, /must not be one of/],
  ['an id that is no label', 'bad', { prompt, id: 'A B' }, /id/],
  ['an unknown field', 'bad', { prompt, colour: 'red' }, /colour/],
  ['an unknown engine', 'bad', { prompt, engine: 'magic' }, /engine/],
  [
    'a source path that leaves the folder',
    'bad',
    { source: { files: [{ path: 'src/../x.ts', content: '' }] } },
    /path/,
  ],
])('%s is refused with words that help', async (_title, name, spec, words) => {
  const { ok, stderr } = await asked(name, spec);
  expect(ok).toBe(false);
  expect(stderr).toMatch(words);
});

test('the owner and the id of an app cannot change', async () => {
  const change = await tryKubectl([
    ...['patch', 'faibricapp', first, '-n', APPS, '--type=merge'],
    ...['-p', '{"spec":{"owner":"other"}}', '--dry-run=server'],
  ]);
  expect(change.ok).toBe(false);
  expect(change.stderr).toContain('owner cannot change');
});

test('a second app with the same id stands still with a reason, and the first keeps serving', async () => {
  const { status } = await getApp(first);
  const second = uniqueName('second');
  await applyApp(second, { prompt, id: status!.appId! });
  expect((await waitStalled(second)).reason).toBe('IdTaken');
  expect((await throughTraefik({ url: status!.url! })).status).toBe(200);
});

test.each<[string, unknown]>([
  ['no body', undefined],
  ['an empty prompt', { prompt: '' }],
  ['a prompt of spaces', { prompt: '   ' }],
  ['a prompt that is too long', { prompt: 'x'.repeat(8001) }],
  ['a prompt with control characters', { prompt: 'a\u0000bcd' }],
  ['a prompt that is no text', { prompt: 7 }],
  ['a name that is no label', { prompt, name: 'Not A Label' }],
  ['a reserved name', { prompt, name: 'admin' }],
  ['an unknown field', { prompt, colour: 'red' }],
])('the API refuses %s with a problem that a person can read', async (_title, body) => {
  const answer = await throughTraefik({ url: `${dashboardUrl()}/api/projects/`, method: 'POST', body });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(JSON.parse(answer.body)).toMatchObject({
    status: answer.status,
    detail: expect.stringMatching(/.{10,}/),
  });
});

test('a host that no app has is answered by nobody, and leads nowhere', async () => {
  const url = dashboardUrl().replace('faibric.', 'me-nothing-zzzzzz.');
  expect((await throughTraefik({ url })).status).toBe(404);
});
