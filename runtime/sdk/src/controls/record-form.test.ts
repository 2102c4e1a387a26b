// @vitest-environment happy-dom
// The values that a form starts with: those of the record where they fit, else the fields' own.
import { expect, test } from 'vitest';
import { type RecordField, startValues } from './record-form.tsx';

const fields: RecordField[] = [
  { name: 'name', label: 'Name', type: 'text' },
  { name: 'days', label: 'Days', type: 'number' },
  { name: 'done', label: 'Done', type: 'boolean' },
  { name: 'kind', label: 'Kind', type: 'select', options: ['a'], defaultValue: 'a' },
];

test.each([
  ['nothing', undefined, { name: '', days: null, done: false, kind: 'a' }],
  [
    'a record',
    { name: 'x', days: 3, done: true, kind: 'b', other: 1 },
    { name: 'x', days: 3, done: true, kind: 'b' },
  ],
  [
    'values that fit no field',
    { name: ['x'], days: { a: 1 }, done: null },
    { name: '', days: null, done: false, kind: 'a' },
  ],
])('from %s', (_name, initial, expected) => expect(startValues(fields, initial)).toEqual(expected));
