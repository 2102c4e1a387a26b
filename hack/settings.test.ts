import { expect, test } from 'vitest';
import { ownerLabel, parseSettings } from './settings.ts';

const user = { name: 'Batman1', home: '/home/batman' };

test('without settings there are defaults', () => {
  expect(parseSettings({}, user)).toEqual({
    httpPort: 80,
    images: 'auto',
    cacheDir: '/home/batman/.cache/faibric',
    stateDir: '/home/batman/.local/state/faibric',
    owner: 'batman1',
    model: {},
  });
});

test('an empty variable counts as unset, and only set model variables are passed on', () => {
  const env = { FAIBRIC_HTTP_PORT: '', OPENAI_BASE_URL: 'http://localhost:11434/v1', OPENAI_API_KEY: '' };
  expect(parseSettings(env, user)).toMatchObject({
    httpPort: 80,
    model: { OPENAI_BASE_URL: env.OPENAI_BASE_URL },
  });
  expect(parseSettings(env, user).model).not.toHaveProperty('OPENAI_API_KEY');
});

test.each([
  ['FAIBRIC_HTTP_PORT', 'eighty'],
  ['FAIBRIC_HTTP_PORT', '70000'],
  ['FAIBRIC_IMAGES', 'steal'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => parseSettings({ [name]: value }, user)).toThrow(name);
});

test.each([
  ['Batman1', 'batman1'],
  ['Ana María', 'ana-mar-a'],
  ['DOMAIN\\user.name', 'domain-user-name'],
  ['_', 'me'],
  ['a-very-long-user-name-of-somebody', 'a-very-long-user-nam'],
  ['twenty-characters-a-b', 'twenty-characters-a'],
])('the user name %s becomes the DNS label %s', (name, label) => {
  expect(ownerLabel(name)).toBe(label);
});
