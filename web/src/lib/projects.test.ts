import { expect, test } from 'vitest';
import { aProject } from '../../test/a-project.ts';
import type { ProjectsAction } from './projects.ts';
import { parseProjectEvent, reduceProjects } from './projects.ts';

const older = aProject({ id: 'older', createdAt: '2026-11-22T07:00:00Z' });
const newer = aProject({ id: 'newer', createdAt: '2026-11-23T07:00:00Z' });

const cases: [string, ProjectsAction, string[]][] = [
  ['a snapshot replaces the list, newest first', { type: 'snapshot', items: [older] }, ['older']],
  [
    'a new app comes first',
    { type: 'project', project: aProject({ id: 'x', createdAt: '2026-11-24T07:00:00Z' }) },
    ['x', 'newer', 'older'],
  ],
  [
    'a change of an app keeps its place',
    { type: 'project', project: { ...older, title: 'New' } },
    ['newer', 'older'],
  ],
  ['a deleted app goes', { type: 'deleted', id: 'newer' }, ['older']],
  ['an unknown deleted app changes nothing', { type: 'deleted', id: 'other' }, ['newer', 'older']],
  [
    'an app that is being deleted stays until it is gone',
    { type: 'deleting', id: 'newer' },
    ['newer', 'older'],
  ],
];

test.each(cases)('%s', (_name, action, ids) => {
  expect(reduceProjects([newer, older], action).map((one) => one.id)).toEqual(ids);
});

test('deleting marks the app at once', () => {
  expect(reduceProjects([newer], { type: 'deleting', id: 'newer' })[0]?.deleting).toBe(true);
});

test.each([
  ['project', JSON.stringify(newer), 'project'],
  ['snapshot', JSON.stringify({ items: [newer, older] }), 'snapshot'],
  ['deleted', '{"id":"newer"}', 'deleted'],
  ['closing', '{}', undefined],
  ['project', '{"id":1}', undefined],
  ['project', 'not json', undefined],
])('the event %s with %s is read as %s', (type, data, wanted) => {
  expect(parseProjectEvent(type, data)?.type).toBe(wanted);
});
