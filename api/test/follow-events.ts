// Follows a stream of server-sent events as a browser would, for tests: collects what comes and waits for it.
import { request as httpRequest } from 'node:http';
import { SECRET } from './send-to.ts';

/** One event as it came. */
export interface SeenEvent {
  readonly event: string;
  readonly id?: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into events of any shape
  readonly data: any;
}

/** An open stream. */
export interface Followed {
  readonly seen: SeenEvent[];
  /** True once the server has ended the stream. */
  readonly ended: () => boolean;
  /** Waits until what was seen fits; fails after ten seconds. */
  until(check: (seen: readonly SeenEvent[]) => boolean): Promise<void>;
  close(): void;
}

const parseEvent = (block: string): SeenEvent | null => {
  const fields = Object.fromEntries(
    block.split('\n').flatMap((line) => {
      const at = line.indexOf(': ');
      return at > 0 ? [[line.slice(0, at), line.slice(at + 2)]] : [];
    }),
  );
  if (fields.event === undefined || fields.data === undefined) return null;
  return { event: fields.event, ...(fields.id && { id: fields.id }), data: JSON.parse(fields.data) };
};

/** Opens a stream; throws when the answer is no stream. */
export const followEvents = (
  port: number,
  path: string,
  headers: Record<string, string> = {},
): Promise<Followed> =>
  new Promise((resolve, reject) => {
    const seen: SeenEvent[] = [];
    let ended = false;
    const options = { port, path, headers: { 'x-faibric-proxy': SECRET, ...headers }, agent: false };
    const req = httpRequest(options, (res) => {
      if (!res.headers['content-type']?.includes('text/event-stream')) {
        reject(new Error(`no stream: status ${res.statusCode}`));
        req.destroy();
        return;
      }
      let rest = '';
      res.on('data', (chunk: Buffer) => {
        const parts = (rest + chunk.toString()).split('\n\n');
        rest = parts.pop() ?? '';
        for (const event of parts.map(parseEvent)) if (event !== null) seen.push(event);
      });
      res.on('error', () => undefined);
      res.on('close', () => {
        ended = true;
      });
      resolve({
        seen,
        ended: () => ended,
        until: async (check) => {
          for (let tries = 0; tries < 1_000; tries += 1) {
            if (check(seen)) return;
            await new Promise((next) => setTimeout(next, 10));
          }
          throw new Error(`waited in vain; seen: ${seen.map(({ event }) => event).join(' ')}`);
        },
        close: () => req.destroy(),
      });
    });
    req.on('error', reject);
    req.end();
  });
