// The first page, driven as a person would in a real Chromium against the real cluster: write, watch, open, delete,
// a refusal, a dropped connection, both themes, all widths, and no accessibility violation.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyApp, deleteMadeApps, rememberApp, uniqueName } from '../lib/apps.ts';
import { accessibilityViolations, openPage, overflowsSideways, startBrowser } from '../lib/browser.ts';
import { withComponentAway } from '../lib/components.ts';
import { eventually } from '../lib/eventually.ts';
import { APPS, kubectl } from '../lib/kubectl.ts';
import { dashboardUrl } from '../lib/through-traefik.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
  await applyApp(uniqueName('shown'), { prompt: 'A list of clouds with name and height' });
});

afterAll(async () => {
  await browser.close();
  await deleteMadeApps();
});

/** The ids of the cards whose text has the start of the prompt. */
async function idsWith(page: Page, prompt: string): Promise<(string | null)[]> {
  const cards = await page.locator('[data-app-id]', { hasText: prompt.slice(0, 25) }).all();
  return Promise.all(cards.map((card) => card.getAttribute('data-app-id')));
}

/** Writes a prompt and sends it by keyboard; gives the card of the new app. */
async function build(page: Page, prompt: string) {
  await page.locator('[data-app-id]').first().waitFor();
  const before = await idsWith(page, prompt);
  await page.getByLabel('What should the app do?').fill(prompt);
  await page.keyboard.press('Control+Enter');
  const id = await eventually({ seconds: 10, what: 'the new app has a card' }, async () =>
    (await idsWith(page, prompt)).find((one) => one !== null && !before.includes(one)),
  );
  const name = await kubectl([
    ...['get', 'faibricapps', '-n', APPS, '-o'],
    `jsonpath={range .items[?(@.spec.id=="${id}")]}{.metadata.name}{end}`,
  ]);
  rememberApp(name);
  return { card: page.locator(`[data-app-id="${id}"]`), id: id! };
}

test('the box has the focus, counts, refuses what is too short and fills from an example', async () => {
  const { page, errors } = await openPage(browser);
  await page.goto(dashboardUrl());
  const box = page.getByLabel('What should the app do?');
  await page.locator('[name=prompt]:focus').waitFor();
  const send = page.getByRole('button', { name: 'Build it' });
  await box.fill('ab');
  expect(await send.isDisabled()).toBe(true);
  await box.fill('x'.repeat(8001));
  expect(await send.isDisabled()).toBe(true);
  expect(await page.locator('#prompt-note').textContent()).toContain('Too long');
  await box.fill('');
  await page.locator('form .MuiChip-root').first().click();
  expect((await box.inputValue()).length).toBeGreaterThan(10);
  expect(await send.isDisabled()).toBe(false);
  expect(errors).toEqual([]);
  await page.context().close();
});

test('a sentence becomes a card with live steps, a link that works, and goes when it is deleted', async () => {
  const { page, errors } = await openPage(browser);
  await page.goto(dashboardUrl());
  const { card, id } = await build(
    page,
    `A list of ${uniqueName('teas').split('-')[0]} with name and origin`,
  );
  expect(await page.getByLabel('What should the app do?').inputValue()).toBe('');
  await page.waitForSelector(`[data-app-id="${id}"][data-state="ready"]`, { timeout: 60_000 });
  const link = await card.getByRole('link', { name: 'Open' }).getAttribute('href');
  const app = await openPage(browser);
  const answer = await app.page.goto(link!);
  expect(answer?.status()).toBe(200);
  await app.page.getByRole('heading').first().waitFor();
  expect(app.errors).toEqual([]);
  await app.page.context().close();

  await card.getByRole('button', { name: /^Delete/ }).click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.textContent()).toContain('every document people saved in it');
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  expect(await card.count()).toBe(1);
  await card.getByRole('button', { name: /^Delete/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete app and data' }).click();
  await card.waitFor({ state: 'detached', timeout: 40_000 });
  expect(errors).toEqual([]);
  await page.context().close();
});

test('an app that kubectl makes appears without a reload, and in a second window too', async () => {
  const one = await openPage(browser);
  const two = await openPage(browser);
  await Promise.all([one.page.goto(dashboardUrl()), two.page.goto(dashboardUrl())]);
  const { id } = await build(one.page, 'A list of kites with name and size');
  await two.page.waitForSelector(`[data-app-id="${id}"]`, { timeout: 10_000 });
  await two.page.waitForSelector(`[data-app-id="${id}"][data-state="ready"]`, { timeout: 60_000 });
  await Promise.all([one.page.context().close(), two.page.context().close()]);
});

test('a lost connection is said, and mends itself without a reload', async () => {
  const { page } = await openPage(browser);
  await page.goto(dashboardUrl());
  await page.getByRole('heading', { name: /Your apps/ }).waitFor();
  const note = page.getByText('Connection lost.');
  await withComponentAway('api', () => note.waitFor({ timeout: 60_000 }));
  await note.waitFor({ state: 'detached', timeout: 30_000 });
  await page.context().close();
});

test('nothing is kept in the browser, and nothing comes from elsewhere', async () => {
  const { page } = await openPage(browser);
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  await page.goto(dashboardUrl());
  await page.getByRole('heading', { name: /Your apps/ }).waitFor();
  expect(await page.evaluate('localStorage.length + sessionStorage.length + document.cookie.length')).toBe(0);
  expect([...hosts]).toEqual([new URL(dashboardUrl()).host]);
  await page.context().close();
});

const LOOKS = [
  { width: 1440, height: 900, scheme: 'light' },
  { width: 1440, height: 900, scheme: 'dark' },
  { width: 390, height: 844, scheme: 'light' },
  { width: 390, height: 844, scheme: 'dark' },
  { width: 320, height: 640, scheme: 'light' },
] as const;

test.each(LOOKS)(
  'at $width pixels, $scheme: no sideways scroll, no accessibility violation',
  async (look) => {
    const { page, errors } = await openPage(browser, look);
    await page.goto(dashboardUrl());
    await page.locator('[data-app-id]').first().waitFor();
    expect(await overflowsSideways(page)).toBe(false);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  },
);
