// The three sentences of the front page, each from a FaibricApp to a page that a person uses in a real Chromium.
// The browser's console must stay silent through all of it.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyApp, deleteMadeApps, uniqueName, urlOf, waitReady } from './lib/apps.ts';
import {
  accessibilityViolations,
  openBeside,
  openPage,
  overflowsSideways,
  startBrowser,
  type WatchedPage,
} from './lib/browser.ts';
import { eventually } from './lib/eventually.ts';
import { APPS, kubectl } from './lib/kubectl.ts';
import {
  addRecord,
  deleteRecord,
  editRecord,
  firstColumn,
  rowsOf,
  rowWith,
  sortBy,
} from './lib/records-page.ts';
import { throughTraefik } from './lib/through-traefik.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await deleteMadeApps();
});

async function openApp(prefix: string, prompt: string): Promise<WatchedPage & { url: string; name: string }> {
  const name = uniqueName(prefix);
  await applyApp(name, { prompt, engine: 'builtin' });
  const url = urlOf(await waitReady(name));
  const watched = await openPage(browser);
  await watched.page.goto(url);
  await watched.page.getByRole('heading').first().waitFor();
  return { ...watched, url, name };
}

async function expectAccessible(url: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    const { page } = await openPage(browser, { scheme });
    await page.goto(url);
    await page.getByRole('heading').first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(await accessibilityViolations(page), scheme).toEqual([]);
    await page.context().close();
  }
}

async function expectFitsPhone(page: Page): Promise<void> {
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 800 });
    // Charts follow the window a moment later.
    await expect
      .poll(() => overflowsSideways(page), { message: `${width} pixels wide`, timeout: 10_000 })
      .toBe(false);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

describe('A plant tracker with name, species, watering interval in days and last watered date', () => {
  let app: Awaited<ReturnType<typeof openApp>>;

  beforeAll(async () => {
    app = await openApp(
      'plants',
      'A plant tracker with name, species, watering interval in days and last watered date',
    );
  });

  test('plants are added with all the fields that the sentence names', async () => {
    const fern = {
      Name: 'Fern',
      Species: 'Nephrolepis',
      'Watering interval': '3',
      'Last watered': '2026-11-20',
    };
    await addRecord(app.page, fern, 'Fern');
    await addRecord(
      app.page,
      { ...fern, Name: 'Aloe', Species: 'Aloe vera', 'Watering interval': '14' },
      'Aloe',
    );
    await addRecord(
      app.page,
      { ...fern, Name: 'Monstera', Species: 'Deliciosa', 'Watering interval': '7' },
      'Monstera',
    );
    expect(await rowsOf(app.page).count()).toBe(3);
    expect(await rowWith(app.page, 'Aloe').textContent()).toContain('14');
  });

  test('they are sorted by a column, numbers as numbers', async () => {
    await sortBy(app.page, 'Name');
    expect(await firstColumn(app.page)).toEqual(['Aloe', 'Fern', 'Monstera']);
    await sortBy(app.page, 'Watering interval');
    expect(await firstColumn(app.page)).toEqual(['Fern', 'Monstera', 'Aloe']);
  });

  test('the search finds one', async () => {
    const search = app.page.getByRole('searchbox');
    await search.fill('delic');
    await expect.poll(() => firstColumn(app.page), { timeout: 10_000 }).toEqual(['Monstera']);
    await search.fill('');
    await expect.poll(() => rowsOf(app.page).count(), { timeout: 10_000 }).toBe(3);
  });

  test('one is edited, one deleted, and a reload shows the same', async () => {
    await editRecord(app.page, 'Fern', { Species: 'Boston fern' });
    await rowWith(app.page, 'Boston fern').waitFor();
    await deleteRecord(app.page, 'Aloe');
    await app.page.reload();
    await rowWith(app.page, 'Boston fern').waitFor();
    expect((await firstColumn(app.page)).toSorted()).toEqual(['Fern', 'Monstera']);
  });

  test('the plants are there after every pod of every app was deleted', async () => {
    await kubectl(['delete', 'pod', '--all', '-n', APPS, '--wait=false']);
    await kubectl(['wait', `faibricapp/${app.name}`, '-n', APPS, '--for=condition=Ready', '--timeout=60s']);
    await eventually({ seconds: 60, what: 'the address answers' }, async () =>
      (await throughTraefik({ url: app.url })).status === 200 ? true : undefined,
    );
    // A failed request of the page while its pod was away is not an error of the app. The same browser: plants are
    // their visitor's own.
    const again = await openBeside(app.page);
    await again.page.goto(app.url);
    await rowWith(again.page, 'Boston fern').waitFor();
    expect(again.errors).toEqual([]);
    await again.page.close();
  });

  test('it fits a phone, is accessible in both schemes, and the console is silent', async () => {
    await expectFitsPhone(app.page);
    await expectAccessible(app.url);
    expect(app.errors).toEqual([]);
  });
});

