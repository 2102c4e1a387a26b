// A change of a running app: the revision before it serves until the new one answers, and the documents stay.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyApp, deleteMadeApps, getApp, uniqueName, urlOf, waitReady } from './lib/apps.ts';
import { openBeside, openPage, startBrowser } from './lib/browser.ts';
import { addRecord, rowWith } from './lib/records-page.ts';
import { dashboardUrl, throughTraefik } from './lib/through-traefik.ts';

const name = uniqueName('games');
let browser: Browser;
let url = '';

beforeAll(async () => {
  browser = await startBrowser();
  await applyApp(name, { prompt: 'A list of games with title and players', engine: 'builtin' });
  url = urlOf(await waitReady(name));
});

afterAll(async () => {
  await browser.close();
  await deleteMadeApps();
});

test('a field is added, no visitor sees a gap, and the documents are there', async () => {
  const first = await openPage(browser);
  await first.page.goto(url);
  await addRecord(first.page, { Title: 'Chess', Players: '2' }, 'Chess');

  const { status } = await getApp(name);
  const changed = await throughTraefik({
    url: `${dashboardUrl()}/api/projects/${status!.appId!}/quick_update/`,
    method: 'POST',
    body: { prompt: 'Add a field publisher' },
  });
  expect(changed.status).toBe(202);

  const answers: number[] = [];
  let watching = true;
  const visitor = (async () => {
    while (watching) answers.push((await throughTraefik({ url })).status);
  })();
  const app = await waitReady(name);
  watching = false;
  await visitor;
  expect(new Set(answers)).toEqual(new Set([200]));
  expect(app.status?.revision).toBe(2);

  const second = await openBeside(first.page);
  await second.page.goto(url);
  await rowWith(second.page, 'Chess').waitFor();
  await second.page.getByRole('columnheader', { name: 'Publisher' }).waitFor();
  expect([...first.errors, ...second.errors]).toEqual([]);
});
