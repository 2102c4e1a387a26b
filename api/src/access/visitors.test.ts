import { describe, expect, test } from 'vitest';
import { makeVisitors } from './visitors.ts';

const visitors = makeVisitors('a-secret-for-visitors-of-a-test');
const value = visitors.newVisitor('aaaaaa').value;
const [id = '', signature = ''] = value.split('.');

describe('B11 B16: a visitor is who we signed, at the app that we signed it for', () => {
  test('the same browser is the same author, another browser another', () => {
    const author = visitors.authorOf('aaaaaa', value);
    expect(author).toBe(`v:${id}`);
    expect(visitors.authorOf('aaaaaa', value)).toBe(author);
    expect(visitors.authorOf('aaaaaa', visitors.newVisitor('aaaaaa').value)).not.toBe(author);
  });

  test.each([
    ['none', null],
    ['empty', ''],
    ['no signature', id],
    ['an empty signature', `${id}.`],
    ['another id with this signature', `${id.slice(1)}A.${signature}`],
    ['a changed signature', `${id}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`],
    [
      'the signature of another secret',
      makeVisitors('another-secret-for-visitors').newVisitor('aaaaaa').value,
    ],
    ['the value twice', `${value}.${value}`],
    ['a user as the id', `u:${id.slice(2)}.${signature}`],
    ['padding after it', `${value}==`],
  ])('%s is nobody', (_name, given) => {
    expect(visitors.authorOf('aaaaaa', given)).toBeNull();
  });

  test('a cookie of one app is nobody at another', () => {
    expect(visitors.authorOf('bbbbbb', value)).toBeNull();
  });
});
