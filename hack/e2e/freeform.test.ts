// With a model configured, `engine: auto` lets the model write the app: over the network, with tokens counted, and
// with nothing paid twice when the operator is killed in between. The model is scripted, the rest is real.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyApp, deleteMadeApps, getRevisions, uniqueName, urlOf, waitReady } from './lib/apps.ts';
import { openPage, startBrowser } from './lib/browser.ts';
import { modelIsConfigured, startModel, stopModel } from './lib/model-pod.ts';

let started = false;

beforeAll(async () => {
  if (await modelIsConfigured()) {
    throw new Error(
      'the Secret faibric-model exists: run `npm run up` without OPENAI_API_KEY before this test',
    );
  }
  started = true;
  await startModel();
});

afterAll(async () => {
  await deleteMadeApps();
  if (started) await stopModel();
});

test('the model writes the app, and the tokens are counted', async () => {
  const name = uniqueName('written');
  await applyApp(name, { prompt: 'A page that greets whoever opens it' });
  const app = await waitReady(name);
  const [revision] = await getRevisions(name);
  expect(revision?.spec.engine).toBe('freeform');
  expect(app.status?.tokens?.total).toBeGreaterThan(0);
  expect(revision?.status?.calls?.map((call) => call.state)).toEqual(expect.arrayContaining(['Succeeded']));
  const browser = await startBrowser();
  try {
    const { page, errors } = await openPage(browser);
    await page.goto(urlOf(app));
    await page.getByRole('heading').first().waitFor();
    expect(errors).toEqual([]);
  } finally {
    await browser.close();
  }
});

test('the builtin engine can still be asked for, and costs nothing', async () => {
  const name = uniqueName('builtin');
  await applyApp(name, { prompt: 'A list of coins with name and year', engine: 'builtin' });
  expect((await waitReady(name)).status?.tokens?.total ?? 0).toBe(0);
});
