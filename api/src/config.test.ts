import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

const good = {
  FAIBRIC_PROXY_SECRET: 'a-secret-of-the-proxy',
  FAIBRIC_VISITOR_SECRET: 'a-secret-for-visitors',
  PGOWNERPASSWORD: 'hidden-one',
  PGAPPPASSWORD: 'hidden-two',
};

describe('configuration', () => {
  test('has defaults for all but the secrets; an empty variable counts as not set', () => {
    const { env, gateway } = readConfig({ ...good, PORT: '', REDIS_URL: '' });
    expect(env).toMatchObject({
      PORT: 8080,
      METRICS_PORT: 9090,
      FAIBRIC_NAMESPACE: 'faibric-apps',
      PGHOST: 'faibric-postgres',
    });
    expect(env.REDIS_URL).toBeUndefined();
    expect(gateway).toEqual({ services: {} });
  });

  test.each([
    ['no proxy secret', { FAIBRIC_PROXY_SECRET: undefined }, 'FAIBRIC_PROXY_SECRET'],
    ['no visitor secret', { FAIBRIC_VISITOR_SECRET: undefined }, 'FAIBRIC_VISITOR_SECRET'],
    ['a short proxy secret', { FAIBRIC_PROXY_SECRET: 'hidden' }, 'FAIBRIC_PROXY_SECRET'],
    ['no password', { PGAPPPASSWORD: undefined }, 'PGAPPPASSWORD'],
    ['a port that is none', { PORT: 'hidden' }, 'PORT'],
    ['an owner that is no label', { FAIBRIC_DEFAULT_OWNER: 'Hidden.Owner' }, 'FAIBRIC_DEFAULT_OWNER'],
    ['a Redis address of another kind', { REDIS_URL: 'http://hidden' }, 'REDIS_URL'],
    [
      'a gateway file that is not there',
      { FAIBRIC_GATEWAY_CONFIG: '/nowhere/hidden' },
      'FAIBRIC_GATEWAY_CONFIG',
    ],
  ])('%s is named, its value is not', (_name, change, variable) => {
    const env = Object.fromEntries(
      Object.entries({ ...good, ...change }).filter(([, value]) => value !== undefined),
    );
    let message = '';
    try {
      readConfig(env);
    } catch (error) {
      message = error instanceof Error ? error.message : '';
    }
    expect(message).toContain(variable);
    expect(message.toLowerCase()).not.toContain('hidden');
  });

  test('services move by file and by variable', () => {
    const folder = mkdtempSync(join(tmpdir(), 'faibric-config-'));
    const file = join(folder, 'services.json');
    writeFileSync(file, '{"services":{"coingecko":{"baseUrl":"http://samples:8081","allowPrivate":true}}}');
    const { gateway } = readConfig({
      ...good,
      FAIBRIC_GATEWAY_CONFIG: file,
      FAIBRIC_GATEWAY_BASE_YAHOO_FINANCE: 'https://finance.example.org',
    });
    expect(gateway.services).toEqual({
      coingecko: { baseUrl: 'http://samples:8081', allowPrivate: true },
      yahoo_finance: { baseUrl: 'https://finance.example.org' },
    });
    rmSync(folder, { recursive: true });
  });
});
