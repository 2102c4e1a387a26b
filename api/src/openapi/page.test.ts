import { expect, test } from 'vitest';
import { OPERATIONS } from '../contract/operations/operations.ts';
import { makeOpenApi } from './document.ts';
import { html, pageText } from './html.ts';
import { makeReferencePage } from './page.ts';

const document = makeOpenApi(OPERATIONS);
const page = makeReferencePage(document);

test('every operation and every shape has its place, and every link inside the page leads to one', () => {
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  for (const { id } of OPERATIONS) expect(ids).toContain(id);
  for (const name of Object.keys(document.components.schemas)) expect(ids).toContain(`schema-${name}`);
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
  expect(links.filter((link) => !ids.includes(link))).toEqual([]);
  expect(ids.length).toBe(new Set(ids).size);
});

test('the page holds no script, no handler and no address of anybody else', () => {
  expect(page).not.toMatch(/<script|\son[a-z]+=|https?:\/\//i);
});

test('texts are escaped, HTML of our own is not', () => {
  const inner = html`<b>${'<script>"&\''}</b>`;
  expect(pageText(html`<p>${inner}${[inner, html`${1}`]}</p>`)).toBe(
    '<p><b>&lt;script&gt;&quot;&amp;&#39;</b><b>&lt;script&gt;&quot;&amp;&#39;</b>1</p>',
  );
});
