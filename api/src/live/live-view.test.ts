import { describe, expect, test } from 'vitest';
import { FULL_GRANT, type Grant } from '../access/grant.ts';
import type { Change } from './change-store.ts';
import { comparePositions, formatEventId, laterOf, parseEventId, startOf } from './feed-position.ts';
import { eventFor, resumeAt, viewOf } from './live-view.ts';

const position = { xid: 7n, seq: 3n };
const change = (parts: Partial<Change> & { now?: string | null }): Change => ({
  position,
  collection: 'todos',
  id: 'one',
  kind: 'updated',
  author: 'v:ann',
  document:
    parts.now === null ? null : { author: parts.now ?? 'v:ann', json: (mine) => JSON.stringify({ mine }) },
  ...parts,
});
const own = (author: string): Grant => ({ author, only: author });
const all = (author: string): Grant => ({ author, only: null });

describe('what a change means for who has a grant', () => {
  test.each<[string, Change, Grant, unknown]>([
    ['one’s own', change({}), own('v:ann'), ['updated', true]],
    ['one’s own, new', change({ kind: 'created' }), own('v:ann'), ['created', true]],
    ['another’s, where each sees their own', change({}), own('v:bob'), null],
    ['another’s, where all see all', change({}), all('v:bob'), ['updated', false]],
    ['any, for the owner of the app', change({}), FULL_GRANT, ['updated', false]],
    [
      'nobody’s is not the owner’s own',
      change({ author: null, document: { author: null, json: (mine) => JSON.stringify({ mine }) } }),
      FULL_GRANT,
      ['updated', false],
    ],
    ['gone, one’s own', change({ kind: 'deleted', now: null }), own('v:ann'), ['deleted']],
    ['gone, another’s', change({ kind: 'deleted', now: null }), own('v:bob'), null],
    ['made and gone since', change({ kind: 'created', now: null }), all('v:bob'), ['deleted']],
    ['gone over to a user, for the visitor', change({ now: 'u:ann' }), own('v:ann'), ['deleted']],
    ['gone over to a user, for the user', change({ now: 'u:ann' }), own('u:ann'), ['updated', true]],
    ['gone over to a user, for a third', change({ now: 'u:ann' }), own('v:bob'), null],
  ])('%s', (_name, given, grant, expected) => {
    const found = eventFor(given, grant);
    const data = found === null ? null : JSON.parse(found.json);
    expect(found === null ? null : [found.event, ...(found.event === 'deleted' ? [] : [data.mine])]).toEqual(
      expected,
    );
    if (found?.event === 'deleted') expect(data).toEqual({ id: 'one' });
  });
});

describe('where a stream goes on', () => {
  const now = { seconds: 10_000, next: 50n };
  const view = viewOf(own('v:ann'));
  const id = (parts: object = {}) => formatEventId({ position, seconds: 9_990, view, ...parts });
  test.each<[string, string, boolean]>([
    ['just now', id(), true],
    ['49 minutes ago', id({ seconds: 10_000 - 49 * 60 }), true],
    ['50 minutes ago', id({ seconds: 10_000 - 50 * 60 }), false],
    ['in the future', id({ seconds: 10_100 }), false],
    ['with another view', id({ view: viewOf(own('v:bob')) }), false],
    ['with the view of one who sees all', id({ view: viewOf(all('v:ann')) }), false],
    ['beyond the newest transaction', id({ position: { xid: 51n, seq: 0n } }), false],
    ['of too few parts', '7.3.9990', false],
    ['with a sign', id().replace('7.', '-7.'), false],
    ['with a number that no database has', id().replace('7.', '99999999999999999999.'), false],
    ['empty', '', false],
  ])('%s', (_name, text, resumable) => {
    expect(resumeAt(text, now, view)?.position ?? null).toEqual(resumable ? position : null);
  });

  test('an id is read as it was written', () => {
    expect(parseEventId(id())).toEqual({ position, seconds: 9_990, view });
  });

  test('places are in the order of transactions, then of changes', () => {
    const places = [startOf(9n), { xid: 7n, seq: 10n }, position, { xid: 10n, seq: 1n }];
    expect([...places].sort(comparePositions).map(({ xid, seq }) => `${xid}.${seq}`)).toEqual([
      '7.3',
      '7.10',
      '9.0',
      '10.1',
    ]);
    expect(laterOf(position, startOf(7n))).toBe(position);
  });
});
