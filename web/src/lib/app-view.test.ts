import { expect, test } from 'vitest';
import { aProject, steps } from '../../test/a-project.ts';
import { viewOf } from './app-view.ts';

const building = { step: 'build', message: 'Building the image.', since: '2026-11-23T07:00:02Z' };
const stalled = { reason: 'LLMUnauthorized', message: 'The model refuses the key.' };

test.each([
  ['a ready app is ready and serves', aProject(), 'ready', true],
  ['a new app is in work', aProject({ ready: false, steps: steps(0) }), 'working', false],
  ['an app in its build is in work', aProject({ ready: false, progress: building }), 'working', false],
  [
    'a ready app with a change in work is updating and serves',
    aProject({ progress: building }),
    'updating',
    true,
  ],
  ['a stalled app needs a person', aProject({ ready: false, stalled }), 'trouble', false],
  ['a stalled change leaves the app serving', aProject({ stalled }), 'trouble', true],
  ['a suspended app does not serve', aProject({ suspended: true }), 'suspended', false],
  ['a deleted app shows only that', aProject({ deleting: true, stalled }), 'deleting', false],
])('%s', (_name, project, state, serving) => {
  expect(viewOf(project)).toMatchObject({ state, serving });
});

test('the wait is in the words of the operator, with its start', () => {
  expect(viewOf(aProject({ ready: false, progress: building })).wait).toEqual({
    message: 'Building the image',
    since: Date.parse('2026-11-23T07:00:02Z'),
  });
});

test('an app that no operator has seen says so, since its creation', () => {
  const wait = viewOf(aProject({ ready: false, steps: steps(0) })).wait;
  expect(wait).toEqual({
    message: 'Waiting for the operator to begin',
    since: Date.parse('2026-11-23T07:00:00Z'),
  });
});

test('a ready app waits for nothing', () => {
  expect(viewOf(aProject()).wait).toBeUndefined();
});

test('a deleted app shows no trouble any more', () => {
  expect(viewOf(aProject({ deleting: true, stalled })).trouble).toBeUndefined();
});

test('the rail shows where a stalled app stands', () => {
  const rail = viewOf(aProject({ ready: false, stalled, steps: steps(2, 'failed') })).steps;
  expect(rail.map((step) => `${step.name} ${step.state}`)).toEqual([
    'Analyze done',
    'Generate done',
    'Validate stopped',
    'Build todo',
    'Deploy todo',
    'Route todo',
  ]);
});

test.each([
  ['the found title is shown', { title: 'Plant tracker' }, 'Plant tracker'],
  [
    'before there is one, the prompt is',
    { title: 'list-x1', name: 'list-x1', prompt: 'A list of teas\nwith name' },
    'A list of teas',
  ],
  ['a long prompt is cut', { title: 'a', name: 'a', prompt: 'x'.repeat(80) }, `${'x'.repeat(60)}…`],
  ['an app of own source has its name', { title: 'own-x1', name: 'own-x1', prompt: '' }, 'own-x1'],
])('%s', (_name, overrides, wanted) => {
  expect(viewOf(aProject(overrides)).title).toBe(wanted);
});
