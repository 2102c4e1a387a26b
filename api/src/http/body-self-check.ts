// Before it takes requests, the server sends itself one body that is a byte too large and must see 413. A limit that an
// upgrade of Node or of ours quietly lost is then found by the process that would serve without it, not by an attacker.
import { request as httpRequest, type Server } from 'node:http';
import { MAX_BODY_BYTES } from '../contract/limits.ts';
import { answerTo } from '../errors.ts';
import { readJson } from './read-body.ts';
import { listen, makeServer } from './server.ts';

const sendTooMuch = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const req = httpRequest(
      { host: '127.0.0.1', port, method: 'POST', path: '/', headers, agent: false },
      (res) => {
        res.resume();
        resolve(res.statusCode ?? 0);
      },
    );
    req.on('error', reject);
    // In two parts, so without a length that could be refused unread.
    req.write(Buffer.alloc(MAX_BODY_BYTES, 0x20));
    req.end(' ');
  });

/** A server that reads a body as the routes do, and answers with the status of what that gave. */
const makeReader = (read: typeof readJson): Server =>
  makeServer((req, res) => {
    read(req).then(
      () => res.writeHead(200).end(),
      (error: unknown) => res.writeHead(answerTo(error).status, { Connection: 'close' }).end(),
    );
  });

/** Null when a body over the limit is refused; else what happened instead. */
export const bodyLimitComplaint = async (read: typeof readJson = readJson): Promise<string | null> => {
  const server = makeReader(read);
  const port = await listen(server, 0, '127.0.0.1');
  const status = await sendTooMuch(port).catch(() => 0);
  server.closeAllConnections();
  server.close();
  return status === 413 ? null : `a body over the limit was answered with ${status} instead of 413`;
};
