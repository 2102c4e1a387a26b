// Revisions and what can be done with them, over a real socket: lists, source, diffs, rollback, retry, cancel, suspend.
import type { AppCondition, RevisionCondition } from '@faibric/crds';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../test/api-server.ts';
import { anApp, aRevision, type MemoryCluster, memoryCluster } from '../../test/memory-cluster.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { revisionListSchema, revisionSchema } from '../contract/index.ts';

let postgres: TestPostgres;
let server: TestServer;
let cluster: MemoryCluster;
const TIME = '2026-11-23T08:00:00Z';

beforeAll(async () => {
  postgres = await startPostgres();
  cluster = memoryCluster();
  server = await startServer(postgres, await postgres.database(), { cluster });
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

const no = (type: RevisionCondition['type'], reason: RevisionCondition['reason']): RevisionCondition => ({
  type,
  status: 'False',
  reason,
  message: `${type}: ${reason}`,
  lastTransitionTime: TIME,
});
const file = (path: string, content: string) => ({ path, content });

const HISTORY = {
  changes: [{ id: 'c1', prompt: 'add a date' }],
  first: [file('src/App.tsx', 'export default 1;\n'), file('src/old.ts', 'old\n')],
  second: [file('src/App.tsx', 'export default 2;\n'), file('src/new.ts', 'new\n')],
};

const fill = (conditions: AppCondition[] = []): void => {
  const app = anApp({
    name: 'plants-k3x9q2',
    spec: { changes: HISTORY.changes },
    status: { revision: 2, latestRevision: 3, conditions, observedGeneration: 1 },
    metadata: { generation: 1 },
  });
  cluster.put(app);
  cluster.putRevision(aRevision(app, { spec: { files: HISTORY.first } }));
  cluster.putRevision(
    aRevision(app, {
      number: 2,
      spec: {
        parent: 1,
        change: 'c1',
        model: 'gpt-x',
        engine: 'freeform',
        files: HISTORY.second,
        analysis: {
          engine: 'freeform',
          title: 'Plants',
          type: 'list',
          services: ['openweather'],
          collections: ['plants'],
          limited: ['maps'],
          blueprint: { secret: 'plan' },
        },
      },
      status: {
        conditions: [{ ...no('Accepted', 'Succeeded'), status: 'True' }],
        image: 'registry/plants@sha256:2',
        bundle: { bytes: 100, gzip: 50 },
        timings: { analyze: 1.5, build: 2 },
        tokens: { analyze: 100, generate: 900, total: 1000 },
        calls: [
          {
            id: 'a',
            step: 'analyze',
            state: 'Succeeded',
            startedAt: TIME,
            inputTokens: 60,
            outputTokens: 40,
          },
        ],
      },
    }),
  );
  cluster.putRevision(
    aRevision(app, {
      number: 3,
      spec: { parent: 2, files: [file('src/App.tsx', 'broken')] },
      status: {
        conditions: [no('Accepted', 'ValidationFailed')],
        diagnostics: [{ check: 'parse', code: 'syntax', message: 'broken', file: 'src/App.tsx', line: 1 }],
        log: 'end of the log',
      },
    }),
  );
};
beforeEach(() => fill());

const path = '/api/projects/k3x9q2/';
const get = (rest: string) => server.send('GET', `${path}${rest}`);
const post = (rest: string, body: object = {}) => server.send('POST', `${path}${rest}`, { body });
const spec = () => cluster.get('plants-k3x9q2')?.spec;
const annotations = () => cluster.get('plants-k3x9q2')?.metadata.annotations ?? {};

describe('revisions', () => {
  test('are listed newest first, in short, with what was asked and how it went', async () => {
    const list = revisionListSchema.parse((await get('revisions/')).json);
    expect(list.total).toBe(3);
    expect(list.items.map(({ number, state, live }) => [number, state, live])).toEqual([
      [3, 'rejected', false],
      [2, 'accepted', true],
      [1, 'accepted', false],
    ]);
    expect(list.items[0]).toMatchObject({ reason: 'ValidationFailed', findings: 1, parent: 2 });
    expect(list.items[1]).toMatchObject({
      prompt: 'add a date',
      change: 'c1',
      model: 'gpt-x',
      title: 'Plants',
      tokens: { analyze: 100, generate: 900, repair: 0, total: 1000, estimated: false },
      timings: { analyze: 1.5, build: 2 },
    });
    expect(list.items[2]).toMatchObject({ prompt: 'A plant tracker', change: null, parent: null });
  });

  test('one has its source, its diff against the parent, its calls and what it lacks', async () => {
    const { json, text } = await get('revisions/2/');
    const revision = revisionSchema.parse(json);
    expect(revision.files).toEqual(HISTORY.second);
    expect(revision.diff.map(({ path: of, kind, added, removed }) => [of, kind, added, removed])).toEqual([
      ['src/App.tsx', 'changed', 1, 1],
      ['src/new.ts', 'added', 1, 0],
      ['src/old.ts', 'removed', 0, 1],
    ]);
    expect(revision).toMatchObject({
      services: ['openweather'],
      collections: ['plants'],
      limited: ['maps'],
      bundle: { bytes: 100, gzip: 50 },
      hasBuildLog: false,
    });
    expect(revision.calls).toHaveLength(1);
    expect(text).not.toContain('secret');
  });

  test('a rejected one has its findings, and says that a build log is kept', async () => {
    const revision = revisionSchema.parse((await get('revisions/3/')).json);
    expect(revision.diagnostics[0]).toMatchObject({ code: 'syntax', line: 1 });
    expect(revision.hasBuildLog).toBe(true);
  });

  test.each([
    ['revisions/4/', 404, 'not_found'],
    ['revisions/0/', 400, 'invalid_id'],
    ['revisions/1.5/', 400, 'invalid_id'],
    ['revisions/-1/', 400, 'invalid_id'],
    ['revisions/99999999999/', 400, 'invalid_id'],
    ['revisions/?limit=1', 400, 'invalid_query'],
  ])('%s is %i %s', async (rest, status, code) => {
    const answer = await get(rest);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  test('a revision of an app that had the name before is not shown', async () => {
    const app = cluster.get('plants-k3x9q2')!;
    cluster.put({ ...app, metadata: { ...app.metadata, uid: 'another' } });
    expect((await get('revisions/')).json).toEqual({ items: [], total: 0 });
    expect((await get('revisions/2/')).status).toBe(404);
  });
});

describe('rollback', () => {
  test('pins an accepted revision, and null lets go of it', async () => {
    const answer = await post('rollback/', { revision: 1 });
    expect([answer.status, answer.json.pinned]).toEqual([202, 1]);
    expect(spec()?.revision).toBe(1);
    expect((await post('rollback/', { revision: null })).json.pinned).toBeNull();
    expect(spec()?.revision).toBeUndefined();
  });

  test.each([
    ['a rejected revision', { revision: 3 }, 'rejected'],
    ['a revision that is not there', { revision: 9 }, 'rejected'],
    ['zero', { revision: 0 }, 'invalid_body'],
    ['a text', { revision: '1' }, 'invalid_body'],
    ['nothing', {}, 'invalid_body'],
  ])('%s is refused and changes nothing', async (_name, body, code) => {
    const answer = await post('rollback/', body);
    expect([answer.status, answer.json.code]).toEqual([400, code]);
    expect(spec()?.revision).toBeUndefined();
  });
});

describe('retry and cancel', () => {
  const condition = (type: 'Stalled' | 'Reconciling'): AppCondition => ({
    type,
    status: 'True',
    reason: 'BuildFailed',
    message: '',
    lastTransitionTime: TIME,
  });

  test('a stalled app is tried again; each request is a new value', async () => {
    fill([condition('Stalled')]);
    expect((await post('retry/')).status).toBe(202);
    const first = annotations()['faibric.dev/requestedAt'];
    expect((await post('retry/')).status).toBe(202);
    expect(first).toBeTruthy();
    expect(annotations()['faibric.dev/requestedAt']).not.toBe(first);
  });

  test('work in progress is cancelled, by an annotation that kubectl can set too', async () => {
    fill([condition('Reconciling')]);
    expect((await post('cancel/')).status).toBe(202);
    expect(annotations()['faibric.dev/cancelRequestedAt']).toBeTruthy();
  });

  test('a change that the operator has not looked at yet can be cancelled', async () => {
    const app = cluster.get('plants-k3x9q2')!;
    cluster.put({ ...app, metadata: { ...app.metadata, generation: 2 } });
    expect((await post('cancel/')).status).toBe(202);
  });

  test.each(['retry/', 'cancel/'])('%s is 409 when there is nothing to do', async (action) => {
    expect((await post(action)).status).toBe(409);
    expect(annotations()).toEqual({});
  });
});

test('suspend stops an app and resume starts it', async () => {
  expect((await post('suspend/')).json.suspended).toBe(true);
  expect(spec()?.suspend).toBe(true);
  expect((await post('resume/')).json.suspended).toBe(false);
  expect(spec()?.suspend).toBe(false);
});

test('an app that is being deleted takes no change', async () => {
  const app = cluster.get('plants-k3x9q2')!;
  cluster.put({ ...app, metadata: { ...app.metadata, deletionTimestamp: TIME } });
  expect((await post('quick_update/', { prompt: 'add a tag' })).status).toBe(409);
});

test('an action without a JSON body is refused, so that no form can make it', async () => {
  expect((await server.send('POST', `${path}suspend/`)).status).toBe(415);
});
