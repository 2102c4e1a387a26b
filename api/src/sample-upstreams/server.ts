// The HTTP side of the sample upstreams. Every answer carries `X-Faibric-Sample: true`, which the gateway passes on as
// `sample: true` and an app shows as a label. GET only; no state, no access to anything.
import { createServer, type Server } from 'node:http';
import { type SampleAnswer, sampleAnswer } from './answers.ts';

const answerTo = (target: string, now: number): SampleAnswer | null => {
  if (target === '/healthz') return { status: 200, body: { ok: true } };
  try {
    return sampleAnswer(new URL(target, 'http://sample'), now);
  } catch {
    return { status: 400, body: { error: 'bad request' } };
  }
};

/** Makes the server; `now` gives the time of the values. */
export const makeSampleServer = (now: () => number): Server =>
  createServer((req, res) => {
    const known =
      req.method === 'GET' ? answerTo(req.url ?? '/', now()) : { status: 405, body: { error: 'GET only' } };
    const { status, body } = known ?? { status: 404, body: { error: 'not found' } };
    const text = JSON.stringify(body);
    res.writeHead(status, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
      'X-Content-Type-Options': 'nosniff',
      'X-Faibric-Sample': 'true',
    });
    res.end(text);
  });
