// The names that composed code may use are names that the SDK has, and icons of the plan exist.
import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';
import { BUSINESSES } from '../../engines/builtin/lexicon/businesses.ts';
import { HOME_THINGS } from '../../engines/builtin/lexicon/things-home.ts';
import { WORK_THINGS } from '../../engines/builtin/lexicon/things-work.ts';
import { sdkTypes, sdkValues } from './known-names.ts';

// The declarations of the icons; the operator itself does not depend on them.
const icons = readFileSync(
  new URL('../../../../node_modules/lucide-react/dist/lucide-react.d.ts', import.meta.url),
  'utf8',
);
const entry = readFileSync(new URL('../../../../runtime/sdk/src/index.ts', import.meta.url), 'utf8');

test.each([...sdkValues(), ...sdkTypes()])('the SDK exports %s', (name) => {
  expect(entry).toMatch(new RegExp(`\\b${name}\\b`));
});

test('every icon of the lexicon exists', () => {
  const named = [
    ...[...HOME_THINGS, ...WORK_THINGS].map(([, icon]) => icon),
    ...BUSINESSES.flatMap(({ icon, features }) => [icon, ...features.map(([one]) => one)]),
  ];
  expect(named.filter((icon) => !new RegExp(`\\b${icon}\\b`).test(icons))).toEqual([]);
});
