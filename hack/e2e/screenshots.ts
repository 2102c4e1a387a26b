// `node hack/e2e/screenshots.ts`: makes the pictures of README and docs from the running cluster, so that they show
// what is really there. It makes three apps, fills one, takes the pictures, and removes the apps.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { applyApp, deleteMadeApps, getApp, uniqueName, urlOf, waitReady } from './lib/apps.ts';
import { type Look, openPage, startBrowser } from './lib/browser.ts';
import { dashboardUrl, throughTraefik } from './lib/through-traefik.ts';

const FOLDER = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const WIDE: Look = { width: 1440, height: 900, scheme: 'light' };
const PHONE: Look = { width: 390, height: 844, scheme: 'light' };

const PLANTS = [
  { name: 'Boston fern', species: 'Nephrolepis exaltata', wateringInterval: 3, lastWatered: '2026-11-20' },
  { name: 'Monstera', species: 'Monstera deliciosa', wateringInterval: 7, lastWatered: '2026-11-18' },
  { name: 'Aloe', species: 'Aloe vera', wateringInterval: 14, lastWatered: '2026-11-09' },
  { name: 'Peace lily', species: 'Spathiphyllum wallisii', wateringInterval: 5, lastWatered: '2026-11-21' },
];

async function shoot(browser: Browser, target: { url: string; file: string; look: Look }): Promise<void> {
  const { page } = await openPage(browser, target.look);
  await page.goto(target.url);
  await page.getByRole('heading').first().waitFor();
  await settle(page);
  await page.screenshot({ path: `${FOLDER}${target.file}.png` });
  await page.context().close();
}

/** Charts animate and values arrive once; a picture is taken when nothing is loading any more. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
  await page.waitForTimeout(1_500);
}

async function fillPlants(name: string): Promise<void> {
  const { status } = await getApp(name);
  const url = `${status?.url}/api/v1/db/${status?.appId}/${status?.collections?.[0]}/`;
  for (const plant of PLANTS) {
    const answer = await throughTraefik({ url, method: 'POST', body: { data: plant } });
    if (answer.status !== 201) throw new Error(`${url}: ${answer.status} ${answer.body}`);
  }
}

async function run(browser: Browser): Promise<void> {
  const names = { plants: uniqueName('plants'), stocks: uniqueName('stocks'), rosa: uniqueName('rosa') };
  await applyApp(names.rosa, {
    prompt: "A site for Rosa's pizzeria with menu, opening hours and a contact form",
  });
  await applyApp(names.stocks, { prompt: 'A live dashboard for AAPL, MSFT and TSLA with a chart' });
  await applyApp(names.plants, {
    prompt: 'A plant tracker with name, species, watering interval in days and last watered date',
  });
  for (const [file, name] of Object.entries(names)) {
    const url = urlOf(await waitReady(name));
    if (file === 'plants') await fillPlants(name);
    for (const scheme of ['light', 'dark'] as const) {
      await shoot(browser, { url, file: `${file}-${scheme}`, look: { ...WIDE, scheme } });
      await shoot(browser, { url, file: `${file}-phone-${scheme}`, look: { ...PHONE, scheme } });
    }
  }
  for (const scheme of ['light', 'dark'] as const) {
    await shoot(browser, { url: dashboardUrl(), file: `dashboard-${scheme}`, look: { ...WIDE, scheme } });
    await shoot(browser, {
      url: dashboardUrl(),
      file: `dashboard-phone-${scheme}`,
      look: { ...PHONE, scheme },
    });
  }
}

await mkdir(FOLDER, { recursive: true });
const browser = await startBrowser();
try {
  await run(browser);
} finally {
  await browser.close();
  await deleteMadeApps();
}
