import type { CollectionAccess } from '@faibric/crds';
import { expect, test } from 'vitest';
import { accessOf } from './access.ts';
import { decide } from './decide.ts';
import type { WatchedRevision } from './facts.ts';
import { ANALYSIS, anApp, aRevision, someFacts } from './test/build-facts.ts';

const OWN = { read: 'visitor', create: 'visitor', update: 'visitor', delete: 'visitor' } as const;
const FORM = { read: 'owner', create: 'anyone', update: 'owner', delete: 'owner' } as const;
const SHARED = { read: 'anyone', create: 'anyone', update: 'anyone', delete: 'anyone' } as const;

const planning = (...collections: unknown[]): unknown => ({ collections });
const withPlan = (revision: WatchedRevision, blueprint: unknown): WatchedRevision => ({
  ...revision,
  spec: { ...revision.spec, analysis: { ...ANALYSIS, blueprint: blueprint as Record<string, unknown> } },
});
const many = (prefix: string, count: number): CollectionAccess[] =>
  Array.from({ length: count }, (_, i) => ({ collection: `${prefix}${i}`, ...OWN }));

test.each<[what: string, spec: CollectionAccess[] | undefined, plan: unknown, holds: CollectionAccess[]]>([
  ['nothing of an app without a plan', undefined, undefined, []],
  [
    'the rules of the plan, by name',
    undefined,
    planning({ name: 'messages', access: FORM }, { name: 'gallery', access: OWN }),
    [
      { collection: 'gallery', ...OWN },
      { collection: 'messages', ...FORM },
    ],
  ],
  [
    'the owner’s rules in place of the plan’s',
    [{ collection: 'messages', ...SHARED }],
    planning({ name: 'messages', access: FORM }),
    [{ collection: 'messages', ...SHARED }],
  ],
  [
    'the owner’s rules for what no plan names, as in an app with its own source',
    [{ collection: 'posts', ...SHARED }],
    undefined,
    [{ collection: 'posts', ...SHARED }],
  ],
  [
    'nothing of a rule that is broken: its collection stays closed',
    undefined,
    planning(
      { name: 'posts', access: { ...OWN, read: 'everyone' } },
      { name: 'No Name', access: OWN },
      { name: 'notes' },
      null,
      { name: 'tasks', access: OWN, fields: [] },
    ),
    [{ collection: 'tasks', ...OWN }],
  ],
  ['nothing of a plan of another shape', undefined, { collections: 'none' }, []],
  [
    'the first of two rules for one collection',
    undefined,
    planning({ name: 'a', access: OWN }, { name: 'a', access: SHARED }),
    [{ collection: 'a', ...OWN }],
  ],
])('the access of an app says %s', (_what, access, blueprint, holds) => {
  const app = anApp({ spec: access ? { access } : {} });
  const revision = withPlan(aRevision(app, { far: 'good' }), blueprint);
  expect(accessOf(someFacts({ app, revisions: [revision] }), revision)).toEqual(holds);
});

test('the owner’s rules are kept when there are more than the resource may hold', () => {
  const app = anApp({ spec: { access: many('own', 48) } });
  const revision = withPlan(
    aRevision(app, { far: 'good' }),
    planning(...many('plan', 12).map(({ collection, ...access }) => ({ name: collection, access }))),
  );
  const names = accessOf(someFacts({ app, revisions: [revision] }), revision).map((rule) => rule.collection);
  expect(names).toHaveLength(50);
  expect(names.filter((name) => name.startsWith('own'))).toHaveLength(48);
});

test('while a change is in work the rules are those of what serves', () => {
  const app = anApp({
    spec: { changes: [{ id: 'c1', prompt: 'show the messages' }] },
    status: { revision: 1 },
  });
  const live = withPlan(aRevision(app, { far: 'good' }), planning({ name: 'messages', access: FORM }));
  const work = withPlan(
    aRevision(app, { number: 2, far: 'analyzed', stage: 1 }),
    planning({ name: 'messages', access: SHARED }),
  );
  const { status } = decide(someFacts({ app, revisions: [live, work] }));
  expect(status?.access).toEqual([{ collection: 'messages', ...FORM }]);
});

test('a suspended app keeps the rules of what served, under the owner’s of now', () => {
  const app = anApp({
    spec: { suspend: true, access: [{ collection: 'notes', ...OWN }] },
    status: { revision: 1, access: [{ collection: 'gone', ...SHARED }] },
  });
  const live = withPlan(aRevision(app, { far: 'good' }), planning({ name: 'messages', access: FORM }));
  expect(decide(someFacts({ app, revisions: [live] })).status?.access).toEqual([
    { collection: 'messages', ...FORM },
    { collection: 'notes', ...OWN },
  ]);
});
