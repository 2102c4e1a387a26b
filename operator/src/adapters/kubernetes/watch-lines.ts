// Reads a watch's body: one JSON event per line, cut anywhere by the network. The last line of a connection
// that breaks is incomplete and must be dropped, never parsed: half a number is still valid JSON.
import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { KubeObject, WatchEvent } from '../../runtime/kube-client.ts';
import { KubeError } from '../../runtime/kube-error.ts';
import { failureOf, statusOf } from './translate-error.ts';

const eventSchema = z.object({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']),
  object: z.looseObject({
    metadata: z
      .looseObject({ name: z.string().default(''), resourceVersion: z.string().optional() })
      .optional(),
  }),
});

const delivered = { ADDED: 'added', MODIFIED: 'modified', DELETED: 'deleted' } as const;

/** Complete lines of a stream of text; what follows the last newline is dropped. */
export async function* linesOf(body: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  for await (const chunk of body) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const lines = text.split('\n');
    // Pieces are joined once per line: adding to one string would copy a large object again and again.
    pieces.push(lines[0] ?? '');
    for (const next of lines.slice(1)) {
      const line = pieces.join('');
      pieces = [next];
      if (line !== '') yield line;
    }
  }
}

/** Parses one line; throws a KubeError for an error event and for what is no event. */
export function parseWatchEvent<T extends KubeObject>(line: string): WatchEvent<T> | undefined {
  const event = eventSchema.parse(JSON.parse(line));
  if (event.type === 'ERROR') {
    const status = statusOf(event.object);
    const code = status.code ?? 500;
    const text = `the watch ended: ${code} ${status.message ?? status.reason ?? ''}`;
    throw new KubeError(failureOf(code, status), text, { status: code });
  }
  if (event.type === 'BOOKMARK') {
    const resourceVersion = event.object.metadata?.resourceVersion;
    return resourceVersion === undefined ? undefined : { type: 'bookmark', resourceVersion };
  }
  // The caller names the type it asked the server for; its transform or schema is what checks the rest.
  return { type: delivered[event.type], object: event.object as unknown as T };
}
