// A conversation with a model that ends in something usable or in a reason. Bounded in calls; every call is within the
// budget before it is made; an answer that cannot be used is answered with what is wrong. A server that knows no schemas
// gets the same question once without one.
import { type EngineIo, NO_TOKENS, type Outcome, type Tokens } from './engine.ts';
import {
  addTokens,
  estimateQuestion,
  type Model,
  type ModelAnswer,
  type ModelMessage,
  type ModelQuestion,
} from './model.ts';

type Answered = Extract<ModelAnswer, { ok: true }>;

/** What is thought of an answer: its value, or what to say so that the next one is better. */
export type Verdict<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: string; readonly reply: string };

/** What is asked, how much an answer may cost, and how it is judged. */
export interface Conversation<T> {
  readonly messages: readonly ModelMessage[];
  readonly schema?: ModelQuestion['schema'];
  readonly answerTokens: number;
  readonly maxCalls: number;
  readonly judge: (answer: Answered) => Verdict<T>;
  readonly onText?: (piece: string) => void;
}

/** Tokens that may still be used after `spent`. */
const leftAfter = (io: EngineIo, spent: Tokens): number | undefined =>
  io.tokensLeft === undefined ? undefined : Math.max(0, io.tokensLeft - spent.input - spent.output);

const overBudget = (tokens: Tokens, left: number): Outcome<never> => ({
  ok: false,
  reason: 'BudgetExceeded',
  message: `The next call could pass the budget: ${left} tokens are left. Raise spec.budget.tokens.`,
  retriable: false,
  tokens,
});

/** The server refused the request itself, and a schema is the likeliest thing it does not know. */
const mayDislikeSchema = (answer: ModelAnswer, schema: unknown): boolean =>
  !answer.ok && answer.reason === 'LLMInvalid' && !answer.retriable && schema !== undefined;

/** Asks until an answer is usable, or gives the reason why none is. */
export async function converse<T>(model: Model, talk: Conversation<T>, io: EngineIo): Promise<Outcome<T>> {
  const messages = [...talk.messages];
  let { schema } = talk;
  let tokens = NO_TOKENS;
  let fault = 'no answer';
  let cut = false;
  for (let call = 0; call < talk.maxCalls; call++) {
    const left = leftAfter(io, tokens);
    const question: ModelQuestion = {
      messages,
      ...(schema && { schema }),
      ...(io.model !== undefined && { model: io.model }),
      ...(left !== undefined && { maxTokens: talk.answerTokens }),
    };
    if (left !== undefined && estimateQuestion(question) + talk.answerTokens > left)
      return overBudget(tokens, left);
    const answer = await model.ask(question, {
      signal: io.signal,
      ...(talk.onText && { onText: talk.onText }),
    });
    tokens = addTokens(tokens, answer.tokens);
    if (!answer.ok) {
      if (!mayDislikeSchema(answer, schema)) return { ...answer, tokens };
      schema = undefined;
      continue;
    }
    const verdict = talk.judge(answer);
    if (verdict.ok) return { ok: true, value: verdict.value, tokens, model: answer.model };
    ({ fault } = verdict);
    ({ cut } = answer);
    messages.push({ role: 'assistant', content: answer.text }, { role: 'user', content: verdict.reply });
  }
  return unusable(fault, cut, tokens);
}

// A cut answer is cut again when asked again; any other may come out better.
const unusable = (fault: string, cut: boolean, tokens: Tokens): Outcome<never> => ({
  ok: false,
  reason: cut ? 'LLMTruncated' : 'LLMInvalid',
  message: `The model’s answer could not be used: ${fault}.`,
  retriable: !cut,
  tokens,
});
