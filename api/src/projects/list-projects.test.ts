// Searching, filtering and ordering, on a handful of apps.
import { describe, expect, test } from 'vitest';
import { anApp, memoryCluster } from '../../test/memory-cluster.ts';
import { listProjectsQuerySchema } from '../contract/project-requests.ts';
import { pageOf } from './list-projects.ts';
import { makeProjectCatalog } from './project-catalog.ts';

const cluster = memoryCluster();
const ready = [
  {
    type: 'Ready' as const,
    status: 'True' as const,
    reason: 'Ready' as const,
    message: '',
    lastTransitionTime: '2026-11-23T07:00:00Z',
  },
];
cluster.put(anApp({ name: 'plants-aa1', spec: { id: 'aa1', prompt: 'A plant tracker', title: 'Élan' } }));
cluster.put(
  anApp({
    name: 'poll-bb2',
    spec: { id: 'bb2', prompt: 'A lunch poll', title: 'item 10' },
    status: { phase: 'Ready', type: 'poll', conditions: ready, tokens: { total: 7 } },
  }),
);
cluster.put(
  anApp({
    name: 'todos-cc3',
    spec: { id: 'cc3', prompt: 'Todos, with plants', title: 'item 9', owner: 'ann' },
    status: { phase: 'Failed', type: 'list', tokens: { total: 5000 } },
  }),
);
const catalog = makeProjectCatalog(cluster.cache, { owner: 'me', domain: 'localhost', publicPort: 80 });

const find = (query: Record<string, string>) => {
  const page = pageOf(catalog.newestFirst(), listProjectsQuerySchema.parse(query));
  return { ids: page.entries.map(({ project }) => project.id), total: page.total };
};

describe('lists of apps', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['newest first', {}, ['cc3', 'bb2', 'aa1']],
    ['oldest first', { order_by: 'created_at' }, ['aa1', 'bb2', 'cc3']],
    ['a word of the prompt, in any case', { q: 'PLANT' }, ['cc3', 'aa1']],
    ['all words, in any order', { q: 'tracker plant' }, ['aa1']],
    ['a word of the name', { q: 'poll-bb2' }, ['bb2']],
    ['a part of the host', { q: 'cc3.localhost' }, ['cc3']],
    ['a word that nowhere occurs', { q: 'unicorn' }, []],
    ['spaces alone find everything', { q: '   ' }, ['cc3', 'bb2', 'aa1']],
    ['what a pattern would match is only text', { q: '.*' }, []],
    ['ready ones', { ready: 'true' }, ['bb2']],
    ['those that are not ready', { ready: 'false' }, ['cc3', 'aa1']],
    ['by phase', { phase: 'Failed' }, ['cc3']],
    ['by type', { type: 'poll' }, ['bb2']],
    ['by owner', { owner: 'me' }, ['bb2', 'aa1']],
    ['by title, numbers as numbers', { order_by: 'title' }, ['aa1', 'cc3', 'bb2']],
    ['by tokens, most first', { order_by: '-tokens' }, ['cc3', 'bb2', 'aa1']],
    ['by phase, equal ones newest first', { order_by: 'phase' }, ['cc3', 'aa1', 'bb2']],
  ])('%s', (_name, query, ids) => {
    expect(find(query)).toEqual({ ids, total: ids.length });
  });

  test('a page counts all that match', () => {
    expect(find({ limit: '1', offset: '1' })).toEqual({ ids: ['bb2'], total: 3 });
    expect(find({ offset: '9' })).toEqual({ ids: [], total: 3 });
  });

  test.each([
    [{ order_by: 'prompt' }],
    [{ order_by: '--title' }],
    [{ limit: '0' }],
    [{ limit: '-1' }],
    [{ limit: '1e2' }],
    [{ offset: '1000001' }],
    [{ ready: 'yes' }],
    [{ q: 'x'.repeat(201) }],
  ])('%j is refused', (query) => {
    expect(listProjectsQuerySchema.safeParse(query).success).toBe(false);
  });

  test('the view of an app is made once, and anew when the resource changes', () => {
    const [first] = catalog.newestFirst();
    expect(catalog.newestFirst()[0]).toBe(first);
    const app = cluster.get('todos-cc3')!;
    cluster.put({ ...app, spec: { ...app.spec, title: 'New title' } });
    expect(catalog.newestFirst()[0]?.project.title).toBe('New title');
    expect(JSON.parse(catalog.find('cc3')?.json ?? '{}').title).toBe('New title');
  });
});