describe('A live dashboard for AAPL, MSFT and TSLA with a chart', () => {
  let app: Awaited<ReturnType<typeof openApp>>;

  beforeAll(async () => {
    app = await openApp('stocks', 'A live dashboard for AAPL, MSFT and TSLA with a chart');
  });

  test('the three shares are shown with a price, labelled as sample data', async () => {
    for (const symbol of ['AAPL', 'MSFT', 'TSLA']) {
      await app.page.getByText(symbol).first().waitFor();
    }
    await app.page
      .getByText(/sample data/i)
      .first()
      .waitFor();
    expect(await app.page.locator('main, body').first().textContent()).toMatch(/\d+[.,]\d{2}/);
  });

  test('there is a chart with a line', async () => {
    await app.page.locator('svg path.recharts-curve').first().waitFor();
  });

  test('it fits a phone, is accessible in both schemes, and the console is silent', async () => {
    await expectFitsPhone(app.page);
    await expectAccessible(app.url);
    expect(app.errors).toEqual([]);
  });
});

describe("A site for Rosa's pizzeria with menu, opening hours and a contact form", () => {
  let app: Awaited<ReturnType<typeof openApp>>;

  beforeAll(async () => {
    app = await openApp('rosa', "A site for Rosa's pizzeria with menu, opening hours and a contact form");
  });

  test('the name, a menu with prices and the opening hours are on the page', async () => {
    await app.page.getByRole('heading', { name: /Rosa/ }).first().waitFor();
    const text = (await app.page.locator('body').textContent()) ?? '';
    expect(text).toMatch(/Margherita/);
    expect(text).toMatch(/[€$£]\s?\d+|\d+[.,]\d{2}/);
    expect(text).toMatch(/Monday|Mon/);
  });

  test('a message is sent, is acknowledged, and is stored', async () => {
    const form = app.page.locator('form').last();
    await form.getByLabel(/name/i).first().fill('Ada');
    await form.getByLabel(/e-?mail/i).fill('ada@example.org');
    await form.getByLabel(/message/i).fill('A table for two, please.');
    await form.getByRole('button').last().click();
    await app.page
      .getByText(/thank|sent|received/i)
      .first()
      .waitFor();
  });

  test('it fits a phone, is accessible in both schemes, and the console is silent', async () => {
    await expectFitsPhone(app.page);
    await expectAccessible(app.url);
    expect(app.errors).toEqual([]);
  });
});

// The name of the thing is also the name of an icon: once, the two met in one file and the app did not compile.
test.each(['birds', 'books', 'cars'])('a list of %s becomes an app too', async (things) => {
  const name = uniqueName(things);
  await applyApp(name, { prompt: `A list of ${things} with name and place`, engine: 'builtin' });
  expect((await throughTraefik({ url: urlOf(await waitReady(name)) })).status).toBe(200);
});
