// Plain HTTP through the real ingress, for what needs no browser. The connection goes to the loopback port and the
// host is told in the header, so that no resolver of the machine has to know *.localhost.
import { request } from 'node:http';

/** An answer of the ingress. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A request; `url` is an address as the platform prints it. */
export interface HttpCall {
  url: string;
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Sends a request through Traefik on this machine. */
export function throughTraefik(call: HttpCall): Promise<HttpAnswer> {
  const url = new URL(call.url);
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const headers = {
    host: url.host,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...call.headers,
  };
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: url.port === '' ? 80 : Number(url.port),
        path: `${url.pathname}${url.search}`,
        method: call.method ?? 'GET',
        headers,
        timeout: 10_000,
        agent: false,
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: Object.fromEntries(
              Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
            ),
            body: Buffer.concat(parts).toString('utf8'),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.on('timeout', () => sent.destroy(new Error(`no answer from ${call.url} in 10 s`)));
    sent.end(body);
  });
}

/** The address of the dashboard and the platform API. */
export function dashboardUrl(): string {
  const port = process.env.FAIBRIC_HTTP_PORT ?? '80';
  return port === '80' ? 'http://faibric.localhost' : `http://faibric.localhost:${port}`;
}
