// A generated list manager as a person sees it: found by roles and labels only, so the test fails when a screen
// reader would be lost too, and passes whatever the markup is.
import type { Locator, Page } from 'playwright-core';

/** The values of one record, by the label of the field. */
export type RecordInput = Readonly<Record<string, string>>;

/** The rows that hold records, without the head. */
export function rowsOf(page: Page): Locator {
  return page
    .getByRole('table')
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });
}

/** The row that shows a text. */
export function rowWith(page: Page, text: string): Locator {
  return rowsOf(page).filter({ hasText: text });
}

async function submit(page: Page, record: RecordInput): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  for (const [label, value] of Object.entries(record)) await dialog.getByLabel(label).fill(value);
  await dialog.getByRole('button', { name: /save|add/i }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Adds a record and waits until its row is there. */
export async function addRecord(page: Page, record: RecordInput, shown: string): Promise<void> {
  await page.getByRole('button', { name: /^add/i }).first().click();
  await submit(page, record);
  await rowWith(page, shown).waitFor();
}

/** Opens the row's editor and saves the given fields. */
export async function editRecord(page: Page, shown: string, change: RecordInput): Promise<void> {
  await rowWith(page, shown).getByRole('button', { name: /edit/i }).click();
  await submit(page, change);
}

/** Deletes the row and says yes to the question. */
export async function deleteRecord(page: Page, shown: string): Promise<void> {
  await rowWith(page, shown)
    .getByRole('button', { name: /delete|remove/i })
    .click();
  await page
    .getByRole('dialog')
    .or(page.getByRole('alertdialog'))
    .getByRole('button', { name: /delete|remove/i })
    .click();
  await rowWith(page, shown).waitFor({ state: 'detached' });
}

/** The first cell of each row, top down. */
export async function firstColumn(page: Page): Promise<string[]> {
  const rows = await rowsOf(page).all();
  return Promise.all(
    rows.map(async (row) => (await row.getByRole('cell').first().textContent())?.trim() ?? ''),
  );
}

/** Sorts by a column's head. */
export async function sortBy(page: Page, column: string): Promise<void> {
  await page.getByRole('columnheader', { name: column }).getByRole('button').click();
}
