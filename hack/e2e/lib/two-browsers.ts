// One app in two browsers that share nothing: two visitors. Calls of the API are made by the page itself, with the
// cookies that no script can read and the headers that only a browser sends.
import type { AccessRules } from '@faibric/crds';
import type { Browser, Page } from 'playwright-core';
import { applyApp, getApp, uniqueName, urlOf, waitReady } from './apps.ts';
import { openPage } from './browser.ts';

/** An app in two browsers. `errors` are what either complained about so far. */
export interface TwoBrowsers {
  name: string;
  id: string;
  first: Page;
  second: Page;
  errors: () => string[];
}

/** Makes an app from a sentence with the builtin engine, and opens it twice. */
export async function openTwice(browser: Browser, prefix: string, prompt: string): Promise<TwoBrowsers> {
  const name = uniqueName(prefix);
  await applyApp(name, { prompt, engine: 'builtin' });
  const app = await waitReady(name);
  const [first, second] = [await openPage(browser), await openPage(browser, { width: 390 })];
  for (const { page } of [first, second]) {
    await page.goto(urlOf(app));
    await page.getByRole('heading').first().waitFor();
  }
  const errors = (): string[] => [...first.errors, ...second.errors];
  return { name, id: app.status?.appId ?? '', first: first.page, second: second.page, errors };
}

/** The rules that the operator publishes for one collection. */
export async function rulesOf(name: string, collection: string): Promise<AccessRules | undefined> {
  const found = (await getApp(name)).status?.access?.find((rules) => rules.collection === collection);
  if (!found) return undefined;
  const { collection: _, ...rules } = found;
  return rules;
}

/** An answer as a page got it. */
export interface PageAnswer {
  status: number;
  body: {
    items?: { id: string; data: Record<string, unknown>; mine: boolean }[];
    total?: number;
    code?: string;
  };
}

/** Calls the app's Database API from inside its page; `path` is what follows the app's id. */
export async function callFrom(
  page: Page,
  app: TwoBrowsers,
  call: { path: string; method?: string; data?: object },
): Promise<PageAnswer> {
  const method = call.method ?? 'GET';
  const body = call.data && JSON.stringify({ data: call.data });
  const address = `/api/v1/db/${app.id}/${call.path}`;
  // As text: the page has types of its own.
  const script = `fetch(${JSON.stringify(address)}, {
    method: ${JSON.stringify(method)},
    headers: { 'content-type': 'application/json' },
    body: ${body === undefined ? 'undefined' : JSON.stringify(body)},
  }).then(async (answer) => {
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : {} };
  })`;
  return (await page.evaluate(script)) as PageAnswer;
}
