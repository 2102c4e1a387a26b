// Apps from a sentence have the right rules without anyone setting them: two browsers share the posts and not the todos,
// nobody but the owner reads a form's answers, and an app with accounts keeps its board for those who sign in.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deleteMadeApps } from './lib/apps.ts';
import { startBrowser } from './lib/browser.ts';
import { dashboardUrl, throughTraefik } from './lib/through-traefik.ts';
import { callFrom, openTwice, rulesOf, type TwoBrowsers } from './lib/two-browsers.ts';

const OWN = { read: 'visitor', create: 'visitor', update: 'visitor', delete: 'visitor' };
const POSTS = { read: 'anyone', create: 'anyone', update: 'visitor', delete: 'visitor' };
const FORM = { read: 'owner', create: 'anyone', update: 'owner', delete: 'owner' };
const MEMBERS = { read: 'user', create: 'user', update: 'visitor', delete: 'visitor' };

let browser: Browser;
let app: TwoBrowsers;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await deleteMadeApps();
});

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

/** Fills the dialog that the button opens, and saves. */
async function addThrough(page: Page, button: string, values: Record<string, string>): Promise<void> {
  await page.getByRole('button', { name: button }).first().click();
  const dialog = page.getByRole('dialog');
  for (const [label, value] of Object.entries(values)) await dialog.getByLabel(label).fill(value);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
}

describe('todo', () => {
  beforeAll(async () => {
    app = await openTwice(browser, 'todo', 'todo');
  });

  const add = async (page: Page, task: string): Promise<void> => {
    await page.getByLabel('Add task').fill(task);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('checkbox', { name: task }).waitFor();
  };

  test('two browsers have a list each, and neither reaches the other’s', async () => {
    expect(await rulesOf(app.name, 'tasks')).toEqual(OWN);
    await add(app.first, 'Water the basil');
    await add(app.second, 'Buy bread');
    for (const page of [app.first, app.second]) await page.reload();
    await app.first.getByRole('checkbox', { name: 'Water the basil' }).waitFor();
    await app.second.getByRole('checkbox', { name: 'Buy bread' }).waitFor();
    expect(await app.first.getByRole('checkbox').count()).toBe(1);
    expect(await app.second.getByRole('checkbox').count()).toBe(1);
    expect(app.errors()).toEqual([]);

    const { body } = await callFrom(app.first, app, { path: 'tasks/' });
    const id = body.items?.[0]?.id ?? '';
    expect(body).toMatchObject({ total: 1, items: [{ mine: true }] });
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const data = method === 'PATCH' ? { data: { done: true } } : {};
      expect((await callFrom(app.second, app, { path: `tasks/${id}/`, method, ...data })).status).toBe(404);
    }
  });
});

describe.each([
  {
    what: 'A guest book where visitors leave a message',
    collection: 'entries',
    button: 'Add entry',
    values: (name: string) => ({ Name: name, Message: 'What a lovely place.' }),
    edit: 'Edit entry',
    open: async () => {},
  },
  {
    what: 'A blog about hiking in the alps',
    collection: 'posts',
    button: 'Add post',
    values: (name: string) => ({ Title: name, Text: 'We went up and down again.' }),
    edit: 'Edit post',
    open: (page: Page) => page.getByRole('button', { name: 'Read' }).first().click(),
  },
])('$what', ({ what, collection, button, values, edit, open }) => {
  beforeAll(async () => {
    app = await openTwice(browser, collection, what);
  });

  test('what one writes appears in the other without a reload, which cannot change it', async () => {
    expect(await rulesOf(app.name, collection)).toEqual(POSTS);
    await addThrough(app.first, button, values('From the first'));
    await heading(app.second, 'From the first').waitFor({ timeout: 15_000 });
    for (const page of [app.first, app.second]) await open(page);
    await app.first.getByRole('button', { name: edit }).waitFor();
    expect(await app.second.getByRole('button', { name: edit }).count()).toBe(0);
    expect(app.errors()).toEqual([]);

    const id = (await callFrom(app.second, app, { path: `${collection}/` })).body.items?.[0]?.id ?? '';
    const path = `${collection}/${id}/`;
    expect((await callFrom(app.second, app, { path })).status).toBe(200);
    expect((await callFrom(app.second, app, { path, method: 'PATCH', data: { title: 'x' } })).status).toBe(
      404,
    );
    expect((await callFrom(app.second, app, { path, method: 'DELETE' })).status).toBe(404);
    expect((await callFrom(app.first, app, { path, method: 'DELETE' })).status).toBe(204);
    await heading(app.second, 'From the first').waitFor({ state: 'detached', timeout: 15_000 });
  });
});

