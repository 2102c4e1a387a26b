// What holdings were worth on two days, and what they returned: shares x price, from the histories of Yahoo Finance and
// CoinGecko. Closing prices are adjusted for splits and hold no dividends, so this is the price return. The price of
// a day without trade is the last one before it. Mixed currencies are refused unless a currency to convert to is given.
import { z } from 'zod';
import { coinHistorySchema, type Investment, stockHistorySchema } from '../contract/gateway.ts';
import { MAX_FAN_OUT } from '../contract/limits.ts';
import { ApiError } from '../errors.ts';
import type { AskService, ComputedService } from './computed-service.ts';
import { addDays, type DatedPrice, daysBetween, priceOn, wholeCurrency, worthOf } from './returns.ts';

const symbol = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9^][A-Z0-9.^=-]{0,19}$/, 'use a symbol like AAPL');
const coin = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'use a CoinGecko id like bitcoin');
const amount = z.number().positive().max(1e12);
const parts = {
  symbol: symbol.optional(),
  coin: coin.optional(),
  shares: amount.optional(),
  invested: amount.optional(),
};
const onlyOne = (...values: readonly unknown[]): boolean =>
  values.filter((value) => value !== undefined).length === 1;
const holding = z
  .strictObject(parts)
  .refine((one) => onlyOne(one.symbol, one.coin), 'give symbol (a share) or coin')
  .refine((one) => onlyOne(one.shares, one.invested), 'give shares (how many) or invested (how much money)');
type Holding = z.infer<typeof holding>;

const date = z.iso.date('use a date like 2026-01-31');
const single = ['symbol', 'coin', 'shares', 'invested'] as const;
const paramsSchema = z.strictObject({
  ...parts,
  holdings: z.array(holding).min(1).max(MAX_FAN_OUT, `at most ${MAX_FAN_OUT} holdings`).optional(),
  from: date,
  to: date.optional(),
  currency: z
    .string()
    .toUpperCase()
    .regex(/^[A-Z]{3}$/, 'use a currency like USD')
    .optional(),
});

interface Plan {
  readonly holdings: readonly Holding[];
  readonly from: string;
  readonly to: string;
  readonly currency: string | undefined;
}

const complain = (message: string, field: string): z.ZodError =>
  new z.ZodError([{ code: 'custom', message, path: [field], input: undefined }]);

const planOf = (raw: object, now: number): Plan => {
  const { holdings, from, to, currency, ...one } = paramsSchema.parse(raw);
  const today = new Date(now).toISOString().slice(0, 10);
  const end = to ?? today;
  if (end > today) throw complain('must not lie in the future', 'to');
  if (from >= end) throw complain('must be before to', 'from');
  const hasOne = single.some((name) => one[name] !== undefined);
  if (hasOne === (holdings !== undefined)) throw complain('give holdings, or one symbol or coin', 'holdings');
  return { holdings: holdings ?? [holding.parse(one)], from, to: end, currency };
};

interface Series {
  readonly quotedIn: string;
  readonly prices: readonly DatedPrice[];
}

const dayIn = (timeZone: string | null): ((time: string) => string) => {
  if (timeZone === null) return (time) => time.slice(0, 10);
  try {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
    return (time) => format.format(new Date(time));
  } catch {
    return (time) => time.slice(0, 10);
  }
};

// The longest that an exchange is closed (lunar new year) and some.
const CLOSED_DAYS = 12;

const named = async <T>(name: string, work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'upstream_not_found') throw error;
    throw new ApiError('upstream_not_found', `There are no prices of ${name}.`, { field: 'holdings' });
  }
};

const shareSeries = async (ask: AskService, name: string, { from, to }: Plan): Promise<Series> => {
  const question = { symbol: name, from: addDays(from, -CLOSED_DAYS), to };
  const found = stockHistorySchema.parse(await named(name, ask('yahoo_finance', 'between', question)));
  const dayOf = dayIn(found.timeZone);
  return {
    quotedIn: found.currency,
    prices: found.points.map(({ time, close }) => ({ date: dayOf(time), price: close })),
  };
};

const coinSeries = async (ask: AskService, id: string, plan: Plan): Promise<Series> => {
  const currency = (plan.currency ?? 'USD').toLowerCase();
  const question = { id, currency, from: addDays(plan.from, -1), to: plan.to };
  const found = coinHistorySchema.parse(await named(id, ask('coingecko', 'between', question)));
  return {
    quotedIn: found.currency,
    prices: found.points.map(({ time, price }) => ({ date: time.slice(0, 10), price })),
  };
};

interface Ends {
  readonly start: DatedPrice;
  readonly end: DatedPrice;
}

const endsOf = (name: string, { prices }: Series, { from, to }: Plan): Ends => {
  const [start, end] = [priceOn(prices, from), priceOn(prices, to)];
  if (start !== null && end !== null && start.price > 0) return { start, end };
  throw new ApiError('upstream_not_found', `There is no price of ${name} on ${from} or shortly before.`, {
    field: 'from',
  });
};

interface Priced extends Ends {
  readonly holding: Holding;
  readonly currency: string;
}

