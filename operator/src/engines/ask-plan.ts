// Asks a model for a plan: one structured call, and when its answer does not parse, one or two more that say what is
// wrong with it.
import type { z } from 'zod';
import { converse, type Verdict } from './converse.ts';
import type { EngineIo, Outcome } from './engine.ts';
import type { Model } from './model.ts';
import { type ModelPlan, modelPlan, modelPlanSchema } from './plan/model-plan.ts';

const SYSTEM = `You plan small web apps. Answer with one JSON object and nothing else.
title: short name. tagline: one line. language: two letters of the language the user writes.
color, background: "#rrggbb" only if the user names a colour for buttons/accents or for the background, else "". dark: true only if asked.
things: what users add and keep (their fields: label as the user says it, type, options for select, unit); else [].
stocks: ticker symbols. coins: CoinGecko ids. cities: for weather. Empty lists when not asked. chart: true if a chart is asked.
limited: wishes that a web app with a document store, stock/coin/weather data and no e-mail, payments or uploads cannot do, in the user's words.
Keys: ${Object.keys(modelPlan.shape).join(', ')}; thing: singular, plural, view (table|cards|checklist|board), fields [{label, type (text|longtext|number|money|date|datetime|boolean|select|rating|tags|email|url|phone), options [], unit ""}].`;

/** Tokens that a plan may take. */
const PLAN_TOKENS = 1200;
/** The first, and two that say what was wrong. */
const MAX_CALLS = 3;

/** JSON in an answer: bare, in a fence, or with talk around it. Two objects are one too many. */
export function findJson(text: string): unknown {
  const fenced = /```(?:json)?\s*\n([\s\S]*?)\n\s*```/.exec(text)?.[1];
  const body = (fenced ?? text).trim();
  const from = body.indexOf('{');
  const to = body.lastIndexOf('}');
  if (from < 0 || to < from) return undefined;
  try {
    return JSON.parse(body.slice(from, to + 1));
  } catch {
    return undefined;
  }
}

const complaint = (error: z.ZodError): string =>
  error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    .join('; ');

function judge(text: string, cut: boolean): Verdict<ModelPlan> {
  const found = cut ? undefined : findJson(text);
  const parsed = modelPlan.safeParse(found);
  if (parsed.success) return { ok: true, value: parsed.data };
  const fault = found === undefined ? 'it holds no complete JSON object' : complaint(parsed.error);
  return {
    ok: false,
    fault,
    reply: `That cannot be used: ${fault}. Answer again, with one short JSON object alone.`,
  };
}

/** A plan for what is wished. */
export const askPlan = (model: Model, wish: string, io: EngineIo): Promise<Outcome<ModelPlan>> =>
  converse(
    model,
    {
      messages: [
        { role: 'system', content: SYSTEM },
        { role: 'user', content: wish },
      ],
      schema: { name: 'plan', schema: modelPlanSchema },
      answerTokens: PLAN_TOKENS,
      maxCalls: MAX_CALLS,
      judge: ({ text, cut }) => judge(text, cut),
    },
    io,
  );
