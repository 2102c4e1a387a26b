// Server-sent events. A stream that does not read is cut rather than buffered without end, and every open
// stream is told and ended when the server drains, so that a rollout moves browsers to the next replica.
import type { Response } from 'express';
import { ApiError } from '../errors.ts';

const HEARTBEAT_MS = 15_000;
const MAX_STREAMS = 500;
const MAX_UNSENT_BYTES = 1024 * 1024;

/** One open stream. */
export interface EventStream {
  /** Sends an event; `data` is sent as JSON. A browser that reconnects says the last `id` that it saw. */
  send(event: string, data: unknown, id?: string): void;
  /** Ends the stream. */
  end(): void;
}

/** All open streams of this server. */
export interface EventStreams {
  /** Starts a stream on a response; `onClose` runs once when it ends for whatever reason. */
  open(res: Response, onClose: () => void): EventStream;
  /** Says `closing` on every stream and ends it; later streams are refused. */
  drain(): void;
  count(): number;
}

const start = (res: Response): void => {
  res.statusCode = 200;
  res.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
  res.setHeader('X-Accel-Buffering', 'no');
  // The reconnection delay that browsers keep to.
  res.write('retry: 2000\n\n');
};

/** Makes the set of streams of one server. */
export const makeEventStreams = (): EventStreams => {
  const streams = new Set<EventStream>();
  let draining = false;
  const open = (res: Response, onClose: () => void): EventStream => {
    if (draining || streams.size >= MAX_STREAMS) {
      throw new ApiError('unavailable', 'Too many event streams are open; try again.', { retryAfter: 5 });
    }
    const stream: EventStream = {
      send: (event, data, id) => {
        if (res.writableEnded || res.destroyed) return;
        const head = id === undefined ? '' : `id: ${id}\n`;
        res.write(`${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
        if (res.writableLength > MAX_UNSENT_BYTES) res.destroy();
      },
      end: () => res.end(),
    };
    start(res);
    const heartbeat = setInterval(() => res.write(':\n\n'), HEARTBEAT_MS);
    heartbeat.unref();
    streams.add(stream);
    res.on('close', () => {
      clearInterval(heartbeat);
      streams.delete(stream);
      onClose();
    });
    return stream;
  };
  const drain = (): void => {
    draining = true;
    for (const stream of streams) {
      stream.send('closing', {});
      stream.end();
    }
  };
  return { open, drain, count: () => streams.size };
};
