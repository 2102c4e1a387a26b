// A stand-in for an API server that misbehaves on demand: silence, cuts in mid-line, 410, 500, reordered and
// repeated events. It speaks the wire protocol, so the real client is under test too; a real API server
// cannot be made to do these things. One resource type: ConfigMaps of namespace `ns`.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KubeObject, ResourceType } from '../src/runtime/kube-client.ts';

/** The type that the server serves. */
export const fakeType: ResourceType = { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps' };

/** An open watch. */
export interface OpenWatch {
  readonly since: string;
  send(type: string, object: unknown): void;
  raw(text: string): void;
  /** Ends it as a server does at its time-out. */
  end(): void;
  /** Breaks the connection. */
  cut(): void;
}

/** Decides about a request before the server answers it properly; true = it was answered. */
export type Fault = (
  request: { query: URLSearchParams; headers: IncomingMessage['headers'] },
  response: ServerResponse,
) => boolean;

/** The server. */
export interface FakeApiServer {
  readonly url: string;
  readonly lists: URLSearchParams[];
  readonly watches: URLSearchParams[];
  readonly open: Set<OpenWatch>;
  listFault: Fault | undefined;
  watchFault: Fault | undefined;
  /** Whether changes are told to open watches. */
  quiet: boolean;
  version: number;
  put(name: string, data?: Record<string, string>, uid?: string): KubeObject;
  remove(name: string): KubeObject;
  close(): Promise<void>;
}

interface Item extends KubeObject {
  data: Record<string, string>;
}

/** Answers with a Status. */
export function answerStatus(response: ServerResponse, code: number, status: object = {}): true {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ kind: 'Status', code, ...status }));
  return true;
}

/** Starts it on a free loopback port. */
export async function startFakeApiServer(): Promise<FakeApiServer> {
  const items = new Map<string, Item>();
  const sockets = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    const query = url.searchParams;
    const isWatch = query.get('watch') === 'true';
    (isWatch ? fake.watches : fake.lists).push(query);
    const fault = isWatch ? fake.watchFault : fake.listFault;
    if (fault?.({ query, headers: request.headers }, response)) return;
    if (isWatch) openWatch(fake, query, response);
    else answerList(fake, { query, items: [...items.values()] }, response);
  });
  await new Promise<void>((resolve) => sockets.listen(0, '127.0.0.1', resolve));
  const tell = (type: string, object: KubeObject): void => {
    if (fake.quiet) return;
    for (const watch of fake.open) watch.send(type, object);
  };
  const fake: FakeApiServer = {
    url: `http://127.0.0.1:${(sockets.address() as AddressInfo).port}`,
    lists: [],
    watches: [],
    open: new Set(),
    listFault: undefined,
    watchFault: undefined,
    quiet: false,
    version: 100,
    put: (name, data = {}, uid = `${name}-1`) => {
      fake.version += 1;
      const resourceVersion = String(fake.version);
      const metadata = { name, namespace: 'ns', uid, resourceVersion, managedFields: [{ manager: 'x' }] };
      const known = items.has(name);
      const item = { metadata, data };
      items.set(name, item);
      tell(known ? 'MODIFIED' : 'ADDED', item);
      return item;
    },
    remove: (name) => {
      fake.version += 1;
      const item = items.get(name);
      if (item === undefined) throw new Error(`there is no ${name}`);
      items.delete(name);
      const gone = { ...item, metadata: { ...item.metadata, resourceVersion: String(fake.version) } };
      tell('DELETED', gone);
      return gone;
    },
    close: () =>
      new Promise((resolve) => {
        sockets.close(() => resolve());
        sockets.closeAllConnections();
      }),
  };
  return fake;
}

function openWatch(fake: FakeApiServer, query: URLSearchParams, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  const watch: OpenWatch = {
    since: query.get('resourceVersion') ?? '',
    send: (type, object) => void response.write(`${JSON.stringify({ type, object })}\n`),
    raw: (text) => void response.write(text),
    end: () => void response.end(),
    cut: () => void response.destroy(),
  };
  fake.open.add(watch);
  response.once('close', () => fake.open.delete(watch));
}

function answerList(
  fake: FakeApiServer,
  { query, items }: { query: URLSearchParams; items: Item[] },
  response: ServerResponse,
): void {
  const from = Number(query.get('continue') ?? 0);
  const limit = Number(query.get('limit') ?? items.length);
  const page = items.slice(from, from + limit);
  const next = from + limit < items.length ? String(from + limit) : undefined;
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      kind: 'List',
      metadata: { resourceVersion: String(fake.version), continue: next },
      items: page,
    }),
  );
}
