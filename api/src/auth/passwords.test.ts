import { describe, expect, test } from 'vitest';
import { ApiError } from '../errors.ts';
import { makePasswords } from './passwords.ts';

const passwords = makePasswords();
const codeOf = (error: unknown): string => (error instanceof ApiError ? error.code : String(error));

describe('hashing', () => {
  test('B12: a stored hash is argon2id with 19 MiB and two passes or more, and a salt of its own', async () => {
    const [first, second] = [await passwords.hash('correct horse'), await passwords.hash('correct horse')];
    const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]{22})\$[^$]{43}$/;
    const [, memory, passes, parallel, salt] = parts.exec(first) ?? [];
    expect(Number(memory)).toBeGreaterThanOrEqual(19 * 1024);
    expect(Number(passes)).toBeGreaterThanOrEqual(2);
    expect(Number(parallel)).toBe(1);
    expect(parts.exec(second)?.[4]).not.toBe(salt);
    expect(await passwords.verify('correct horse', first)).toBe(true);
    expect(await passwords.verify('correct horse', second)).toBe(true);
  });

  test.each([
    ['of 73 bytes that differ in the last', 'x'.repeat(72), 'x'.repeat(72)],
    ['of 1,024 characters that differ in the last', 'é'.repeat(1023), 'é'.repeat(1023)],
  ])('B13: twins %s differ', async (_name, one, other) => {
    const stored = await passwords.hash(`${one}a`);
    expect(await passwords.verify(`${one}a`, stored)).toBe(true);
    expect(await passwords.verify(`${other}b`, stored)).toBe(false);
  });

  test('B13: the NFC and the NFD form of a text are two passwords', async () => {
    const text = 'Zoë naïve';
    const stored = await passwords.hash(text.normalize('NFC'));
    expect(await passwords.verify(text.normalize('NFC'), stored)).toBe(true);
    expect(await passwords.verify(text.normalize('NFD'), stored)).toBe(false);
  });

  test('a hash is checked with the cost that it names, and what is no hash is an error', async () => {
    const stored = await passwords.hash('old');
    expect(await passwords.verify('old', stored.replace('m=19456', 'm=8192'))).toBe(false);
    await expect(passwords.verify('old', '$2b$10$not-argon2')).rejects.toThrow('not an argon2id');
  });

  test('B14: without a stored hash the answer is false, also for the empty password', async () => {
    expect(await passwords.verify('anything', null)).toBe(false);
    expect(await passwords.verify('', null)).toBe(false);
  });
});

describe('the queue', () => {
  test('B13: of 200 at once a few are hashed, a few wait, the others are told to come back', async () => {
    const small = makePasswords({ atOnce: 2, waiting: 6 });
    const results = await Promise.allSettled(Array.from({ length: 200 }, () => small.verify('x', null)));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(results.length - refused.length).toBe(8);
    expect([...new Set(refused.map(({ reason }) => codeOf(reason)))]).toEqual(['unavailable']);
    // And it serves again afterwards.
    expect(await small.verify('x', null)).toBe(false);
  });

  test('work that fails gives its place back', async () => {
    const one = makePasswords({ atOnce: 1, waiting: 0 });
    await expect(one.verify('x', 'broken')).rejects.toThrow();
    expect(await one.verify('x', null)).toBe(false);
  });
});
