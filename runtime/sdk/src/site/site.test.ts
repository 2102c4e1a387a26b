// @vitest-environment happy-dom
// Opening hours over midnight, text without markup, searched price lists.
import { describe, expect, test } from 'vitest';
import { type DayHours, isOpenAt } from './opening-hours.tsx';
import { searchGroups } from './price-list.tsx';
import { textBlocks } from './text-blocks.tsx';

const days: DayHours[] = [
  { day: 'monday', hours: [] },
  {
    day: 'friday',
    hours: [
      { open: '12:00', close: '14:30' },
      { open: '18:00', close: '02:00' },
    ],
  },
  { day: 'saturday', hours: [{ open: '00:00', close: '00:00' }] },
];

// 16 January 2026 is a Friday.
test.each([
  ['Friday noon', '2026-01-16T12:00', true],
  ['Friday afternoon', '2026-01-16T14:30', false],
  ['Friday, before midnight', '2026-01-16T23:59', true],
  ['Saturday, all day', '2026-01-17T23:59', true],
  ['Saturday at one, from Friday', '2026-01-17T01:00', true],
  ['Sunday, not listed', '2026-01-18T12:00', false],
  ['Monday, closed', '2026-01-19T12:00', false],
])('%s (%s) is open: %s', (_name, time, open) => expect(isOpenAt(days, new Date(time))).toBe(open));

test('text becomes paragraphs and lists, and nothing in it is markup', () => {
  expect(textBlocks('One\ntwo\n\n- a\n- <b>b</b>\n\n\n')).toEqual([
    { kind: 'text', lines: ['One', 'two'] },
    { kind: 'list', lines: ['a', '<b>b</b>'] },
  ]);
});

describe('a price list', () => {
  const groups = [
    {
      title: 'Pizza',
      items: [
        { name: 'Margherita', tags: ['vegetarian'] },
        { name: 'Diavola', description: 'Hot' },
      ],
    },
    { title: 'Wine', items: [{ name: 'Red' }] },
  ];
  test.each([
    ['hot', ['Diavola']],
    ['VEGET', ['Margherita']],
    ['x', []],
  ])('searched for %s', (text, names) => {
    expect(searchGroups(groups, text).flatMap((group) => group.items.map((item) => item.name))).toEqual(
      names,
    );
  });
});
