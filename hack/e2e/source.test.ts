// Bring your own code: no model, all else the same. Bad code is refused with file and line, and never replaces
// what serves; a rollback is a pin.
import { afterAll, expect, test } from 'vitest';
import {
  applyApp,
  deleteMadeApps,
  getApp,
  getRevisions,
  uniqueName,
  urlOf,
  waitReady,
  waitStalled,
} from './lib/apps.ts';
import { openPage, startBrowser } from './lib/browser.ts';
import { APPS, kubectl } from './lib/kubectl.ts';
import { throughTraefik } from './lib/through-traefik.ts';

const name = uniqueName('own');

function appSource(body: string): { files: { path: string; content: string }[] } {
  return { files: [{ path: 'src/App.tsx', content: body }] };
}

const hello = (word: string): string => `export default function App() {\n  return <h1>${word}</h1>;\n}\n`;

afterAll(deleteMadeApps);

async function shownBy(url: string): Promise<{ text: string | null; errors: string[] }> {
  const browser = await startBrowser();
  try {
    const { page, errors } = await openPage(browser);
    await page.goto(url);
    const text = await page.getByRole('heading').first().textContent();
    return { text, errors };
  } finally {
    await browser.close();
  }
}

test('own source is built and served', async () => {
  await applyApp(name, { source: appSource(hello('Hello one')) });
  const app = await waitReady(name);
  expect(await shownBy(urlOf(app))).toEqual({ text: 'Hello one', errors: [] });
  expect(app.status?.tokens?.total ?? 0).toBe(0);
});

test('changed source becomes revision 2', async () => {
  await applyApp(name, { source: appSource(hello('Hello two')) });
  const app = await waitReady(name);
  expect(app.status?.revision).toBe(2);
  expect((await shownBy(urlOf(app))).text).toBe('Hello two');
});

test('source that does not parse is refused with file and line, and the old revision serves on', async () => {
  await applyApp(name, { source: appSource('export default function App() {\n  return <h1>;\n}\n') });
  const { reason, message } = await waitStalled(name);
  expect(reason).toBe('ValidationFailed');
  expect(message).toMatch(/src\/App\.tsx:\d+/);
  const app = await getApp(name);
  expect(app.status?.revision).toBe(2);
  expect((await shownBy(urlOf(app))).text).toBe('Hello two');
});

test('source that throws when it is rendered never goes live', async () => {
  await applyApp(name, {
    source: appSource("export default function App() {\n  throw new Error('boom');\n}\n"),
  });
  const { message } = await waitStalled(name);
  expect(message).toContain('boom');
  expect((await throughTraefik({ url: urlOf(await getApp(name)) })).headers['x-faibric-revision']).toBe('2');
});

test('a pin goes back to revision 1 without a build', async () => {
  await kubectl(['patch', 'faibricapp', name, '-n', APPS, '--type=merge', '-p', '{"spec":{"revision":1}}']);
  const app = await waitReady(name);
  expect(app.status?.revision).toBe(1);
  expect((await shownBy(urlOf(app))).text).toBe('Hello one');
  expect((await getRevisions(name)).length).toBeGreaterThanOrEqual(2);
});
