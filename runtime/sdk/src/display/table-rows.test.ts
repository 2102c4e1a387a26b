// @vitest-environment happy-dom
// Search, order and shown values of tables, also for documents of older revisions that lack fields or hold other types.
import { describe, expect, test } from 'vitest';
import { nextSort, searchRows, sortRows } from './table-rows.ts';

const plants = [
  { id: '1', name: 'Monstera', days: 7, watered: '2026-01-12' },
  { id: '2', name: 'basil', days: 10, watered: '2026-01-14' },
  { id: '3', name: 'Aloe', days: undefined, watered: '' },
  { id: '4', name: 'Zamia', days: '9' as unknown as number, watered: '2025-12-31' },
];
const columns = [
  { key: 'name' },
  { key: 'days', type: 'number' as const, unit: 'days' },
  { key: 'watered', type: 'date' as const },
];
const ids = (rows: { id: string }[]): string => rows.map((row) => row.id).join('');

describe('order', () => {
  test.each([
    ['name', 'ascending', '3214'],
    ['name', 'descending', '4123'],
    ['days', 'ascending', '1423'],
    ['days', 'descending', '2413'],
    ['watered', 'ascending', '4123'],
    ['unknown', 'ascending', '1234'],
  ] as const)('by %s, %s', (key, direction, expected) => {
    expect(ids(sortRows(plants, columns, { key, direction }))).toBe(expected);
  });
  test('none keeps the order of the items', () => expect(ids(sortRows(plants, columns, null))).toBe('1234'));
  test('a second click turns the order round, another column starts ascending', () => {
    const first = nextSort(null, 'name');
    expect([first.direction, nextSort(first, 'name').direction]).toEqual(['ascending', 'descending']);
    expect(nextSort(first, 'days')).toEqual({ key: 'days', direction: 'ascending' });
  });
});

describe('search', () => {
  test.each([
    ['', '1234'],
    ['  BASIL ', '2'],
    ['7 days', '1'],
    ['jan 14', '2'],
    ['nothing like it', ''],
  ])('for %j', (text, expected) => expect(ids(searchRows(plants, columns, text))).toBe(expected));
});
