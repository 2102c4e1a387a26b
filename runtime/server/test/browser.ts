// A Chromium for tests, and apps served to it as the real server would. Chromium comes from the distribution; a machine
// without one fails these tests with the name of the package, it does not skip them.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { check } from '../../builder/src/check.ts';
import { startStaticServer } from '../static-server.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];
const VENDOR = join(import.meta.dirname, '../../dist/builder/vendor');

/** Starts the browser. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = PLACES.find((path) => existsSync(path));
  if (!executablePath) throw new Error('no Chromium found: apt-get install chromium');
  return await chromium.launch({ executablePath, args: FLAGS });
}

/** An app that is served. */
export interface ServedApp {
  url: string;
  server: Server;
}

/** Checks an app and serves it; throws with the findings when it is refused. */
export async function serveApp(files: Readonly<Record<string, string>>): Promise<ServedApp> {
  const directory = await mkdtemp(join(tmpdir(), 'faibric-served-'));
  await mkdir(join(directory, 'src'));
  await writeFile(join(directory, 'app.json'), '{"appId":"served","revision":1,"title":"Served"}');
  for (const [path, text] of Object.entries(files)) await writeFile(join(directory, path), text);
  const out = join(directory, 'out');
  const findings = await check(directory, out);
  if (!findings.ok) throw new Error(`the app was refused: ${JSON.stringify(findings.diagnostics)}`);
  return await startStaticServer({ app: join(out, 'app'), vendor: VENDOR });
}

/** A page with what it complained about: console warnings and errors, uncaught exceptions. */
export async function openPage(
  browser: Browser,
  url: string,
  look: { width: number; scheme: 'light' | 'dark' },
): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({
    viewport: { width: look.width, height: 900 },
    colorScheme: look.scheme,
  });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url, { waitUntil: 'networkidle', timeout: 60_000 });
  return { page, complaints };
}
