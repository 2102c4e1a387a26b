// A language model behind any server that speaks OpenAI's chat completions. Always streamed, so that silence is noticed:
// a watchdog ends a call after `idleMs` without a piece and after `totalMs` in all. The package's own retries are off,
// because a retry is a purchase and purchases are counted by the caller.
import OpenAI from 'openai';
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { Tokens } from '../engines/engine.ts';
import {
  estimateQuestion,
  estimateTokens,
  type Model,
  type ModelAnswer,
  type ModelIo,
  type ModelQuestion,
} from '../engines/model.ts';
import { type Failure, modelFailure } from './model-failure.ts';

/** Where the model is and how long it may take. */
export interface ModelConfig {
  readonly apiKey: string;
  readonly baseUrl?: string | undefined;
  readonly model?: string | undefined;
  readonly idleMs?: number;
  readonly totalMs?: number;
}

const DEFAULT_MODEL = 'gpt-4o-mini';
const IDLE_MS = 60_000;
const TOTAL_MS = 120_000;
/** Longest answer taken; more is a server gone wrong. */
const MAX_CHARACTERS = 1_000_000;

interface Received {
  text: string;
  refusal: string;
  finish: string | undefined;
  usage: { readonly input: number; readonly output: number } | undefined;
  /** Whether any piece came that has the shape of the protocol. */
  spoke: boolean;
}

function paramsOf(
  question: ModelQuestion,
  model: string,
  isOpenAi: boolean,
): ChatCompletionCreateParamsStreaming {
  const limit = question.maxTokens;
  return {
    model,
    messages: question.messages.map((message) => ({ ...message })),
    stream: true,
    stream_options: { include_usage: true },
    // OpenAI's newer models take only the second name, most other servers only the first.
    ...(limit === undefined ? {} : isOpenAi ? { max_completion_tokens: limit } : { max_tokens: limit }),
    ...(question.schema
      ? {
          response_format: {
            type: 'json_schema' as const,
            json_schema: { name: question.schema.name, schema: { ...question.schema.schema }, strict: true },
          },
        }
      : {}),
  };
}

/** Ends a call that is silent for too long or takes too long; `cause` says which. */
function watch(signal: AbortSignal, config: ModelConfig) {
  const controller = new AbortController();
  const stop = (why: 'idle' | 'total' | 'cancelled') => controller.abort(why);
  const idleMs = config.idleMs ?? IDLE_MS;
  const total = setTimeout(() => stop('total'), config.totalMs ?? TOTAL_MS);
  let idle = setTimeout(() => stop('idle'), idleMs);
  const cancel = () => stop('cancelled');
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  return {
    signal: controller.signal,
    alive: () => {
      clearTimeout(idle);
      idle = setTimeout(() => stop('idle'), idleMs);
    },
    end: () => {
      clearTimeout(idle);
      clearTimeout(total);
      signal.removeEventListener('abort', cancel);
    },
  };
}

function tokensOf(received: Received, question: ModelQuestion): Tokens {
  if (received.usage) return { ...received.usage, calls: 1 };
  return {
    input: estimateQuestion(question),
    output: estimateTokens(received.text),
    calls: 1,
    estimated: true,
  };
}

function answerOf(received: Received, question: ModelQuestion, model: string): ModelAnswer {
  const tokens = tokensOf(received, question);
  const fail = (reason: Failure['reason'], message: string, retriable: boolean): ModelAnswer => ({
    ok: false,
    reason,
    message,
    retriable,
    model,
    tokens,
  });
  if (received.refusal !== '' || received.finish === 'content_filter')
    return fail('LLMRefused', 'The model declined the request.', false);
  if (!received.spoke) return fail('LLMInvalid', 'The server’s answer is not a chat completion.', true);
  if (received.finish === undefined)
    return fail('LLMUnavailable', 'The answer broke off before its end.', true);
  if (received.text.trim() === '') return fail('LLMInvalid', 'The model’s answer is empty.', true);
  return { ok: true, text: received.text, cut: received.finish === 'length', model, tokens };
}

async function receive(
  client: OpenAI,
  params: ChatCompletionCreateParamsStreaming,
  io: ModelIo & { readonly alive: () => void; readonly received: Received },
): Promise<void> {
  const { received } = io;
  const stream = await client.chat.completions.create(params, { signal: io.signal });
  for await (const chunk of stream) {
    io.alive();
    // Compatible servers send all sorts of chunks; none of these members can be relied on.
    const choice = chunk.choices?.[0];
    received.spoke ||= choice !== undefined;
    const piece = choice?.delta?.content ?? '';
    received.text += piece;
    received.refusal += choice?.delta?.refusal ?? '';
    received.finish = choice?.finish_reason ?? received.finish;
    if (chunk.usage)
      received.usage = { input: chunk.usage.prompt_tokens, output: chunk.usage.completion_tokens };
    if (piece !== '') io.onText?.(piece);
    if (received.text.length > MAX_CHARACTERS) throw new Error('answer too long');
  }
}

/** A model at the configured address. */
export function createModel(config: ModelConfig): Model {
  const client = new OpenAI({
    apiKey: config.apiKey,
    ...(config.baseUrl === undefined ? {} : { baseURL: config.baseUrl }),
    maxRetries: 0,
    logLevel: 'off',
  });
  const isOpenAi = new URL(client.baseURL).hostname.endsWith('openai.com');
  return {
    ask: async (question, io) => {
      const model = question.model ?? config.model ?? DEFAULT_MODEL;
      const guard = watch(io.signal, config);
      const received: Received = { text: '', refusal: '', finish: undefined, usage: undefined, spoke: false };
      try {
        await receive(client, paramsOf(question, model, isOpenAi), {
          ...io,
          signal: guard.signal,
          alive: guard.alive,
          received,
        });
        if (guard.signal.aborted) throw new Error('aborted');
        return answerOf(received, question, model);
      } catch (error) {
        const failure = modelFailure(error, guard.signal.aborted ? guard.signal.reason : undefined);
        // An answer that was refused at the door cost nothing; one that broke off was paid for as far as it came.
        const tokens =
          received.text === ''
            ? { input: 0, output: 0, calls: 1 }
            : { ...tokensOf(received, question), calls: 1 };
        return { ok: false, ...failure, model, tokens };
      } finally {
        guard.end();
      }
    },
  };
}
