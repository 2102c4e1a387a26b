// A client of server-sent events, for tests: takes the stream apart as a browser does and keeps what came.
import { type ClientRequest, request as httpRequest } from 'node:http';
import { SECRET, visitorCookie } from './api-server.ts';

/** An event; `data` is parsed. */
export interface SentEvent {
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into events of any shape
  readonly data: any;
  readonly id: string;
}

/** An open (or ended) stream. */
export interface EventClient {
  readonly events: SentEvent[];
  /** Status of the answer; the body of one that is no stream. */
  readonly status: number;
  readonly body: string;
  /** What a browser would name when it comes back. */
  lastEventId(): string;
  ended(): boolean;
  /** Cuts the connection. */
  close(): void;
  /** Stops reading until called again. */
  pause(paused: boolean): void;
}

/** Where and as whom to listen. */
export interface Listen {
  readonly port: number;
  readonly path: string;
  readonly app?: string;
  readonly visitor?: string;
  readonly cookie?: string;
  readonly lastEventId?: string | undefined;
}

const headersOf = ({ app, visitor = 'a browser', cookie, lastEventId }: Listen) => ({
  'x-faibric-proxy': SECRET,
  ...(app === undefined ? {} : { 'x-faibric-app': app, cookie: cookie ?? visitorCookie(app, visitor) }),
  ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
});

/** Takes the text of a stream apart, block by block. */
const makeParser = (take: (event: SentEvent) => void, setId: (id: string) => void) => {
  let text = '';
  let id = '';
  const block = (lines: readonly string[]): void => {
    const value = (name: string): string | undefined =>
      lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    id = value('id') ?? id;
    setId(id);
    const data = value('data');
    if (data !== undefined) take({ event: value('event') ?? 'message', data: JSON.parse(data), id });
  };
  return (chunk: string): void => {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      block(text.slice(0, end).split('\n'));
      text = text.slice(end + 2);
    }
  };
};

/** Opens a stream; resolves when the head of the answer is there (and the body of one that is no stream). */
export const listenTo = (listen: Listen): Promise<EventClient> =>
  new Promise((resolve, reject) => {
    const { port, path } = listen;
    const events: SentEvent[] = [];
    let lastId = listen.lastEventId ?? '';
    let over = false;
    const req: ClientRequest = httpRequest(
      { host: '127.0.0.1', port, path, headers: headersOf(listen), agent: false },
      (res) => {
        const isStream = res.headers['content-type']?.startsWith('text/event-stream') ?? false;
        let body = '';
        const client = {
          events,
          status: res.statusCode ?? 0,
          get body() {
            return body;
          },
          lastEventId: () => lastId,
          ended: () => over,
          close: () => req.destroy(),
          pause: (paused: boolean) => (paused ? res.pause() : res.resume()),
        };
        const parse = makeParser(
          (event) => events.push(event),
          (id) => {
            lastId = id;
          },
        );
        res.setEncoding('utf8');
        res.on('data', (chunk: string) => {
          if (isStream) parse(chunk);
          else body += chunk;
        });
        res.on('error', () => undefined);
        res.on('close', () => {
          over = true;
          if (!isStream) resolve(client);
        });
        if (isStream) resolve(client);
      },
    );
    req.on('error', (error) => {
      over = true;
      reject(error);
    });
    req.end();
  });
