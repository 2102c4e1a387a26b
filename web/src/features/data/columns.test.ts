// Columns and cells of documents that have no schema.
import type { Document } from '@faibric/api/contract';
import { describe, expect, test } from 'vitest';
import { columnsOf, labelOf, textOf } from './columns.ts';

const holding = (data: Record<string, unknown>): Document => ({
  id: '6f1f2c9e-0f0e-4a4e-9a4e-0d6f5a3c2b1a',
  data,
  createdAt: '2026-11-25T08:00:00.000Z',
  updatedAt: '2026-11-25T08:00:00.000Z',
  version: 1,
  mine: false,
});

describe('columns', () => {
  test('fields that most documents have come first', () => {
    const documents = [holding({ note: 'x' }), holding({ name: 'a', note: 'y' }), holding({ note: 'z' })];
    expect(columnsOf(documents)).toEqual(['note', 'name']);
  });
  test('no documents have no columns, and very many fields are cut', () => {
    expect(columnsOf([])).toEqual([]);
    const wide = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`f${i}`, i]));
    expect(columnsOf([holding(wide)])).toHaveLength(12);
  });
  test.each([
    ['dueDate', 'Due date'],
    ['due_date', 'Due date'],
    ['email', 'Email'],
    ['_', '_'],
  ])('the field %s is headed %s', (name, label) => {
    expect(labelOf(name)).toBe(label);
  });
});

describe('cells', () => {
  test.each([
    [null, ''],
    [undefined, ''],
    [false, 'No'],
    [0, '0'],
    ['text', 'text'],
    [['a', 'b'], 'a, b'],
    [{ a: 1 }, '{"a":1}'],
  ])('%j is shown as "%s"', (value, text) => {
    expect(textOf(value)).toBe(text);
  });
});
