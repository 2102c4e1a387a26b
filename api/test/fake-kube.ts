// A pretended Kubernetes API server that speaks just enough of list and watch for FaibricApps, and misbehaves on
// request: pages, 410 Gone in the middle of a watch, cut connections, errors on list.
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FaibricApp } from '@faibric/crds';

/** The server and the hands of a test. */
export interface FakeKube {
  readonly url: string;
  /** Requests so far, as `METHOD path?query`. */
  readonly requests: string[];
  readonly apps: Map<string, FaibricApp>;
  pageSize: number;
  /** Lists to fail with 500 from now on. */
  failLists: number;
  /** Sends an event on all open watches. */
  emit(type: string, object: unknown): void;
  /** Cuts all open watches. */
  cut(): void;
  watches(): number;
  stop(): void;
}

/** Starts it on a free port. */
export const startFakeKube = async (): Promise<FakeKube> => {
  const open = new Set<ServerResponse>();
  const requests: string[] = [];
  const apps = new Map<string, FaibricApp>();
  const list = (query: URLSearchParams, res: ServerResponse): void => {
    const all = [...apps.values()];
    const start = Number(query.get('continue') ?? 0);
    const end = start + fake.pageSize;
    const more = end < all.length ? { continue: String(end) } : {};
    // As in the real thing, items of a list carry no kind.
    const items = all.slice(start, end).map(({ kind: _kind, apiVersion: _version, ...item }) => item);
    res.end(JSON.stringify({ metadata: { resourceVersion: '1000', ...more }, items }));
  };
  const server: Server = createServer((req, res) => {
    requests.push(`${req.method} ${req.url}`);
    const { searchParams } = new URL(req.url ?? '/', 'http://kube');
    if (searchParams.get('watch') === 'true') {
      res.writeHead(200);
      res.flushHeaders();
      open.add(res);
      res.on('close', () => open.delete(res));
    } else if (fake.failLists > 0) {
      fake.failLists -= 1;
      res.writeHead(500).end('{}');
    } else list(searchParams, res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeKube = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    apps,
    pageSize: 500,
    failLists: 0,
    emit: (type, object) => {
      for (const res of open) res.write(`${JSON.stringify({ type, object })}\n`);
    },
    cut: () => {
      for (const res of open) res.destroy();
    },
    watches: () => open.size,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return fake;
};
