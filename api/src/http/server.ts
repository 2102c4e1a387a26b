// The HTTP server under Express: limits on heads, slow clients and idle sockets, answers to what Node itself
// refuses, and an orderly end. Node's parser is strict here: smuggling attempts (two lengths, length beside
// chunked, folded headers, bare CR) end the connection with 400 and never reach a second request.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { MAX_HEADER_BYTES, MAX_URL_BYTES } from '../contract/limits.ts';
import type { ProblemCode } from '../contract/problem.ts';
import { ApiError, answerTo } from '../errors.ts';

/** Time limits in milliseconds; tests shorten them. */
export interface ServerTimes {
  readonly headers: number;
  readonly request: number;
  readonly keepAlive: number;
}

const DEFAULT_TIMES: ServerTimes = { headers: 10_000, request: 30_000, keepAlive: 65_000 };

const refuse = (socket: Duplex, code: ProblemCode, detail: string): void => {
  const { status, body } = answerTo(new ApiError(code, detail));
  const text = JSON.stringify(body);
  socket.end(
    `HTTP/1.1 ${status} ${body.title}\r\nContent-Type: application/problem+json\r\nX-Content-Type-Options: nosniff\r\n` +
      `Connection: close\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
};

const isLongTarget = (packet: unknown): boolean =>
  Buffer.isBuffer(packet) &&
  packet.length > MAX_URL_BYTES &&
  !packet.subarray(0, MAX_URL_BYTES).includes('\r\n');

const onClientError = (error: Error & { code?: string; rawPacket?: unknown }, socket: Duplex): void => {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  if (error.code === 'HPE_HEADER_OVERFLOW') {
    if (isLongTarget(error.rawPacket)) refuse(socket, 'uri_too_long', 'The address is too long.');
    else refuse(socket, 'headers_too_large', 'The request headers are too large.');
  } else refuse(socket, 'invalid_header', 'The request is not valid HTTP, or came too slowly.');
};

/** Makes the server around a request listener. */
export const makeServer = (listener: RequestListener, times: ServerTimes = DEFAULT_TIMES): Server => {
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: times.headers,
      requestTimeout: times.request,
      keepAliveTimeout: times.keepAlive,
      connectionsCheckingInterval: Math.min(1_000, times.headers),
      insecureHTTPParser: false,
      noDelay: true,
    },
    listener,
  );
  server.on('clientError', onClientError);
  server.on('connect', (_req, socket) =>
    refuse(socket, 'method_not_allowed', 'CONNECT is not possible here.'),
  );
  server.on('upgrade', (_req, socket) => refuse(socket, 'invalid_header', 'There is nothing to upgrade to.'));
  return server;
};

/** Starts listening; resolves with the port that was given. */
export const listen = (server: Server, port: number, host = '0.0.0.0'): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

/** Stops taking connections and waits for running requests, at most `graceMs`. */
export const drain = async (server: Server, graceMs: number): Promise<void> => {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
};
