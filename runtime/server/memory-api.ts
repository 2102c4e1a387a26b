// The platform's API in memory, as far as an app can tell: documents by collection with their authors, live changes, app
// users, and the Gateway's sample answers. There are no access rules: everybody reads all, and `mine` is true to the asker.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stubAnswer } from '../builder/src/render/stub-api.ts';
import { type Answer, MemoryAccounts } from './memory-accounts.ts';

interface Stored {
  id: string;
  data: Record<string, unknown>;
  createdAt: string;
  updatedAt: string;
  version: number;
  author: string;
}

/** A collection, and those who follow it. */
interface Kept {
  stored: Stored[];
  followers: Map<ServerResponse, string>;
}

interface Asked {
  request: IncomingMessage;
  response: ServerResponse;
  body: Record<string, unknown>;
  author: string;
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function reply(response: ServerResponse, [status, body]: Answer): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

const asData = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const wire = ({ author, ...stored }: Stored, asker: string) => ({ ...stored, mine: author === asker });

function tell(kept: Kept, type: 'created' | 'updated' | 'deleted', stored: Stored): void {
  for (const [follower, asker] of kept.followers) {
    const data = type === 'deleted' ? { id: stored.id } : wire(stored, asker);
    follower.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}

function follow(kept: Kept, { response, author }: Asked): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('event: ready\ndata: {"resumed":false}\n\n');
  kept.followers.set(response, author);
  response.on('close', () => kept.followers.delete(response));
}

function create(kept: Kept, { body, author }: Asked): Answer {
  const now = new Date().toISOString();
  const made = {
    id: randomUUID(),
    data: asData(body.data),
    createdAt: now,
    updatedAt: now,
    version: 1,
    author,
  };
  kept.stored.unshift(made);
  tell(kept, 'created', made);
  return [201, wire(made, author)];
}

function answerDocument(kept: Kept, id: string, { request, body, author }: Asked): Answer {
  const stored = kept.stored.find((one) => one.id === id);
  if (!stored) return [404, { status: 404, code: 'no_such_document', title: 'Not found' }];
  if (request.method === 'GET') return [200, wire(stored, author)];
  if (request.method === 'DELETE') {
    kept.stored.splice(kept.stored.indexOf(stored), 1);
    tell(kept, 'deleted', stored);
    return [204];
  }
  const isMerge = request.method === 'PATCH' || body.merge === true;
  stored.data = isMerge ? { ...stored.data, ...asData(body.data) } : asData(body.data);
  stored.updatedAt = new Date().toISOString();
  stored.version += 1;
  tell(kept, 'updated', stored);
  return [200, wire(stored, author)];
}

function count(kept: Kept, filter: string | null): Answer {
  const wanted = Object.entries(asData(JSON.parse(filter ?? '{}')));
  const found = kept.stored.filter(({ data }) => wanted.every(([field, value]) => data[field] === value));
  return [200, { count: found.length }];
}

function answerCollection(kept: Kept, last: string | undefined, asked: Asked): Answer | undefined {
  const { request, author } = asked;
  if (last === 'events') return void follow(kept, asked);
  if (last === 'count')
    return count(kept, new URL(request.url ?? '/', 'http://app').searchParams.get('filter'));
  if (last) return answerDocument(kept, last, asked);
  if (request.method === 'POST') return create(kept, asked);
  const items = kept.stored.map((one) => wire(one, author));
  return [200, { items, total: items.length, limit: 500, offset: 0, next: null }];
}

/** A handler of /api/… with a store of its own. */
export function makeApi(): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const collections = new Map<string, Kept>();
  const accounts = new MemoryAccounts();
  return async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://app.localhost');
    const body = await bodyOf(request);
    const [, name, last] = /^\/api\/v1\/db\/[^/]+\/([^/]+)\/(?:([^/]+)\/)?$/.exec(pathname) ?? [];
    const action = /^\/api\/app-auth\/(\w+)\/$/.exec(pathname)?.[1];
    if (action) return reply(response, accounts.answer(request, response, { action, body }));
    if (!name) {
      const answer = stubAnswer('empty', pathname, body);
      return reply(response, [answer.status, answer.body]);
    }
    const kept = collections.get(name) ?? { stored: [], followers: new Map() };
    collections.set(name, kept);
    const author = accounts.authorOf(request, response);
    const answer = answerCollection(kept, last, { request, response, body, author });
    if (answer) reply(response, answer);
  };
}
