// Server-sent events. A stream that does not read is cut rather than buffered without end, and every open
// stream is told and ended when the server drains, so that a rollout moves browsers to the next replica.
import type { Response } from 'express';
import { ApiError } from '../errors.ts';

const HEARTBEAT_MS = 15_000;
const MAX_STREAMS = 500;
const MAX_UNSENT_BYTES = 1024 * 1024;
const STALL_MS = 20_000;

/** One open stream. */
export interface EventStream {
  /** Sends an event; `data` is sent as JSON. A browser that reconnects says the last `id` that it saw. */
  send(event: string, data: unknown, id?: string): void;
  /** Sends an event whose data is JSON text already, of one line. */
  sendText(event: string, json: string, id?: string): void;
  /** Sets the id that a browser says when it reconnects, without an event. */
  mark(id: string): void;
  /** True while what was sent waits for the client to read. */
  isBusy(): boolean;
  /** Resolves when there is room for more or the stream is over; a client that reads nothing for long is cut. */
  drained(): Promise<void>;
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

const isBusy = (res: Response): boolean => res.writableNeedDrain && !res.destroyed;

const drained = (res: Response, stallMs: number): Promise<void> =>
  new Promise((resolve) => {
    if (!isBusy(res)) {
      resolve();
      return;
    }
    const timer = setTimeout(() => res.destroy(), stallMs);
    const done = (): void => {
      clearTimeout(timer);
      res.off('drain', done);
      res.off('close', done);
      resolve();
    };
    res.on('drain', done);
    res.on('close', done);
  });

const makeStream = (res: Response, stallMs: number): EventStream => {
  const write = (text: string): void => {
    if (res.writableEnded || res.destroyed) return;
    res.write(text);
    if (res.writableLength > MAX_UNSENT_BYTES) res.destroy();
  };
  const sendText: EventStream['sendText'] = (event, json, id) =>
    write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${json}\n\n`);
  return {
    send: (event, data, id) => sendText(event, JSON.stringify(data), id),
    sendText,
    mark: (id) => write(`id: ${id}\n\n`),
    isBusy: () => isBusy(res),
    drained: () => drained(res, stallMs),
    end: () => res.end(),
  };
};

/** Makes the set of streams of one server; a client that reads nothing for `stallMs` is cut. */
export const makeEventStreams = (stallMs = STALL_MS): EventStreams => {
  const streams = new Set<EventStream>();
  let draining = false;
  const open = (res: Response, onClose: () => void): EventStream => {
    // A client that is gone already closes nothing later: its stream would stay for ever.
    if (res.closed || res.destroyed) throw new ApiError('unavailable', 'The client is gone.');
    if (draining || streams.size >= MAX_STREAMS) {
      throw new ApiError('unavailable', 'Too many event streams are open; try again.', { retryAfter: 5 });
    }
    const stream = makeStream(res, stallMs);
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
