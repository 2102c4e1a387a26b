// Requests to *.localhost addresses: the connection goes to 127.0.0.1 and only the Host header has the name, because
// not every resolver knows that *.localhost is this machine. Node's fetch does not let one set that header.
import { request } from 'node:http';

/** Where to. */
export type LocalAddress = { readonly host: string; readonly port: number; readonly path: string };

/** An answer with its whole body as text. */
export type LocalAnswer = { readonly status: number; readonly body: string };

/** Sends a request; `undefined` when nobody answers within ten seconds. A body is sent as JSON. */
export async function localRequest(address: LocalAddress, body?: unknown): Promise<LocalAnswer | undefined> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return await new Promise((resolve) => {
    const sent = request({
      host: '127.0.0.1',
      port: address.port,
      path: address.path,
      method: text === undefined ? 'GET' : 'POST',
      headers: {
        host: hostHeader(address),
        ...(text === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      },
      timeout: 10_000,
      agent: false,
    });
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => resolve(undefined));
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => resolve(undefined));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    sent.end(text);
  });
}

/** The Host header of an address: with the port unless it is http's own. */
export const hostHeader = ({ host, port }: { host: string; port: number }) =>
  port === 80 ? host : `${host}:${port}`;

/** The status code with which an address answers, or undefined when nobody does. */
export async function answersAt(address: LocalAddress): Promise<number | undefined> {
  return (await localRequest(address))?.status;
}
