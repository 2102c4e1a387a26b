// The reference page at /api/docs/, made from the OpenAPI document: what a person reads of the same contract. No script
// and no request to anywhere: parts that are long are closed and open by themselves when the browser's search finds
// something in them.
import type { Caller } from '../contract/operation.ts';
import type { Content, OpenApiDocument, OperationObject, ResponseObject } from './document.ts';
import { type Html, html, pageText } from './html.ts';
import { PAGE_STYLE } from './page-style.ts';
import { fieldTable, schemaView } from './schema-view.ts';

interface Entry {
  readonly method: string;
  readonly path: string;
  readonly operation: OperationObject;
}

const NOTHING = html``;

const WHO: Readonly<Record<Caller, string>> = {
  anyone: "anybody who reaches the platform's host",
  app: "pages on an app's own host, under its access rules",
  account: 'a signed-in account, for its own apps',
  owner: "the app's owner, on the platform's host",
  admin: 'admins',
};

const entriesOf = (document: OpenApiDocument, tag: string): Entry[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.tags[0] === tag)
      .map(([method, operation]) => ({ method, path, operation })),
  );

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Text of the contract, with what stands between backticks as code. */
const prose = (text: string): Html =>
  html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))}`;

const methodView = (method: string): Html =>
  html`<span class="method ${method}">${method.toUpperCase()}</span>`;

const fold = (title: Html, body: Html): Html =>
  html`<details><summary>${title}</summary><div>${body}</div></details>`;

const contentView = (content: Content = {}): Html =>
  html`${Object.entries(content).map(
    ([type, { schema }]) => html`<p class="soft"><code>${type}</code></p>${schemaView(schema)}`,
  )}`;

const eventsView = (events: ResponseObject['x-events']): Html =>
  events === undefined
    ? NOTHING
    : html`<p class="soft">Events by name, with the shape of their data:</p>${fieldTable(
        Object.entries(events).map(([name, schema]) => ({ name, schema, required: false })),
      )}`;

const answerView = ([status, response]: readonly [string, ResponseObject]): Html =>
  fold(
    html`<span class="status">${status}</span> ${response.description}`,
    html`${contentView(response.content)}${eventsView(response['x-events'])}`,
  );

const problemsView = (problems: readonly (readonly [string, ResponseObject])[]): Html =>
  fold(
    html`Problems`,
    html`<table><tr><th>status</th><th>code</th></tr>${problems.flatMap(([status, response]) =>
      (response['x-codes'] ?? []).map(
        (code) => html`<tr><td>${status}</td><td><code>${code}</code></td></tr>`,
      ),
    )}</table>`,
  );

const operationView = ({ method, path, operation }: Entry): Html => {
  const responses = Object.entries(operation.responses);
  const fields = (operation.parameters ?? []).map(({ in: place, ...field }) => ({ ...field, place }));
  const isAnswer = ([, response]: readonly [string, ResponseObject]): boolean =>
    response['x-codes'] === undefined || Object.keys(response.content ?? {}).length > 1;
  return html`<article id="${operation.operationId}"><header>
<h3 class="line">${methodView(method)}<a href="#${operation.operationId}"><code>${path}</code></a></h3>
<p>${prose(operation.summary)}</p>${operation.description === undefined ? NOTHING : html`<p class="soft">${prose(operation.description)}</p>`}
<p class="who">For ${operation['x-callers'].map((caller) => WHO[caller]).join('; ')}.</p></header>
${fields.length === 0 ? NOTHING : fold(html`Parameters`, fieldTable(fields))}
${operation.requestBody === undefined ? NOTHING : fold(html`Body`, contentView(operation.requestBody.content))}
${responses.filter(isAnswer).map(answerView)}
${problemsView(responses.filter(([, response]) => response['x-codes'] !== undefined))}</article>`;
};

const navigation = (document: OpenApiDocument): Html =>
  html`<nav aria-label="Operations"><details open><summary>Faibric API</summary>
${document.tags.map(
  ({ name }) =>
    html`<h2>${capital(name)}</h2><ul>${entriesOf(document, name).map(
      ({ method, operation }) =>
        html`<li><a href="#${operation.operationId}">${methodView(method)} ${operation.operationId}</a></li>`,
    )}</ul>`,
)}
<h2>Shapes</h2><ul>${Object.keys(document.components.schemas).map(
    (name) => html`<li><a href="#schema-${name}">${name}</a></li>`,
  )}</ul></details></nav>`;

/** The page as text. */
export const makeReferencePage = (document: OpenApiDocument): string =>
  pageText(html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Faibric API</title><style>STYLE</style></head><body><div class="layout">${navigation(document)}<main>
<h1>Faibric API</h1><p>${prose(document.info.description)}</p>
<p class="soft">Made from the <a href="/api/openapi.json">OpenAPI document</a>, which the routes validate with.</p>
${document.tags.map(
  ({ name, description }) =>
    html`<section><h2 id="${name.replaceAll(' ', '-')}">${capital(name)}</h2><p class="soft">${prose(description)}</p>
${entriesOf(document, name).map(operationView)}</section>`,
)}
<section><h2 id="shapes">Shapes</h2>${Object.entries(document.components.schemas).map(
    ([name, schema]) =>
      html`<article id="schema-${name}"><header><h3>${name}</h3>${schemaView(schema)}</header></article>`,
  )}</section></main></div></body></html>
`).replace('STYLE', () => PAGE_STYLE);
