import { expect, test } from 'vitest';
import { aProject } from '../../../test/a-project.ts';
import { viewOf } from '../../lib/app-view.ts';
import { appFacts } from './app-facts.tsx';

const created = Date.parse(aProject().createdAt);

test('a served app tells revision, cost and age', () => {
  expect(appFacts(viewOf(aProject({ tokens: 4210 })), created + 120_000)).toEqual([
    'Revision 1',
    '4,210 tokens',
    'Created 2 min ago',
  ]);
});

test('no cost is told as such', () => {
  expect(appFacts(viewOf(aProject()), created)).toContain('No tokens used');
});

test('an app that does not serve yet tells only its age', () => {
  expect(appFacts(viewOf(aProject({ ready: false })), created)).toEqual(['Created just now']);
});
