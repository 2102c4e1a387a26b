import { describe, expect, test } from 'vitest';
import { applyMapping, type Mapping, mapping } from './mapping.ts';
import { makeRedact } from './redact.ts';

const body = {
  'a/b': { '~c': 1 },
  list: [{ n: '1,234.5' }, { n: '2.5%' }, { n: '' }],
  at: 1_763_740_800,
  nothing: null,
  text: 7,
};

describe('a mapping takes parts by pointers', () => {
  test.each<[string, Mapping, unknown]>([
    ['slashes and tildes are escaped', '/a~1b/~0c', 1],
    ['an index of a list', '/list/1/n', '2.5%'],
    ['what is not there is null', '/list/9/n', null],
    ['a prototype is not there', '/constructor', null],
    ['a prototype of a list is not there', '/list/map', null],
    [
      'numbers as upstreams write them',
      { each: '/list', pick: { at: '/n', as: 'number' } },
      [1234.5, 2.5, null],
    ],
    ['some of a list', { each: '/list', pick: '/n', limit: 1 }, ['1,234.5']],
    ['a list that is none is empty', { each: '/at', pick: '/n' }, []],
    ['a time', { at: '/at', as: 'unixSeconds' }, '2025-11-21T16:00:00.000Z'],
    ['a time that is none', { at: '/a~1b', as: 'unixMilliseconds' }, null],
    ['null stays null', { at: '/nothing', as: 'number' }, null],
    ['a text', { at: '/text', as: 'text' }, '7'],
    [
      'an object',
      { object: { one: '/text', two: { object: { three: '/at' } } } },
      { one: 7, two: { three: 1_763_740_800 } },
    ],
  ])('%s', (_name, rule, expected) => {
    expect(applyMapping(mapping.parse(rule), body)).toEqual(expected);
  });

  test.each([['a'], [{ at: '/a' }], [{ at: '/a', as: 'date' }], [{ each: '/a' }], [{ object: 'x' }], [7]])(
    '%j is none',
    (value) => {
      expect(mapping.safeParse(value).success).toBe(false);
    },
  );
});

describe('G13: a key is taken out of an answer', () => {
  const secret = 'se+cr/et key';
  const redact = makeRedact([secret, 'id', `id:${secret}`]);
  test.each([
    ['as it is', secret],
    ['in an address', `https://x/?key=${encodeURIComponent(secret)}`],
    ['in a header of basic', `Basic ${Buffer.from(`id:${secret}`).toString('base64')}`],
    ['in base64url', Buffer.from(secret).toString('base64url')],
  ])('%s', (_name, text) => {
    const found = JSON.stringify(redact({ deep: [{ [text]: text }] }));
    expect(found).not.toContain(text.split(' ').at(-1));
    expect(found).toContain('***');
  });

  test('and nothing else is', () => {
    const answer = { id: 'id', list: [1, null, true, 'identity'] };
    expect(redact(answer)).toEqual(answer);
  });

  test('an answer that is nested without end is none', () => {
    const deep = JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`);
    expect(() => redact(deep)).toThrow(/nested too deep/);
  });
});
