// `node hack/e2e/screenshots.ts`: makes the pictures of README and docs from the running cluster, so that they show
// what is really there. It makes the apps that are shown, fills one, takes the pictures, and removes the apps.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { applyApp, deleteMadeApps, uniqueName, urlOf, waitReady } from './lib/apps.ts';
import { type Look, openPage, startBrowser } from './lib/browser.ts';
import { addRecord } from './lib/records-page.ts';
import { dashboardUrl } from './lib/through-traefik.ts';

const FOLDER = fileURLToPath(new URL('../../docs/images/', import.meta.url));

const LIGHT: Look = { width: 1440, height: 900, scheme: 'light' };
const DARK: Look = { ...LIGHT, scheme: 'dark' };
const PHONE: Look = { width: 390, height: 844, scheme: 'light' };
const DARK_PHONE: Look = { ...PHONE, scheme: 'dark' };

const PLANTS = [
  {
    Name: 'Boston fern',
    Species: 'Nephrolepis exaltata',
    'Watering interval': '3',
    'Last watered': '2026-11-20',
  },
  { Name: 'Monstera', Species: 'Monstera deliciosa', 'Watering interval': '7', 'Last watered': '2026-11-18' },
  { Name: 'Aloe', Species: 'Aloe vera', 'Watering interval': '14', 'Last watered': '2026-11-09' },
  {
    Name: 'Peace lily',
    Species: 'Spathiphyllum wallisii',
    'Watering interval': '5',
    'Last watered': '2026-11-21',
  },
];

/** The apps that are shown, newest last, and the looks in which each is taken. */
const SHOWN = {
  rosa: {
    prompt: "A site for Rosa's pizzeria with menu, opening hours and a contact form",
    looks: { light: LIGHT },
  },
  stocks: { prompt: 'A live dashboard for AAPL, MSFT and TSLA with a chart', looks: { dark: DARK } },
  plants: {
    prompt: 'A plant tracker with name, species, watering interval in days and last watered date',
    looks: { light: LIGHT, 'phone-dark': DARK_PHONE },
  },
} as const;

async function open(browser: Browser, url: string, look: Look): Promise<Page> {
  const { page } = await openPage(browser, look);
  await page.goto(url);
  await page.getByRole('heading').first().waitFor();
  return page;
}

/** Charts animate and values arrive once; a picture is taken when nothing moves any more. */
async function shoot(page: Page, file: string): Promise<void> {
  await page.waitForTimeout(2_000);
  await page.screenshot({ path: `${FOLDER}${file}.png` });
  await page.context().close();
}

/** In the page that is shown: plants are their visitor's own. */
async function fillPlants(page: Page): Promise<void> {
  for (const plant of PLANTS) await addRecord(page, plant, plant.Name);
}

/** The dashboard while one more app is being built, so that the steps are seen. */
async function shootDashboard(browser: Browser): Promise<void> {
  for (const [file, look] of Object.entries({ light: LIGHT, dark: DARK, 'phone-light': PHONE })) {
    const page = await open(browser, dashboardUrl(), {
      ...look,
      height: look.width > 1000 ? 1100 : look.height,
    });
    await applyApp(uniqueName('reading'), { prompt: 'A reading list with title, author, pages and rating' });
    await page.locator('[data-state="working"] [aria-current="step"]').first().waitFor();
    await page.screenshot({ path: `${FOLDER}dashboard-${file}.png` });
    await page.context().close();
  }
}

async function run(browser: Browser): Promise<void> {
  for (const [file, { prompt, looks }] of Object.entries(SHOWN)) {
    const name = uniqueName(file);
    await applyApp(name, { prompt });
    const url = urlOf(await waitReady(name));
    for (const [suffix, look] of Object.entries(looks)) {
      const page = await open(browser, url, look);
      if (file === 'plants') await fillPlants(page);
      await shoot(page, `${file}-${suffix}`);
    }
  }
  await shootDashboard(browser);
}

await mkdir(FOLDER, { recursive: true });
const browser = await startBrowser();
try {
  await run(browser);
} finally {
  await browser.close();
  await deleteMadeApps();
}
