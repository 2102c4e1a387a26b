// DEPLOY and ROUTE, each by a table: given these facts, this is what it says and asks for.
import type { Facts } from '../facts.ts';
import { anApp, aPod, aRevision, aTask, condition, NOW } from '../test/build-facts.ts';
import { revision, table } from '../test/phase-table.ts';
import { deploy } from './deploy.ts';
import { route } from './route.ts';

const deployment = (over: Partial<NonNullable<Facts['deployment']>> = {}) => ({
  object: {},
  revision: 1,
  replicas: 1,
  readyReplicas: 1,
  deadlineExceeded: false,
  ...over,
});
const two = anApp({ spec: { changes: [{ id: 'c1', prompt: 'more' }] }, status: { revision: 1 } });
const twoReady = anApp({
  spec: { changes: [{ id: 'c1', prompt: 'more' }] },
  status: { revision: 1, conditions: [condition('Deployed', 'True')] },
});
const served = [
  aRevision(two, { far: 'good' }),
  aRevision(two, { number: 2, stage: 1, far: 'built', parent: 1 }),
];

table(deploy, [
  [
    'pods that start, waits',
    { revisions: revision({ far: 'built' }), deployment: deployment() },
    'progress RollingOut',
  ],
  [
    'a ready pod, is done',
    { revisions: revision({ far: 'built' }), deployment: deployment(), pods: [aPod(1)] },
    'done',
  ],
  [
    'a ready pod of the old revision only, waits',
    { app: two, revisions: served, deployment: deployment({ revision: 2 }), pods: [aPod(1)] },
    'progress RollingOut',
  ],
  [
    'a rollout past its deadline, goes back',
    {
      app: two,
      revisions: served,
      deployment: deployment({ revision: 2, deadlineExceeded: true }),
      pods: [aPod(1)],
    },
    'progress RolledBack | changeRevision',
  ],
  [
    'a new pod that crashes, goes back without waiting',
    {
      app: two,
      revisions: served,
      deployment: deployment({ revision: 2 }),
      pods: [aPod(1), aPod(2, { ready: false, restarts: 3 })],
    },
    'progress RolledBack | changeRevision',
  ],
  [
    'a first revision past its deadline, stalls without anything to go back to',
    { revisions: revision({ far: 'built' }), deployment: deployment({ deadlineExceeded: true }) },
    'stalled PodsNotReady',
  ],
  [
    'a full quota, says so',
    {
      revisions: revision({ far: 'built' }),
      deployment: deployment({ deadlineExceeded: true, refused: 'exceeded quota' }),
    },
    'stalled QuotaExceeded',
  ],
  [
    'a live revision that lost its pods, says so',
    {
      app: anApp({ status: { revision: 1 } }),
      revisions: revision({ far: 'good' }),
      deployment: deployment(),
    },
    'retrying PodsNotReady',
  ],
  [
    'an object the cluster refuses, says so',
    { revisions: revision({ far: 'built' }), refused: 'The cluster refuses Deployment "plants": no' },
    'retrying DeployFailed',
  ],
]);

const probe = (over: Partial<NonNullable<Facts['probe']>> = {}) => ({
  revision: 1,
  ok: true,
  message: 'answers',
  at: NOW,
  ...over,
});
const ready = anApp({ status: { conditions: [condition('Deployed', 'True')] } });
const live = anApp({
  status: { revision: 1, conditions: [condition('Deployed', 'True'), condition('Routed', 'True')] },
});

table(route, [
  [
    'no answer yet, asks',
    { app: ready, revisions: revision({ far: 'built' }) },
    'progress InProgress | start probe',
  ],
  [
    'a running probe, waits',
    { app: ready, revisions: revision({ far: 'built' }), tasks: [aTask('probe')] },
    'progress InProgress',
  ],
  [
    'the first good answer, marks the revision',
    { app: ready, revisions: revision({ far: 'built' }), probe: probe() },
    'done | changeRevision',
  ],
  ['a good answer, is done', { app: ready, revisions: revision({ far: 'good' }), probe: probe() }, 'done'],
  [
    'a good answer of long ago, looks again',
    { app: ready, revisions: revision({ far: 'good' }), probe: probe({ at: NOW - 700_000 }) },
    'done | start probe',
  ],
  [
    'a recorded answer after a restart, trusts it and looks',
    { app: live, revisions: revision({ far: 'good' }) },
    'done | start probe',
  ],
  [
    'a good answer of before the pods were ready, asks again',
    { app: ready, revisions: revision({ far: 'good' }), probe: probe({ at: 0 }) },
    'progress InProgress | start probe',
  ],
  [
    'an answer of another revision, asks again',
    { app: ready, revisions: revision({ far: 'built' }), probe: probe({ revision: 7 }) },
    'progress InProgress | start probe',
  ],
  [
    'a bad answer of just now, pauses',
    { app: ready, revisions: revision({ far: 'built' }), probe: probe({ ok: false }) },
    'progress RouteNotServing',
  ],
  [
    'a bad answer of a while ago, asks again',
    { app: ready, revisions: revision({ far: 'built' }), probe: probe({ ok: false, at: NOW - 5000 }) },
    'progress RouteNotServing | start probe',
  ],
  [
    'a live revision that stopped answering, says so',
    { app: live, revisions: revision({ far: 'good' }), probe: probe({ ok: false }) },
    'retrying RouteNotServing',
  ],
  [
    'a new revision that answers with an error, goes back',
    { app: twoReady, revisions: served, probe: probe({ revision: 2, ok: false, appAtFault: true }) },
    'progress RolledBack | changeRevision',
  ],
]);
