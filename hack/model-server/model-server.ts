// A server that speaks OpenAI's chat completions and does what a script says: answer, refuse, stall, cut, lie, break off.
// For tests in the same process and, by main.ts, for a cluster without a model. It learns nothing and keeps only what it
// was asked, so that a test can count calls.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { type Script, type Step, script as scriptSchema } from './script.ts';

const request = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.string() })),
  stream: z.boolean().default(false),
  response_format: z.looseObject({ type: z.string() }).optional(),
});

/** What one request asked. */
export type Asked = z.infer<typeof request>;

/** A running server. */
export interface ModelServer {
  /** To be given as OPENAI_BASE_URL. */
  readonly baseUrl: string;
  /** Every request so far. */
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

const tokens = (text: string): number => Math.ceil(text.length / 4);

async function readBody(incoming: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // answered with 400, as no object at all
  }
}

/** The first step whose `when` fits and that is not used up; the last that fits stays. */
function pick(steps: readonly Step[], used: Set<Step>, asked: Asked): Step | undefined {
  const all = JSON.stringify(asked.messages);
  const fitting = steps.filter(({ when }) => when === undefined || all.includes(when));
  const chosen = fitting.find((one) => !used.has(one)) ?? fitting.at(-1);
  if (chosen) used.add(chosen);
  return chosen;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

const usageOf = (asked: Asked, text: string) => {
  const input = tokens(asked.messages.map((message) => message.content).join(''));
  return { prompt_tokens: input, completion_tokens: tokens(text), total_tokens: input + tokens(text) };
};

function whole(response: ServerResponse, asked: Asked, one: Step): void {
  const message = { role: 'assistant', content: one.text, ...(one.refusal ? { refusal: one.refusal } : {}) };
  sendJson(response, 200, {
    id: 'chatcmpl-test',
    object: 'chat.completion',
    created: 0,
    model: asked.model,
    choices: [{ index: 0, message, finish_reason: one.finish }],
    ...(one.noUsage ? {} : { usage: usageOf(asked, one.text) }),
  });
}

function streamed(response: ServerResponse, asked: Asked, one: Step): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const frame = { id: 'chatcmpl-test', object: 'chat.completion.chunk', created: 0, model: asked.model };
  const send = (more: object) => response.write(`data: ${JSON.stringify({ ...frame, ...more })}\n\n`);
  const delta = (content: object, finish: string | null = null) =>
    send({ choices: [{ index: 0, delta: content, finish_reason: finish }] });
  delta({ role: 'assistant', ...(one.refusal ? { refusal: one.refusal } : {}) });
  const count = Math.ceil(one.text.length / one.pieceLength);
  for (let i = 0; i < count; i++) {
    if (one.stallAfter === i) return;
    if (one.disconnectAfter === i) {
      response.socket?.destroy();
      return;
    }
    delta({ content: one.text.slice(i * one.pieceLength, (i + 1) * one.pieceLength) });
  }
  if (one.stallAfter !== undefined) return;
  delta({}, one.finish);
  if (!one.noUsage) send({ choices: [], usage: usageOf(asked, one.text) });
  response.end('data: [DONE]\n\n');
}

function failed(response: ServerResponse, one: Step): void {
  const status = one.status ?? 200;
  if (one.body === undefined) {
    sendJson(response, status, { error: { message: `scripted ${status}`, code: 'scripted' } });
    return;
  }
  response.writeHead(status, { 'content-type': 'text/html' });
  response.end(one.body);
}

function play(response: ServerResponse, asked: Asked, one: Step): void {
  for (const [name, value] of Object.entries(one.headers)) response.setHeader(name, value);
  if (one.refuseSchema && asked.response_format)
    sendJson(response, 400, { error: { message: 'response_format is not supported' } });
  else if (one.status !== undefined || one.body !== undefined) failed(response, one);
  else if (one.stallAfter === 0)
    return; // never a byte: the client's watchdog has to notice
  else if (asked.stream) streamed(response, asked, one);
  else whole(response, asked, one);
}

/** Starts a server on a free port of the loopback, or on `port` of `host`. */
export async function startModelServer(
  input: Script,
  at: { readonly port?: number; readonly host?: string } = {},
): Promise<ModelServer> {
  const { steps } = scriptSchema.parse(input);
  const used = new Set<Step>();
  const asked: Asked[] = [];
  const server = createServer(async (incoming, response) => {
    if (incoming.method === 'GET' && incoming.url?.endsWith('/models'))
      return sendJson(response, 200, { object: 'list', data: [{ id: 'scripted', object: 'model' }] });
    if (incoming.method !== 'POST' || !incoming.url?.endsWith('/chat/completions'))
      return sendJson(response, 404, { error: { message: 'only /v1/chat/completions is served' } });
    const parsed = request.safeParse(parseJson(await readBody(incoming)));
    if (!parsed.success) return sendJson(response, 400, { error: { message: parsed.error.message } });
    asked.push(parsed.data);
    const one = pick(steps, used, parsed.data);
    if (!one) return sendJson(response, 500, { error: { message: 'the script has no step for this' } });
    play(response, parsed.data, one);
  });
  await new Promise<void>((resolve) => server.listen(at.port ?? 0, at.host ?? '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://${at.host ?? '127.0.0.1'}:${port}/v1`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
