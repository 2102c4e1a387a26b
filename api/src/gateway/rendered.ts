// Answers as the text that goes out, kept for as long as they are fresh, under the very text of the request: a hit parses
// and prints no JSON. Only a text that was answered once is ever found here, so it was checked then. Quotas and the
// app's right to the service are asked each time, before.
import type { GatewayAnswer } from '../contract/gateway.ts';
import type { Clock } from '../ports.ts';
import { makeByteLru } from './byte-lru.ts';

/** An answer, ready to send. */
export interface Rendered {
  /** Text and not bytes: Node sends it with the head in one piece. */
  readonly text: string;
  readonly service: string;
}

/** Kept answers. */
export interface RenderedAnswers {
  /** The answer to this very request text, for this asker; undefined when there is none that is fresh. */
  get(body: Buffer, asker: string): Rendered | undefined;
  /** Keeps an answer. */
  keep(body: Buffer, asker: string | null, kept: { answer: GatewayAnswer; freshUntil: number }): void;
}

const MAX_BODY = 2_048;

/** Makes the store. */
export const makeRendered = (maxBytes: number, now: Clock): RenderedAnswers => {
  const answers = makeByteLru<Rendered & { freshUntil: number }>(maxBytes);
  // A line break is no part of an asker, so no text of one asker is another's.
  const keyOf = (body: Buffer, asker: string): string => `${asker}\n${body.toString('latin1')}`;
  const fresh = (key: string): Rendered | undefined => {
    const found = answers.get(key);
    if (found === undefined || found.freshUntil > now()) return found;
    answers.delete(key);
    return undefined;
  };
  return {
    get: (body, asker) =>
      body.length > MAX_BODY ? undefined : (fresh(keyOf(body, '')) ?? fresh(keyOf(body, asker))),
    keep: (body, asker, { answer, freshUntil }) => {
      if (body.length > MAX_BODY || freshUntil <= now()) return;
      const text = JSON.stringify({ ...answer, cached: true });
      const entry = { text, service: answer.service, freshUntil };
      answers.set(keyOf(body, asker ?? ''), entry, text.length * 2 + body.length);
    },
  };
};
