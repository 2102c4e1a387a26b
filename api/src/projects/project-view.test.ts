import type { AppCondition, FaibricApp } from '@faibric/crds';
import { describe, expect, test } from 'vitest';
import { anApp } from '../../test/memory-cluster.ts';
import { projectSchema, type Step } from '../contract/project.ts';
import { toProject } from './project-view.ts';

const rules = { owner: 'me', domain: 'localhost', publicPort: 80 };
const SINCE = '2026-11-23T08:00:00Z';

const condition = (
  type: AppCondition['type'],
  status: AppCondition['status'],
  reason: AppCondition['reason'] = 'Succeeded',
): AppCondition => ({ type, status, reason, message: `${type} ${status}`, lastTransitionTime: SINCE });

const statesOf = (conditions: AppCondition[]): Step['state'][] =>
  toProject(anApp({ status: { conditions } }), rules).steps.map(({ state }) => state);

const done = (...types: AppCondition['type'][]) => types.map((type) => condition(type, 'True'));
const ALL = done('Analyzed', 'Generated', 'Validated', 'Built', 'Deployed', 'Routed');

describe('steps come from the conditions', () => {
  test.each<[string, AppCondition[], string]>([
    ['nothing was looked at', [], 'waiting waiting waiting waiting waiting waiting'],
    [
      'the first is in work',
      [condition('Analyzed', 'False', 'InProgress')],
      'running waiting waiting waiting waiting waiting',
    ],
    [
      'the third is in work',
      [...ALL.slice(0, 2), condition('Validated', 'Unknown', 'InProgress')],
      'done done running waiting waiting waiting',
    ],
    [
      'the next one is pending',
      [...ALL.slice(0, 2), condition('Validated', 'Unknown', 'Pending')],
      'done done waiting waiting waiting waiting',
    ],
    [
      'a step failed for good',
      [
        ...ALL.slice(0, 2),
        condition('Validated', 'False', 'ValidationFailed'),
        condition('Stalled', 'True', 'ValidationFailed'),
      ],
      'done done failed waiting waiting waiting',
    ],
    ['all done', ALL, 'done done done done done done'],
    [
      'a later one is still true from the revision before',
      [condition('Analyzed', 'False', 'InProgress'), ...ALL.slice(3)],
      'running waiting waiting done done done',
    ],
  ])('%s', (_name, conditions, states) => {
    expect(statesOf(conditions).join(' ')).toBe(states);
  });
});

describe('the view', () => {
  test('of an app that nobody has looked at yet', () => {
    const project = projectSchema.parse(toProject(anApp({ name: 'plants-k3x9q2' }), rules));
    expect(project).toMatchObject({
      id: 'k3x9q2',
      name: 'plants-k3x9q2',
      title: 'plants-k3x9q2',
      owner: 'me',
      phase: 'Pending',
      ready: false,
      url: 'http://me-plants-k3x9q2.localhost',
      progress: null,
      stalled: null,
      limited: [],
      tokens: 0,
    });
  });

  test('of a ready app says what the status says', () => {
    const status: FaibricApp['status'] = {
      phase: 'Ready',
      url: 'http://me-plants-k3x9q2.localhost:8080',
      host: 'me-plants-k3x9q2.localhost',
      title: 'Plants',
      type: 'list-manager',
      revision: 2,
      latestRevision: 3,
      collections: ['plants'],
      limited: ['Photos are left out.'],
      tokens: { total: 512 },
      conditions: [...ALL, condition('Ready', 'True', 'Ready')],
    };
    const project = projectSchema.parse(toProject(anApp({ status }), rules));
    expect(project).toMatchObject({
      ready: true,
      title: 'Plants',
      revision: 2,
      latestRevision: 3,
      tokens: 512,
    });
    expect(project.url).toBe('http://me-plants-k3x9q2.localhost:8080');
  });

  test('of a stalled app says why, and of one in deletion that it is going', () => {
    const conditions = [condition('Stalled', 'True', 'IdTaken')];
    expect(toProject(anApp({ status: { conditions } }), rules).stalled).toEqual({
      reason: 'IdTaken',
      message: 'Stalled True',
    });
    const going = toProject(anApp({ metadata: { deletionTimestamp: SINCE } }), rules);
    expect([going.phase, going.deleting]).toEqual(['Deleting', true]);
  });
});
