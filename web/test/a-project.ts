// A ready plant tracker as the API tells it; a test overrides what it is about.
import type { Project } from '@faibric/api/contract';
import { STEP_NAMES } from '@faibric/api/contract';

/** The steps with the first `done` done, then one in `then`, the rest waiting. */
export function steps(done: number, then: 'running' | 'failed' | 'waiting' = 'waiting'): Project['steps'] {
  return STEP_NAMES.map((name, index) => ({
    name,
    state: index < done ? 'done' : index === done ? then : 'waiting',
    reason: null,
    message: '',
    since: null,
  }));
}

/** A project, ready unless told otherwise. */
export function aProject(overrides: Partial<Project> = {}): Project {
  return {
    id: 'k3x9q2',
    name: 'planttracker-k3x9q2',
    title: 'Plant tracker',
    owner: 'me',
    prompt: 'A plant tracker with name and species',
    engine: 'builtin',
    phase: 'Ready',
    ready: true,
    suspended: false,
    deleting: false,
    type: 'list-manager',
    host: 'me-planttracker-k3x9q2.localhost',
    url: 'http://me-planttracker-k3x9q2.localhost',
    steps: steps(6),
    progress: null,
    stalled: null,
    limited: [],
    revision: 1,
    latestRevision: 1,
    pinned: null,
    changes: [],
    services: [],
    collections: ['plants'],
    tokens: 0,
    createdAt: '2026-11-23T07:00:00Z',
    ...overrides,
  };
}
