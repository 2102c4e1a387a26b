// Whatever comes in whatever order: a document is in the list once, drafts survive, and what only the server can know is
// asked of it.
import { describe, expect, test } from 'vitest';
import { draftOf, type Item, toItem, type WireDocument } from './document.ts';
import {
  type Change,
  type ListState,
  unknownList,
  withChange,
  withDrafts,
  withMore,
  withoutItems,
  withPages,
  withRestored,
  withStored,
} from './list-state.ts';

type Plant = { name: string };
const wire = (id: string, name = id, version = 1): WireDocument => ({ id, data: { name }, version });
const page = (ids: string, cursor: string | null = null, total = ids.length) => ({
  documents: [...ids].map((id) => wire(id)),
  total,
  cursor,
});
const listOf = (ids: string, cursor: string | null = null, total = ids.length): ListState<Plant> =>
  withPages(unknownList<Plant>(true), [page(ids, cursor, total)]);
const shown = (state: ListState<Plant> | undefined): string =>
  state ? `${state.items.map((one) => one.name).join('')}/${state.total}` : 'ask';

const NEWEST = { plain: true, newestFirst: true };
const OLDEST = { plain: true, newestFirst: false };
const OTHER = { plain: false, newestFirst: true };
const created = (id: string): Change => ({ type: 'created', document: wire(id) });
const updated = (id: string, name: string, version: number): Change => ({
  type: 'updated',
  document: wire(id, name, version),
});

describe('a change of others', () => {
  test.each<[string, ListState<Plant>, Change, typeof NEWEST, string]>([
    ['a new one comes first', listOf('ab'), created('n'), NEWEST, 'nab/3'],
    ['a new one comes last', listOf('ab'), created('n'), OLDEST, 'abn/3'],
    [
      'one that belongs to a later page is only counted',
      listOf('ab', 'next', 5),
      created('n'),
      OLDEST,
      'ab/6',
    ],
    ['one that is there already changes nothing', listOf('ab'), created('a'), NEWEST, 'ab/2'],
    ['a newer version replaces', listOf('ab'), updated('a', 'x', 2), NEWEST, 'xb/2'],
    ['an older version does not', listOf('ab'), updated('a', 'x', 1), NEWEST, 'ab/2'],
    ['one of a page that is not loaded changes nothing', listOf('ab'), updated('z', 'x', 9), NEWEST, 'ab/2'],
    ['what is deleted goes', listOf('ab'), { type: 'deleted', id: 'a' }, NEWEST, 'b/1'],
    [
      'what is deleted elsewhere is counted',
      listOf('ab', 'next', 9),
      { type: 'deleted', id: 'z' },
      NEWEST,
      'ab/8',
    ],
    ['under a filter a new one is asked for', listOf('ab'), created('n'), OTHER, 'ask'],
    ['under a filter a changed one is asked for', listOf('ab'), updated('a', 'x', 2), OTHER, 'ask'],
    ['under a filter a deleted one goes', listOf('ab'), { type: 'deleted', id: 'a' }, OTHER, 'b/1'],
    ['after a gap all is asked for', listOf('ab'), { type: 'reset' }, NEWEST, 'ask'],
  ])('%s', (_what, state, change, order, expected) => {
    expect(shown(withChange(state, change, order))).toBe(expected);
  });
});

describe('what is done here', () => {
  const draft: Item<Plant> = draftOf({ name: 'D' });
  const stored = toItem<Plant>(wire('s', 'S'));

  test('a draft becomes the stored document, once, also when the event came before the answer', () => {
    const withDraft = withDrafts(listOf('ab'), [draft], false);
    expect(shown(withDraft)).toBe('Dab/3');
    expect(shown(withStored(withDraft, draft.id, stored))).toBe('Sab/3');
    const told = withChange(withDraft, { type: 'created', document: wire('s', 'S') }, NEWEST);
    expect(shown(told && withStored(told, draft.id, stored))).toBe('Sab/3');
  });

  test('a list that is read anew keeps what is not stored yet', () => {
    expect(shown(withPages(withDrafts(listOf('ab'), [draft], false), [page('xy'), page('z', null, 3)]))).toBe(
      'Dxyz/3',
    );
  });

  test('what could not be deleted comes back to its place, beside what came meanwhile', () => {
    const before = listOf('abc');
    const after = withDrafts(withoutItems(before, ['a', 'c']), [draft], false);
    expect(shown(withRestored(after, before.items, ['a', 'c']))).toBe('Dabc/4');
    expect(shown(withRestored(withoutItems(before, ['b', 'c']), before.items, ['b']))).toBe('ab/2');
  });

  test('a further page repeats nothing that moved into it', () => {
    expect(shown(withMore(listOf('ab', 'next', 4), page('bcd', null, 4)))).toBe('abcd/4');
  });
});
