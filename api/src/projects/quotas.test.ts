import { describe, expect, test } from 'vitest';
import { ApiError } from '../errors.ts';
import type { Account } from '../http/account.ts';
import type { AppCache } from './app-cluster.ts';
import { makeQuotas } from './quotas.ts';
import type { KnownRevision } from './revision-source.ts';

const NOW = Date.parse('2026-11-25T08:00:00Z');

const setUp = (owners: readonly (string | undefined)[], calls: readonly object[] = []) => {
  const apps = owners.map((owner) => ({ spec: { owner } }));
  const cache = { list: () => apps } as unknown as AppCache;
  const metadata = { creationTimestamp: '2026-11-24T12:00:00Z' };
  const revision = { metadata, spec: {}, status: { calls } } as unknown as KnownRevision;
  return makeQuotas({ cache, revisions: { of: () => [revision] }, rules: { owner: 'me' }, now: () => NOW });
};
const account = (limits: { apps?: number | null; tokensPerDay?: number | null }): Account => ({
  ...{ id: '1', owner: 'ada', role: 'user' },
  limits: { apps: null, tokensPerDay: null, ...limits },
});
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'ok';
  } catch (error) {
    return error instanceof ApiError ? error.code : String(error);
  }
};

describe('apps', () => {
  test.each([
    ['one below the limit', ['ada', 'bob'], 2, 'ok'],
    ['at the limit', ['ada', 'ada', 'bob'], 2, 'quota_exceeded'],
    ['no limit', ['ada', 'ada', 'ada'], null, 'ok'],
    ['a limit of none', [], 0, 'quota_exceeded'],
    ['apps without owner are the default owner’s', [undefined, undefined], 1, 'ok'],
  ])('%s', (_name, owners, apps, expected) => {
    expect(codeOf(() => setUp(owners).takeApp(account({ apps })))).toBe(expected);
  });

  test('without limits nothing is counted', () => {
    const { takeApp } = setUp(Array(100).fill('me'));
    expect(codeOf(() => takeApp({ id: 'local', owner: 'me', role: 'admin' }))).toBe('ok');
  });

  test('apps that are being made count until they are there, or are not', () => {
    const { takeApp } = setUp([]);
    const ada = account({ apps: 2 });
    const [first] = [takeApp(ada), takeApp(ada)];
    expect(codeOf(() => takeApp(ada))).toBe('quota_exceeded');
    first?.();
    expect(codeOf(() => takeApp(ada))).toBe('ok');
    expect(codeOf(() => takeApp(ada))).toBe('quota_exceeded');
  });
});

describe('tokens of today', () => {
  const call = (startedAt: string, tokens: number) => ({
    ...{ startedAt, inputTokens: tokens - 10, outputTokens: 10 },
  });
  const calls = [
    call('2026-11-24T23:59:59Z', 500),
    call('2026-11-25T00:00:00Z', 300),
    { startedAt: '2026-11-25T07:00:00Z' },
    call('2026-11-25T07:59:00Z', 200),
  ];
  test('are those of calls since midnight UTC, over all apps of the owner', () => {
    expect(setUp(['ada', 'bob'], calls).tokensToday('ada')).toBe(500);
    expect(setUp(['ada', 'ada'], calls).tokensToday('ada')).toBe(1_000);
  });
  test.each([
    ['some are left', 501, 'ok'],
    ['none is left', 500, 'quota_exceeded'],
    ['there is no limit', null, 'ok'],
  ])('%s', (_name, tokensPerDay, expected) => {
    expect(codeOf(() => setUp(['ada'], calls).requireTokens(account({ tokensPerDay })))).toBe(expected);
  });
});