describe('A contact form for my plumbing business', () => {
  beforeAll(async () => {
    app = await openTwice(browser, 'contact', 'A contact form for my plumbing business');
  });

  test('nobody but the owner reads the answers', async () => {
    expect(await rulesOf(app.name, 'messages')).toEqual(FORM);
    await app.first.getByLabel('Name').fill('Ada');
    await app.first.getByLabel('E-mail').fill('ada@example.org');
    await app.first.getByLabel('Message').fill('The tap drips.');
    await app.first.getByRole('button', { name: 'Send message' }).click();
    await app.first.getByText('Thank you').waitFor();
    await app.second.getByText('Only the owner of this app sees what you send.').waitFor();
    expect(app.errors()).toEqual([]);

    for (const page of [app.first, app.second])
      for (const path of ['messages/', 'messages/count/', 'messages/events/', 'messages/export/'])
        expect((await callFrom(page, app, { path })).status, path).toBe(403);
    const answer = await throughTraefik({ url: `${dashboardUrl()}/api/v1/db/${app.id}/messages/` });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({
      total: 1,
      items: [{ data: { message: 'The tap drips.' } }],
    });
  });
});

describe('A poll about where to eat lunch: pizza, sushi or tacos', () => {
  beforeAll(async () => {
    app = await openTwice(browser, 'poll', 'A poll about where to eat lunch: pizza, sushi or tacos');
  });

  const vote = (page: Page, option: string) =>
    page.getByRole('button', { name: option, exact: true }).click();
  const result = (page: Page, text: string) =>
    page.getByText(text, { exact: true }).first().waitFor({ timeout: 15_000 });

  test('votes are counted together, and each browser has one that it may change', async () => {
    expect(await rulesOf(app.name, 'ballots')).toEqual(POSTS);
    await vote(app.first, 'Pizza');
    await result(app.first, 'Pizza: 1 votes');
    await result(app.second, 'Pizza: 1 votes');
    await vote(app.second, 'Sushi');
    await result(app.second, 'Sushi: 1 votes');
    await vote(app.first, 'Sushi');
    for (const page of [app.first, app.second]) {
      await result(page, 'Sushi: 2 votes');
      await result(page, 'Pizza: 0 votes');
    }
    expect((await callFrom(app.first, app, { path: 'ballots/' })).body.total).toBe(2);
    expect(app.errors()).toEqual([]);
  });
});

describe('a members-only board where people sign up and log in', () => {
  const account = { email: 'ada@example.org', password: 'correct horse battery' };
  beforeAll(async () => {
    app = await openTwice(browser, 'board', 'a members-only board where people sign up and log in');
  });

  test('one signs up and writes; another browser sees nothing until it signs in', async () => {
    expect(await rulesOf(app.name, 'topics')).toEqual(MEMBERS);
    const { first, second } = app;
    await first.getByRole('button', { name: 'I need an account' }).click();
    await first.getByLabel('Name').fill('Ada');
    await first.getByLabel('E-mail').fill(account.email);
    await first.getByLabel('Password').fill(account.password);
    await first.getByRole('button', { name: 'Create account' }).click();
    await first.getByRole('button', { name: 'Sign out' }).waitFor();
    await addThrough(first, 'Add topic', { Title: 'For members', Message: 'Hello all.' });
    await heading(first, 'For members').waitFor();
    expect(await heading(second, 'For members').count()).toBe(0);
    expect(app.errors()).toEqual([]);
    expect((await callFrom(second, app, { path: 'topics/' })).status).toBe(401);
    expect(
      (await callFrom(second, app, { path: 'topics/', method: 'POST', data: { title: 'x' } })).status,
    ).toBe(401);

    const form = second.locator('form');
    await form.getByLabel('E-mail').fill(account.email);
    await form.getByLabel('Password').fill(account.password);
    await form.getByRole('button', { name: 'Sign in' }).click();
    await heading(second, 'For members').waitFor();
    await second.getByRole('button', { name: 'Edit topic' }).waitFor();
    await second.getByRole('button', { name: 'Sign out' }).click();
    await heading(second, 'For members').waitFor({ state: 'detached' });
  });
});
