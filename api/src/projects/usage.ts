// Adds up what models cost. Pure: resources in, figures out. A call is counted on the day it was made, for the model that
// was asked; what a revision used beyond the calls that it still lists counts on the day when it was begun.
import type { AllUsage, Usage, UsageFigures, UsageQuery } from '../contract/usage.ts';
import type { CatalogEntry } from './project-catalog.ts';
import type { KnownRevision } from './revision-source.ts';

/** What a million tokens cost, by model; null: no prices are configured. */
export interface Prices {
  readonly currency: string;
  readonly models: Readonly<Record<string, { readonly input: number; readonly output: number }>>;
}

/** An app with its revisions. */
export interface UsedApp {
  readonly entry: CatalogEntry;
  readonly revisions: readonly KnownRevision[];
}

type Step = Usage['steps'][number]['step'];
const STEPS: readonly Step[] = ['analyze', 'generate', 'repair'];

/** Tokens of one call, or of what is left of a revision. */
interface Item {
  readonly step: Step;
  readonly day: string;
  readonly model: string;
  readonly tokens: number;
  readonly input: number;
  readonly output: number;
}

const dayOf = (time: string): string => time.slice(0, 10);

const itemsOf = ({ metadata, spec, status }: KnownRevision): Item[] => {
  const model = spec.model ?? '';
  const calls = (status.calls ?? []).map((call): Item => {
    const [input, output] = [call.inputTokens ?? 0, call.outputTokens ?? 0];
    const { step, startedAt } = call;
    return { step, day: dayOf(startedAt), model: call.model ?? model, input, output, tokens: input + output };
  });
  const rest = STEPS.map((step): Item => {
    const listed = calls.reduce((sum, call) => sum + (call.step === step ? call.tokens : 0), 0);
    const tokens = Math.max(0, (status.tokens?.[step] ?? 0) - listed);
    return { step, day: dayOf(metadata.creationTimestamp), model, tokens, input: 0, output: 0 };
  });
  return [...calls, ...rest].filter(({ tokens }) => tokens > 0);
};

const known = new WeakMap<KnownRevision, readonly Item[]>();
const cachedItemsOf = (revision: KnownRevision): readonly Item[] => {
  const items = known.get(revision) ?? itemsOf(revision);
  known.set(revision, items);
  return items;
};

/** Tokens that a revision took on a day (`2026-11-25`, UTC): what a daily limit counts. */
export const tokensOn = (revision: KnownRevision, day: string): number =>
  cachedItemsOf(revision).reduce((sum, item) => sum + (item.day === day ? item.tokens : 0), 0);

const isWithin = ({ from, to }: UsageQuery, { day }: Item): boolean =>
  (from === undefined || day >= from) && (to === undefined || day <= to);

const priceOf = (prices: Prices | null, model: string) =>
  prices !== null && Object.hasOwn(prices.models, model) ? prices.models[model] : undefined;

const MILLION = 1_000_000;
// Prices have few digits and sums of doubles many.
const rounded = (money: number): number => Math.round(money * 1e8) / 1e8;

const sumOf = (prices: Prices | null, items: readonly Item[], retired = 0): UsageFigures => {
  let [tokens, inputTokens, outputTokens, money] = [retired, 0, 0, 0];
  for (const item of items) {
    tokens += item.tokens;
    inputTokens += item.input;
    outputTokens += item.output;
    const price = priceOf(prices, item.model);
    if (price) money += (item.input * price.input + item.output * price.output) / MILLION;
  }
  return { tokens, inputTokens, outputTokens, money: prices === null ? null : rounded(money) };
};

const grouped = <K extends string>(items: readonly Item[], key: (item: Item) => K): Map<K, Item[]> =>
  Map.groupBy(items, key);

const mostFirst = (a: UsageFigures, b: UsageFigures): number => b.tokens - a.tokens;

/** What some apps used in all. */
const totalOf = (apps: readonly UsedApp[], prices: Prices | null, query: UsageQuery): Usage => {
  const revisions = apps.flatMap((app) => app.revisions);
  const items = revisions.flatMap(cachedItemsOf).filter((item) => isWithin(query, item));
  const allDays = query.from === undefined && query.to === undefined;
  const retired = allDays
    ? apps.reduce((sum, { entry }) => sum + (entry.app.status?.retiredTokens ?? 0), 0)
    : 0;
  const unpriced = items.filter(({ model }) => prices !== null && !priceOf(prices, model));
  const figures = (some: readonly Item[]): UsageFigures => sumOf(prices, some);
  return {
    currency: prices?.currency ?? null,
    total: sumOf(prices, items, retired),
    retired,
    unpriced: unpriced.reduce((sum, { tokens }) => sum + tokens, 0),
    estimated: revisions.some(({ status }) => status.tokens?.estimated === true),
    steps: STEPS.map((step) => ({ step, ...figures(items.filter((item) => item.step === step)) })),
    days: [...grouped(items, ({ day }) => day)]
      .map(([day, some]) => ({ day, ...figures(some) }))
      .sort((a, b) => (a.day < b.day ? -1 : 1)),
    models: [...grouped(items, ({ model }) => model)]
      .map(([model, some]) => ({ model, ...figures(some) }))
      .sort(mostFirst),
  };
};

/** What one app used. */
export const usageOf = (app: UsedApp, prices: Prices | null, query: UsageQuery): Usage =>
  totalOf([app], prices, query);

/** What several apps used, also by app and by owner. */
export const usageOfAll = (apps: readonly UsedApp[], prices: Prices | null, query: UsageQuery): AllUsage => {
  const byOwner = Map.groupBy(apps, ({ entry }) => entry.project.owner);
  return {
    ...totalOf(apps, prices, query),
    apps: apps
      .map((app) => {
        const { id, title, owner } = app.entry.project;
        return { id, title, owner, ...totalOf([app], prices, query).total };
      })
      .sort(mostFirst),
    owners: [...byOwner]
      .map(([owner, own]) => ({ owner, apps: own.length, ...totalOf(own, prices, query).total }))
      .sort(mostFirst),
  };
};
