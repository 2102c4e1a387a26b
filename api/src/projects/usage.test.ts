// Figures of what models cost, from resources that a test can add up by hand.
import type { FaibricRevision } from '@faibric/crds';
import { describe, expect, test } from 'vitest';
import { anApp, aRevision, memoryCluster } from '../../test/memory-cluster.ts';
import { makeProjectCatalog } from './project-catalog.ts';
import { type Prices, type UsedApp, usageOf, usageOfAll } from './usage.ts';

const cluster = memoryCluster();
const catalog = makeProjectCatalog(cluster.cache, { owner: 'me', domain: 'localhost', publicPort: 80 });
const PRICES: Prices = {
  currency: 'USD',
  models: { small: { input: 1, output: 2 }, large: { input: 10, output: 20 } },
};

type Call = NonNullable<NonNullable<FaibricRevision['status']>['calls']>[number];
const call = (parts: Partial<Call>): Call => ({
  id: `c${Math.random()}`,
  step: 'generate',
  state: 'Succeeded',
  startedAt: '2026-11-24T10:00:00Z',
  model: 'small',
  inputTokens: 1_000,
  outputTokens: 500,
  ...parts,
});

interface Row {
  readonly name: string;
  readonly owner?: string;
  readonly retired?: number;
  readonly revisions: readonly NonNullable<FaibricRevision['status']>[];
}
const used = ({ name, owner, retired, revisions }: Row): UsedApp => {
  const app = anApp({
    name,
    spec: { id: name, ...(owner && { owner }) },
    ...(retired !== undefined && { status: { retiredTokens: retired } }),
  });
  cluster.put(app);
  for (const [at, status] of revisions.entries()) {
    cluster.putRevision(aRevision(app, { number: at + 1, status }));
  }
  return { entry: catalog.of(app), revisions: cluster.revisions.of(app) };
};

const plants = used({
  name: 'plants',
  owner: 'ann',
  retired: 70,
  revisions: [
    {
      calls: [call({ step: 'analyze', inputTokens: 100, outputTokens: 20 }), call({})],
      tokens: { analyze: 120, generate: 1_500, total: 1_620 },
    },
    {
      calls: [
        call({ step: 'repair', model: 'large', startedAt: '2026-11-25T00:00:00Z' }),
        // Without an outcome: not yet anything to count.
        call({ state: 'Started', inputTokens: undefined, outputTokens: undefined }),
      ],
      tokens: { repair: 1_500, total: 1_500, estimated: true },
    },
  ],
});
const poll = used({
  name: 'poll',
  revisions: [
    {
      calls: [call({ model: 'unknown', inputTokens: 10, outputTokens: 5 })],
      tokens: { total: 15, generate: 15 },
    },
  ],
});

describe('usage', () => {
  test('adds up by step, day and model, with money where there are prices', () => {
    const usage = usageOf(plants, PRICES, {});
    expect(usage.total).toEqual({
      tokens: 120 + 1_500 + 1_500 + 70,
      inputTokens: 2_100,
      outputTokens: 1_020,
      money: 0.00014 + 0.002 + 0.02,
    });
    expect([usage.currency, usage.retired, usage.unpriced, usage.estimated]).toEqual(['USD', 70, 0, true]);
    expect(usage.steps.map(({ step, tokens }) => [step, tokens])).toEqual([
      ['analyze', 120],
      ['generate', 1_500],
      ['repair', 1_500],
    ]);
    expect(usage.days.map(({ day, tokens }) => [day, tokens])).toEqual([
      ['2026-11-24', 1_620],
      ['2026-11-25', 1_500],
    ]);
    expect(usage.models.map(({ model, tokens, money }) => [model, tokens, money])).toEqual([
      ['small', 1_620, 0.00214],
      ['large', 1_500, 0.02],
    ]);
  });

  test('without prices money is null, everywhere', () => {
    const usage = usageOf(plants, null, {});
    expect(usage.currency).toBeNull();
    expect([usage.total, ...usage.steps, ...usage.days, ...usage.models].map(({ money }) => money)).toEqual(
      Array.from({ length: 8 }, () => null),
    );
  });

  test('tokens of a model without a price are told apart', () => {
    expect(usageOf(poll, PRICES, {})).toMatchObject({ unpriced: 15, total: { tokens: 15, money: 0 } });
  });

  test.each([
    [{ from: '2026-11-25' }, 1_500],
    [{ to: '2026-11-24' }, 1_620],
    [{ from: '2026-11-24', to: '2026-11-25' }, 3_120],
    [{ from: '2027-01-01' }, 0],
  ])('of the days %j', (query, tokens) => {
    expect(usageOf(plants, PRICES, query)).toMatchObject({ total: { tokens }, retired: 0 });
  });

  test('tokens of calls that are no longer listed count on the day of the revision', () => {
    const old = used({
      name: 'old',
      revisions: [
        { calls: [call({ inputTokens: 1, outputTokens: 1 })], tokens: { generate: 100, total: 100 } },
      ],
    });
    const usage = usageOf(old, PRICES, {});
    expect(usage.total).toMatchObject({ tokens: 100, inputTokens: 1, outputTokens: 1 });
    expect(usage.days).toHaveLength(2);
  });

  test('of all apps, by app and by owner, most first', () => {
    const usage = usageOfAll([poll, plants], PRICES, {});
    expect(usage.total.tokens).toBe(3_190 + 15);
    expect(usage.apps.map(({ id, owner, tokens }) => [id, owner, tokens])).toEqual([
      ['plants', 'ann', 3_190],
      ['poll', 'me', 15],
    ]);
    expect(usage.owners.map(({ owner, apps, tokens }) => [owner, apps, tokens])).toEqual([
      ['ann', 1, 3_190],
      ['me', 1, 15],
    ]);
  });

  test('of no apps is nothing', () => {
    expect(usageOfAll([], PRICES, {})).toMatchObject({ total: { tokens: 0, money: 0 }, apps: [], days: [] });
  });
});
