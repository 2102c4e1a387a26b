// The environment: what is needed, what is assumed, and that an error never shows a value.
import { expect, it } from 'vitest';
import { parseConfig } from './config.ts';

const least = {
  FAIBRIC_BUILDER_IMAGE: 'builder',
  FAIBRIC_SERVER_IMAGE: 'server',
  FAIBRIC_PUSH_PREFIX: 'registry/apps',
  FAIBRIC_PULL_PREFIX: 'registry/apps',
  BUILDKIT_ADDR: 'tcp://buildkit:1234',
  FAIBRIC_TRAEFIK_ADDR: 'http://traefik',
};

it('takes the least and assumes the rest; empty means unset', () => {
  const parsed = parseConfig({ ...least, OPENAI_API_KEY: '', FAIBRIC_PUSH_INSECURE: 'true' });
  expect(parsed).toMatchObject({
    ok: true,
    config: { FAIBRIC_NAMESPACE: 'faibric-apps', FAIBRIC_PUBLIC_PORT: 80, FAIBRIC_PUSH_INSECURE: true },
  });
  expect(parsed.ok && parsed.config.OPENAI_API_KEY).toBeUndefined();
});

it.each([
  ['a variable that is missing', { FAIBRIC_PUSH_PREFIX: undefined }, 'FAIBRIC_PUSH_PREFIX'],
  ['a port that is none', { HEALTH_PORT: 'sk-secret' }, 'HEALTH_PORT'],
  ['an address that is none', { FAIBRIC_TRAEFIK_ADDR: 'sk-secret' }, 'FAIBRIC_TRAEFIK_ADDR'],
  ['a level that is none', { LOG_LEVEL: 'sk-secret' }, 'LOG_LEVEL'],
])('%s is named, its value is not', (_what, over, name) => {
  const parsed = parseConfig({ ...least, ...over });
  const text = parsed.ok ? '' : parsed.problems.join('\n');
  expect(text).toContain(name);
  expect(text).not.toContain('sk-secret');
});
