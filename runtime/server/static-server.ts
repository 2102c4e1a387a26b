// The server of apps in Node, for tests and for looking at an app without a cluster: the same files, headers and rules
// as nginx.conf, and a small Database API and Gateway in memory. Not for production: it keeps all in memory.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { makeApi } from './memory-api.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The headers of headers.conf, with the values that the app's layer sets. */
export function serverHeaders(values: Readonly<Record<string, string>>): Record<string, string> {
  const text = readFileSync(join(import.meta.dirname, 'headers.conf'), 'utf8');
  const lines = text.matchAll(/^add_header (\S+) (?:"([^"]*)"|(\S+)) always;$/gm);
  const fill = (value: string): string => value.replace(/\$(\w+)/g, (_, name: string) => values[name] ?? '');
  return Object.fromEntries(
    [...lines].map(([, name = '', quoted, plain]) => [name, fill(quoted ?? plain ?? '')]),
  );
}

function layerValue(app: string, name: string): string {
  return /default "([^"]*)"/.exec(readFileSync(join(app, 'server', `${name}.map`), 'utf8'))?.[1] ?? '';
}

/** File that a path is answered with, and whether it may be kept for ever; undefined for 404. */
export function routeOf(
  path: string,
  places: { app: string; vendor: string },
): { file: string; keep: boolean } | undefined {
  if (path.includes('/../')) return undefined;
  if (path.startsWith('/_faibric/')) return { file: join(places.vendor, path.slice(10)), keep: true };
  if (path.startsWith('/assets/')) return { file: join(places.app, path), keep: true };
  if (path !== '/index.html' && (/\/\./.test(path) || /\.[^/]*$/.test(path))) return undefined;
  return { file: join(places.app, 'index.html'), keep: false };
}

async function serveFile(
  path: string,
  places: { app: string; vendor: string },
  response: ServerResponse,
): Promise<void> {
  const route = routeOf(path, places);
  const content = route && (await readFile(route.file).catch(() => undefined));
  if (!route || !content) {
    response.writeHead(404).end('not found\n');
    return;
  }
  response.setHeader('content-type', TYPES[extname(route.file)] ?? 'application/octet-stream');
  response.setHeader('cache-control', route.keep ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.end(content);
}

/** Starts a server of one app on a free loopback port. `app` is the layer that a check wrote. */
export async function startStaticServer(places: {
  app: string;
  vendor: string;
}): Promise<{ url: string; server: Server }> {
  const values = {
    faibric_revision: layerValue(places.app, 'revision'),
    faibric_frame: layerValue(places.app, 'frame'),
  };
  const headers = serverHeaders(values);
  const api = makeApi();
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '/', 'http://app.localhost');
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (pathname === '/_faibric/healthz') response.end('ok\n');
    else if (pathname.startsWith('/api/')) void api(request, response);
    else void serveFile(decodeURIComponent(pathname), places, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `http://app.localhost:${port}`, server };
}