const price = async (ask: AskService, one: Holding, plan: Plan): Promise<Priced> => {
  const name = one.symbol ?? one.coin ?? '';
  const series = await (one.symbol === undefined
    ? coinSeries(ask, name, plan)
    : shareSeries(ask, name, plan));
  const { start, end } = endsOf(name, series, plan);
  const { currency, unit } = wholeCurrency(series.quotedIn);
  const whole = (point: DatedPrice): DatedPrice => ({ ...point, price: point.price * unit });
  return { holding: one, currency, start: whole(start), end: whole(end) };
};

const targetOf = (priced: readonly Priced[], wanted: string | undefined): string => {
  const currencies = [...new Set(priced.map(({ currency }) => currency))];
  if (wanted !== undefined) return wanted;
  if (currencies.length === 1 && currencies[0]) return currencies[0];
  throw new ApiError(
    'invalid_request',
    `The holdings are priced in ${currencies.join(', ')}: give currency, and all is converted to it.`,
    { field: 'currency' },
  );
};

type Rate = Investment['rates'][number];

const ratesOf = async (
  ask: AskService,
  priced: readonly Priced[],
  plan: Plan & { target: string },
): Promise<Rate[]> => {
  const { target } = plan;
  const foreign = [...new Set(priced.map(({ currency }) => currency))].filter((name) => name !== target);
  const series = new Set(priced.map(({ holding: one }) => one.symbol ?? one.coin)).size + foreign.length;
  if (series > MAX_FAN_OUT) {
    throw new ApiError(
      'invalid_request',
      `This needs ${series} series of prices and exchange rates; at most ${MAX_FAN_OUT} are asked for.`,
      { field: 'holdings' },
    );
  }
  return Promise.all(
    foreign.map(async (from) => {
      const pair = `${from}${target}=X`;
      const { start, end } = endsOf(pair, await shareSeries(ask, pair, plan), plan);
      return { from, to: target, start: start.price, end: end.price };
    }),
  );
};

const valueHolding = (one: Priced, rate: Rate | undefined, days: number): Investment['holdings'][number] => {
  const [first, last] = [one.start.price * (rate?.start ?? 1), one.end.price * (rate?.end ?? 1)];
  const shares = one.holding.shares ?? (one.holding.invested ?? 0) / first;
  const { symbol: share, coin: id } = one.holding;
  return {
    ...(share === undefined ? {} : { symbol: share }),
    ...(id === undefined ? {} : { coin: id }),
    shares,
    priceCurrency: one.currency,
    startPrice: one.start.price,
    startDate: one.start.date,
    endPrice: one.end.price,
    endDate: one.end.date,
    ...worthOf(shares * first, shares * last, days),
  };
};

const value = async (ask: AskService, plan: Plan): Promise<Investment> => {
  const priced = await Promise.all(plan.holdings.map((one) => price(ask, one, plan)));
  const target = targetOf(priced, plan.currency);
  const rates = await ratesOf(ask, priced, { ...plan, target });
  const days = daysBetween(plan.from, plan.to);
  const holdings = priced.map((one) =>
    valueHolding(
      one,
      rates.find(({ from }) => from === one.currency),
      days,
    ),
  );
  const sum = (pick: (one: (typeof holdings)[number]) => number): number =>
    holdings.reduce((total, one) => total + pick(one), 0);
  return {
    currency: target,
    from: plan.from,
    to: plan.to,
    days,
    ...worthOf(
      sum(({ startValue }) => startValue),
      sum(({ endValue }) => endValue),
      days,
    ),
    holdings,
    rates,
  };
};

/** Value and return of one holding or a portfolio between two days. */
export const investment: ComputedService = {
  name: 'investment',
  title: 'Investment',
  documentation: 'docs/spec/gateway.md',
  defaultAction: 'value',
  actions: new Map([
    [
      'value',
      {
        description: 'Value and return of one holding, or of up to 20, between two days.',
        example: {
          holdings: [
            { symbol: 'AAPL', shares: 10 },
            { coin: 'bitcoin', invested: 1000 },
          ],
          from: '2026-01-05',
          to: '2026-11-20',
          currency: 'USD',
        },
        parameters: [
          {
            name: 'holdings',
            type: 'list',
            required: false,
            description: 'Up to 20 of {symbol or coin, shares or invested}.',
          },
          { name: 'symbol', type: 'text', required: false, description: 'Of a single holding: a share.' },
          {
            name: 'coin',
            type: 'text',
            required: false,
            description: 'Of a single holding: a CoinGecko id.',
          },
          { name: 'shares', type: 'number', required: false, description: 'Of a single holding: how many.' },
          {
            name: 'invested',
            type: 'number',
            required: false,
            description: 'Of a single holding: how much money, instead of shares.',
          },
          { name: 'from', type: 'date', required: true },
          { name: 'to', type: 'date', required: false, description: 'Today without it.' },
          { name: 'currency', type: 'text', required: false, description: 'All is converted to it.' },
        ],
        prepare: (params, now) => {
          const plan = planOf(params, now);
          return (ask) => value(ask, plan);
        },
      },
    ],
  ]),
};
