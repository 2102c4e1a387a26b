// One app in two browsers that know nothing of each other: what one writes appears in the other without a reload, each
// may change its own, and who signs up in one signs in in the other. The API here is the one in memory.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildRuntime } from '../build.ts';
import { readCorpus } from '../builder/test/corpus.ts';
import { type ServedApp, serveApp, startBrowser } from './test/browser.ts';

const PATIENCE = 120_000;
let browser: Browser;
let served: ServedApp;
let contexts: BrowserContext[];
let first: Page;
let second: Page;
let complaints: string[];

beforeAll(async () => {
  await buildRuntime(join(import.meta.dirname, '../dist'));
  const app = (await readCorpus('good')).find(({ name }) => name.startsWith('sdk-live'));
  browser = await startBrowser();
  served = await serveApp(app?.files ?? {});
}, 300_000);
afterAll(async () => {
  await browser?.close();
  served?.server.closeAllConnections();
  served?.server.close();
});

const openAs = async (width: number): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  contexts.push(context);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(served.url);
  await page.getByRole('heading', { name: 'Posts' }).waitFor();
  return page;
};

beforeEach(async () => {
  contexts = [];
  complaints = [];
  first = await openAs(1440);
  second = await openAs(390);
});
afterEach(async () => {
  for (const context of contexts) await context.close();
  expect(complaints).toEqual([]);
});

const post = async (page: Page, text: string): Promise<void> => {
  await page.getByLabel('Text').fill(text);
  await page.getByRole('button', { name: 'Post' }).click();
  await page.getByRole('heading', { name: text, exact: true }).waitFor();
};

test(
  'what one browser posts, changes and deletes appears in the other, which may do neither',
  async () => {
    await post(first, 'Hello');
    await second.getByRole('heading', { name: 'Hello', exact: true }).waitFor();
    expect(await first.getByRole('button', { name: 'Shout' }).count()).toBe(1);
    expect(await second.getByRole('button', { name: /Shout|Delete/ }).count()).toBe(0);
    await first.getByRole('button', { name: 'Shout' }).click();
    await second.getByRole('heading', { name: 'Hello!', exact: true }).waitFor();
    await post(second, 'And you');
    await first.getByRole('heading', { name: 'And you' }).waitFor();
    expect(await first.getByRole('heading', { name: 'And you' }).count()).toBe(1);
    await first.getByRole('button', { name: 'Delete' }).click();
    await second.getByRole('heading', { name: 'Hello!' }).waitFor({ state: 'detached' });
  },
  PATIENCE,
);

test(
  'an account made in one browser is signed in with in the other, and votes there once',
  async () => {
    expect(await first.getByRole('button', { name: 'Tabs: 0' }).count()).toBe(0);
    const form = first.locator('.fb-card', { hasText: 'Members vote' });
    await form.getByRole('button', { name: 'I need an account' }).click();
    await form.getByLabel('Name').fill('Ada');
    await form.getByLabel('E-mail').fill('ada@example.com');
    await form.getByLabel('Password').fill('correct horse');
    await form.getByRole('button', { name: 'Create account' }).click();
    await first.getByText('Ada', { exact: true }).waitFor();
    await first.getByRole('button', { name: 'Tabs: 0' }).click();
    await first.getByRole('button', { name: 'Tabs: 1' }).waitFor();

    await second.getByRole('button', { name: 'Sign in to vote' }).click();
    const dialog = second.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill('ada@example.com');
    await dialog.getByLabel('Password').fill('wrong');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await dialog.getByLabel('Password').inputValue()).toBe('');
    await dialog.getByLabel('Password').fill('correct horse');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await second.getByRole('button', { name: 'Spaces: 0' }).click();
    await second.getByRole('button', { name: 'Spaces: 1' }).waitFor();
    await first.getByRole('button', { name: 'Tabs: 0' }).waitFor();
    await second.getByRole('button', { name: 'Sign out' }).click();
    await second.getByText('Members vote').waitFor();
  },
  PATIENCE,
);

test(
  'both fit their screens, and can be looked at',
  async () => {
    await post(first, 'A post with a text that is long enough to need a second line on a phone');
    const folder = join(import.meta.dirname, '../dist/looks');
    await mkdir(folder, { recursive: true });
    for (const [name, page] of [
      ['wide', first],
      ['phone', second],
    ] as const) {
      await page.getByRole('heading', { name: /A post with/ }).waitFor();
      await page.screenshot({ path: join(folder, `live-${name}.png`), fullPage: true });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
    }
  },
  PATIENCE,
);
