// A real Chromium for the tests, the one of the distribution. Chromium resolves every *.localhost itself, so a
// test opens the same address a person would. Each page records its console, because "no error" is asserted.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { z } from 'zod';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A page with what it said: `errors` holds console errors, uncaught exceptions and refused requests. */
export interface WatchedPage {
  page: Page;
  errors: string[];
}

/** Looks of a page: the two widths and two colour schemes that every screenshot is taken in. */
export interface Look {
  width: number;
  height: number;
  scheme: 'light' | 'dark';
}

/** Starts Chromium. Throws with the remedy when there is none. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env.FAIBRIC_CHROMIUM ?? CANDIDATES.find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error('no Chromium found: install the package "chromium", or set FAIBRIC_CHROMIUM to its path');
  }
  return chromium.launch({ executablePath, args: FLAGS, headless: true });
}

/** Opens an empty page of its own context, so that no test sees another's cookies. */
export async function openPage(browser: Browser, look: Partial<Look> = {}): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1280, height: look.height ?? 900 },
    colorScheme: look.scheme ?? 'light',
  });
  return watch(await context.newPage());
}

/** Another page of the same browser as `page`: it shares the cookies, so an app sees the same visitor. */
export async function openBeside(page: Page): Promise<WatchedPage> {
  return watch(await page.context().newPage());
}

function watch(page: Page): WatchedPage {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.message}`));
  return { page, errors };
}

/** True when something is wider than the window, so that a person would have to scroll sideways. */
export function overflowsSideways(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
}

/** What axe finds wrong with the page as it is, one line a rule. */
export async function accessibilityViolations(page: Page): Promise<string[]> {
  // Evaluated by the debugger, so the page's own policy against inline script is not weakened for the test.
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const found = await page.evaluate(
    `axe.run().then((found) => found.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.target).join(' ')))`,
  );
  return z.array(z.string()).parse(found);
}
