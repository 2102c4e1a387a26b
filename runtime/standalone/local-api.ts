// The platform in the browser, for an exported app: answers /api/… from localStorage, whether the SDK asks or plain fetch.
// Live data (stocks, weather …) needs a server with keys and is answered with 503 and the reason.
import { answerAccounts, type LocalAnswer } from './local-accounts.ts';
import { LocalCollection } from './local-documents.ts';
import { installEvents, tellChange } from './local-events.ts';

const DOCUMENTS = /^\/api\/v1\/db\/[^/]+\/([^/]+)\/(?:(bulk\/delete|[^/]+)\/)?$/;
const ACCOUNTS = /^\/api\/app-auth\/([a-z-]+)\/$/;

interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly body: Record<string, unknown>;
}

const problem = (status: number, code: string, detail: string): LocalAnswer => [
  status,
  { type: `urn:faibric:problem:${code}`, title: code, status, code, detail },
];
const NOT_FOUND = problem(404, 'no_such_document', 'There is no such document.');

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

function collectionOf(name: string): LocalCollection {
  return new LocalCollection(name, (type, one) =>
    tellChange({ collection: name, type, data: type === 'deleted' ? { id: one.id } : one }),
  );
}

function answerDocument(collection: LocalCollection, id: string, { method, body }: Asked): LocalAnswer {
  if (method === 'DELETE') return collection.remove(id) ? [204] : NOT_FOUND;
  const isMerge = method === 'PATCH' || body.merge === true;
  const found = method === 'GET' ? collection.get(id) : collection.update(id, asObject(body.data), isMerge);
  return found ? [200, found] : NOT_FOUND;
}

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Several at once: created, or deleted by their ids. */
function answerBulk(collection: LocalCollection, last: string, body: Record<string, unknown>): LocalAnswer {
  if (last === 'bulk') {
    const items = listed(body.documents).map((one) => collection.create(asObject(asObject(one).data)));
    return [201, { items }];
  }
  return [200, { deleted: listed(body.ids).filter((id) => collection.remove(String(id))).length }];
}

function answerCollection(name: string, last: string | undefined, asked: Asked): LocalAnswer {
  const collection = collectionOf(name);
  if (last === 'count') return [200, collection.count(asked.url.searchParams)];
  if (last === 'bulk' || last === 'bulk/delete') return answerBulk(collection, last, asked.body);
  if (last !== undefined) return answerDocument(collection, last, asked);
  if (asked.method === 'POST') return [201, collection.create(asObject(asked.body.data))];
  return [200, collection.list(asked.url.searchParams)];
}

async function answer(asked: Asked): Promise<LocalAnswer> {
  const { pathname } = asked.url;
  const [, name, last] = DOCUMENTS.exec(pathname) ?? [];
  if (name !== undefined) return answerCollection(decodeURIComponent(name), last, asked);
  const action = ACCOUNTS.exec(pathname)?.[1];
  if (action !== undefined) return await answerAccounts(action, asked.body);
  const detail = 'This copy of the app runs without Faibric, so it has no live data. See README.md.';
  return problem(503, 'service_not_configured', detail);
}

const parse = (text: string): Record<string, unknown> => asObject(text === '' ? {} : JSON.parse(text));

/** Answers the platform's paths in the browser from now on. */
export function installLocalApi(): void {
  const remote = globalThis.fetch;
  installEvents();
  globalThis.fetch = async (input, init) => {
    const request = new Request(
      input instanceof Request ? input : new URL(String(input), location.href),
      init,
    );
    const url = new URL(request.url);
    if (url.origin !== location.origin || !url.pathname.startsWith('/api/')) return await remote(input, init);
    const body = parse(await request.text());
    const [status, content] = await answer({ method: request.method, url, body });
    const headers = { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' };
    return new Response(content === undefined ? null : JSON.stringify(content), { status, headers });
  };
}
