// A local upstream for tests: a real server on loopback that does what a test's script says and remembers what it was
// asked. Scripts speak HTTP through Node's response, or break it on the bare socket.
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** One request as the upstream saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A running upstream. */
export interface TestUpstream {
  readonly url: string;
  readonly port: number;
  readonly seen: SeenRequest[];
  /** What it does from now on. */
  follow(script: RequestListener): void;
  close(): void;
}

/** Answers with JSON. */
export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): RequestListener =>
  (_req, res) => {
    res.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    res.end(JSON.stringify(body));
  };

/** Answers with a text of some type. */
export const text =
  (body: string, type: string, status = 200): RequestListener =>
  (_req, res) => {
    res.writeHead(status, { 'Content-Type': type });
    res.end(body);
  };

/** Redirects. */
export const redirect =
  (status: number, to: string): RequestListener =>
  (_req, res) => {
    res.writeHead(status, { Location: to });
    res.end('{"moved":true}');
  };

/** Sends so many bytes of valid JSON text, as fast as they are taken; tells how many went out. */
export const flood =
  (bytes: number, tell: (sent: number) => void = () => undefined): RequestListener =>
  (_req, res) => {
    const chunk = Buffer.alloc(65_536, 0x20);
    let sent = 0;
    res.writeHead(200, { 'Content-Type': 'application/json' });
    res.on('close', () => tell(sent));
    const more = (): void => {
      while (!res.destroyed && sent < bytes) {
        sent += chunk.length;
        if (!res.write(chunk)) break;
      }
      if (res.destroyed) return;
      if (sent < bytes) res.once('drain', more);
      else res.end('{}');
    };
    more();
  };

/** Sends a space now and then, for ever. */
export const drip: RequestListener = (_req, res) => {
  res.writeHead(200, { 'Content-Type': 'application/json' });
  const timer = setInterval(() => res.write(' '), 50);
  res.on('close', () => clearInterval(timer));
};

/** Sends a small body that inflates to a large one. */
export const gzipBomb: RequestListener = (_req, res) => {
  res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' });
  res.end(gzipSync(Buffer.alloc(50_000_000)));
};

/** Sends a head that has no end. */
export const hugeHeader: RequestListener = (_req, res) => {
  const { socket } = res;
  if (socket === null) return;
  socket.on('error', () => undefined);
  socket.write('HTTP/1.1 200 OK\r\nX-A: ');
  const piece = 'a'.repeat(65_536);
  const more = (left: number): void => {
    if (left === 0) socket.end('\r\n\r\n');
    else socket.write(piece, () => more(left - 1));
  };
  more(160);
};

/** Ends the connection without an answer. */
export const reset: RequestListener = (_req, res) => res.socket?.resetAndDestroy();

/** Never answers. */
export const silence: RequestListener = () => undefined;

/** Starts an upstream that knows nothing yet. */
export const startUpstream = async (): Promise<TestUpstream> => {
  const seen: SeenRequest[] = [];
  let script: RequestListener = json({ error: 'nothing is set up' }, 500);
  const server: Server = createServer((req, res) => {
    res.on('error', () => undefined);
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const { method = '', url = '', headers } = req;
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      script(req, res);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    seen,
    follow: (next) => {
      script = next;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
