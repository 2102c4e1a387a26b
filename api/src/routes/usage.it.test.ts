// What models cost, over a real socket: own apps only, an admin's all; and the limits that rest on it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../test/api-server.ts';
import { anApp, aRevision, type MemoryCluster, memoryCluster } from '../../test/memory-cluster.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { allUsageSchema, usageSchema } from '../contract/index.ts';
import type { Account } from '../http/account.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const ACCOUNTS: Readonly<Record<string, Account>> = {
  ann: { id: 'a1', owner: 'ann', role: 'user', limits: { apps: 2, tokensPerDay: 1_000 } },
  bob: { id: 'b1', owner: 'bob', role: 'user', limits: { apps: 2, tokensPerDay: 1_000 } },
  root: { id: 'r1', owner: 'root', role: 'admin' },
};
let postgres: TestPostgres;
let server: TestServer;
let cluster: MemoryCluster;

const withTokens = (id: string, owner: string, day: string, tokens: number): void => {
  const app = anApp({ name: `app-${id}`, spec: { id, owner } });
  cluster.put(app);
  const call = {
    id: 'c',
    step: 'generate' as const,
    state: 'Succeeded' as const,
    startedAt: `${day}T10:00:00Z`,
    model: 'small',
    inputTokens: tokens,
    outputTokens: 0,
  };
  cluster.putRevision(
    aRevision(app, { status: { calls: [call], tokens: { generate: tokens, total: tokens } } }),
  );
};

beforeAll(async () => {
  postgres = await startPostgres();
  cluster = memoryCluster();
  withTokens('annsapp', 'ann', '2026-11-25', 1_000);
  withTokens('bobsapp', 'bob', '2026-11-24', 5_000);
  server = await startServer(postgres, await postgres.database(), {
    cluster,
    now: () => NOW,
    prices: { currency: 'EUR', models: { small: { input: 1, output: 2 } } },
    identify: async (req) => ACCOUNTS[String(req.headers['x-test-account'])] ?? null,
  });
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

const as = (name: string, method: string, path: string, body?: unknown) =>
  server.send(method, path, { ...(body === undefined ? {} : { body }), headers: { 'x-test-account': name } });

describe('usage', () => {
  test('of one app', async () => {
    const usage = usageSchema.parse((await as('ann', 'GET', '/api/projects/annsapp/usage/')).json);
    expect(usage).toMatchObject({ currency: 'EUR', total: { tokens: 1_000, money: 0.001 } });
  });

  test('B9: of all own apps, and nothing of others; an admin’s is of all', async () => {
    const seen = async (name: string) =>
      allUsageSchema.parse((await as(name, 'GET', '/api/usage/')).json).apps.map(({ id }) => id);
    expect(await seen('ann')).toEqual(['annsapp']);
    expect(await seen('bob')).toEqual(['bobsapp']);
    expect(await seen('root')).toEqual(['bobsapp', 'annsapp']);
  });

  test('of some days', async () => {
    const { json } = await as('root', 'GET', '/api/usage/?from=2026-11-25&to=2026-11-25');
    expect(json.total.tokens).toBe(1_000);
  });

  test.each(['from=yesterday', 'from=2026-13-01', 'day=2026-11-25'])('%s is refused', async (query) => {
    expect((await as('root', 'GET', `/api/usage/?${query}`)).json.code).toBe('invalid_query');
  });
});

describe('limits', () => {
  test('who used up the day’s tokens makes no app and asks for no change, but may still look and stop', async () => {
    for (const [path, body] of [
      ['/api/projects/', { prompt: 'A poll' }],
      ['/api/projects/annsapp/quick_update/', { prompt: 'add a date' }],
    ] as const) {
      const answer = await as('ann', 'POST', path, body);
      expect([answer.status, answer.json.code, answer.json.field]).toEqual([403, 'quota_exceeded', 'tokens']);
    }
    expect((await as('ann', 'POST', '/api/projects/annsapp/suspend/', {})).status).toBe(202);
    expect((await as('ann', 'GET', '/api/projects/annsapp/')).status).toBe(200);
  });

  test('tokens of another day do not count, and the number of apps is held', async () => {
    expect((await as('bob', 'POST', '/api/projects/', { prompt: 'A poll' })).status).toBe(201);
    const third = await as('bob', 'POST', '/api/projects/', { prompt: 'A third' });
    expect([third.status, third.json.field]).toEqual([403, 'apps']);
  });
});
