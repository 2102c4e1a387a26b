// The platform's API in memory, as far as an app can tell: documents by collection, and the Gateway's sample answers.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stubAnswer } from '../builder/src/render/stub-api.ts';

interface Stored {
  id: string;
  data: Record<string, unknown>;
  createdAt: string;
  updatedAt: string;
  version: number;
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function reply(response: ServerResponse, status: number, body?: unknown): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

const asData = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

function create(list: Stored[], data: unknown): Stored {
  const now = new Date().toISOString();
  const made = { id: randomUUID(), data: asData(data), createdAt: now, updatedAt: now, version: 1 };
  list.unshift(made);
  return made;
}

function change(stored: Stored, body: Record<string, unknown>, merge: boolean): Stored {
  const data = asData(body.data);
  stored.data = merge ? { ...stored.data, ...data } : data;
  stored.updatedAt = new Date().toISOString();
  stored.version += 1;
  return stored;
}

interface DocumentRequest {
  request: IncomingMessage;
  list: Stored[];
  id: string;
  body: Record<string, unknown>;
}

function answerDocument({ request, list, id, body }: DocumentRequest): [number, unknown?] {
  const stored = list.find((one) => one.id === id);
  if (!stored) return [404, { status: 404, code: 'not_found', title: 'Not found' }];
  if (request.method === 'GET') return [200, stored];
  if (request.method !== 'DELETE')
    return [200, change(stored, body, request.method === 'PATCH' || body.merge === true)];
  list.splice(list.indexOf(stored), 1);
  return [204];
}

/** A handler of /api/… with a store of its own. */
export function makeApi(): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const collections = new Map<string, Stored[]>();
  return async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://app.localhost');
    const body = await bodyOf(request);
    const [, name, id] = /^\/api\/v1\/db\/[^/]+\/([^/]+)\/(?:([^/]+)\/)?$/.exec(pathname) ?? [];
    if (!name) {
      const answer = stubAnswer('empty', pathname, body);
      return reply(response, answer.status, answer.body);
    }
    const list = collections.get(name) ?? [];
    collections.set(name, list);
    if (id) return reply(response, ...answerDocument({ request, list, id, body }));
    if (request.method === 'POST') return reply(response, 201, create(list, body.data));
    reply(response, 200, { items: list, total: list.length, limit: 100, offset: 0 });
  };
}
