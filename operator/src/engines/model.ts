// The port to a language model: one question, one answer, streamed. What can go wrong with a server is a value here; the
// adapter (adapters/model.ts) translates it. It never tries again by itself: whoever calls counts and decides.
import type { FailureReason, Tokens } from './engine.ts';

/** One message of a conversation. */
export interface ModelMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** One question. `schema` asks for JSON of that shape where the server can hold it. */
export interface ModelQuestion {
  readonly messages: readonly ModelMessage[];
  readonly schema?: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> };
  readonly model?: string;
  /** Most tokens of the answer; absent: the server's own limit. */
  readonly maxTokens?: number;
}

/** How an answer ended well: complete, or cut at the limit of tokens. */
export type ModelAnswer =
  | {
      readonly ok: true;
      readonly text: string;
      readonly cut: boolean;
      readonly model: string;
      readonly tokens: Tokens;
    }
  | {
      readonly ok: false;
      readonly reason: FailureReason;
      readonly message: string;
      readonly retriable: boolean;
      readonly retryAfterSeconds?: number;
      readonly model: string;
      readonly tokens: Tokens;
    };

/** How a caller follows an answer, and stops it. */
export interface ModelIo {
  readonly signal: AbortSignal;
  readonly onText?: (piece: string) => void;
}

/** A model that can be asked. */
export interface Model {
  ask(question: ModelQuestion, io: ModelIo): Promise<ModelAnswer>;
}

/** Tokens of a text where nobody counted them: about four characters each in English and code. */
export const estimateTokens = (text: string): number => Math.ceil(text.length / 4);

/** Tokens of a whole question, roughly. */
export const estimateQuestion = (question: ModelQuestion): number =>
  question.messages.reduce((sum, message) => sum + estimateTokens(message.content) + 4, 0);

/** The sum of two steps. */
export const addTokens = (a: Tokens, b: Tokens): Tokens => ({
  input: a.input + b.input,
  output: a.output + b.output,
  calls: a.calls + b.calls,
  ...(a.estimated || b.estimated ? { estimated: true } : {}),
});
