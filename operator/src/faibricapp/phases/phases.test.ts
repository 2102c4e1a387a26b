// Each phase by a table: given these facts, this is what it says and asks for.
import { describe, expect, it } from 'vitest';
import type { Facts } from '../facts.ts';
import { makePlan } from '../plan.ts';
import { anApp, aPod, aRevision, aTask, condition, NOW, someFacts } from '../test/build-facts.ts';
import { analyze } from './analyze.ts';
import { build } from './build.ts';
import { deploy } from './deploy.ts';
import { generate } from './generate.ts';
import type { Phase } from './phase.ts';
import { route } from './route.ts';
import { validate } from './validate.ts';

const app = anApp();
const later = new Date(NOW + 60_000).toISOString();
const earlier = new Date(NOW - 60_000).toISOString();

/** `state reason | actions`, short enough for a table. */
const run = (phase: Phase, facts: Facts): string => {
  const result = phase.run({ facts, plan: makePlan(facts) });
  const reason = result.state === 'done' ? '' : ` ${result.reason}`;
  const actions = result.actions.map((action) =>
    action.type === 'startTask' ? `start ${action.task.kind}` : action.type,
  );
  return [`${result.state}${reason}`, ...actions].join(' | ');
};

type Row = readonly [given: string, facts: Partial<Facts>, outcome: string];
const table = (phase: Phase, rows: readonly Row[]): void => {
  describe(phase.step, () => {
    it.each(rows)('given %s', (_given, facts, outcome) => {
      expect(run(phase, someFacts({ app, ...facts }))).toBe(outcome);
    });
  });
};

const revision = (over: Parameters<typeof aRevision>[1]) => [aRevision(app, over)];
const away = condition('Analyzed', 'False', 'LLMUnavailable');
const pinned = anApp({ spec: { revision: 3 } });

table(analyze, [
  ['no revision, starts one', {}, 'progress InProgress | createRevision'],
  [
    'no revision and no engine, says that a model is missing',
    { engine: undefined },
    'stalled ModelNotConfigured',
  ],
  ['a pin to nothing, says so', { app: pinned }, 'stalled RevisionNotFound'],
  ['a new revision, starts the task', { revisions: revision({}) }, 'progress InProgress | start analyze'],
  ['a running task, waits', { revisions: revision({}), tasks: [aTask('analyze')] }, 'progress InProgress'],
  ['an analysis, is done', { revisions: revision({ far: 'analyzed' }) }, 'done'],
  [
    'an analysis whose task still writes how it went, waits',
    { revisions: revision({ far: 'analyzed' }), tasks: [aTask('analyze')] },
    'progress InProgress',
  ],
  ['a failure for good, stalls', { revisions: revision({ failed: away }) }, 'stalled LLMUnavailable'],
  [
    'a failure with a time to come, waits for it',
    { revisions: revision({ failed: away, status: { conditions: [away], nextRetryTime: later } }) },
    'retrying LLMUnavailable',
  ],
  [
    'a failure whose time has come, tries again',
    { revisions: revision({ failed: away, status: { conditions: [away], nextRetryTime: earlier } }) },
    'retrying LLMUnavailable | start analyze',
  ],
  [
    'a second try under way, still calls it a failure',
    {
      revisions: revision({
        failed: away,
        status: { conditions: [away], nextRetryTime: earlier, attempts: 1 },
      }),
      tasks: [aTask('analyze')],
    },
    'retrying LLMUnavailable',
  ],
]);

table(generate, [
  [
    'no files, starts the task',
    { revisions: revision({ far: 'analyzed' }) },
    'progress InProgress | start generate',
  ],
  [
    'a running task, waits',
    { revisions: revision({ far: 'analyzed' }), tasks: [aTask('generate')] },
    'progress InProgress',
  ],
  ['files, is done', { revisions: revision({ far: 'generated' }) }, 'done'],
  [
    'a refusal, stalls',
    { revisions: revision({ far: 'analyzed', failed: condition('Generated', 'False', 'LLMRefused') }) },
    'stalled LLMRefused',
  ],
]);

const no = condition('Accepted', 'False', 'ValidationFailed');
const finding = (message: string) => ({
  check: 'types' as const,
  code: 'TS1',
  message,
  file: 'src/App.tsx',
  line: 3,
});
const rejected = (number: number, message: string, over: Parameters<typeof aRevision>[1] = {}) => {
  const base = aRevision(app, { number, far: 'generated', attempt: number - 1, failed: no, ...over });
  return { ...base, status: { ...base.status, diagnostics: [finding(message)] } };
};

table(validate, [
  [
    'source, starts the build',
    { revisions: revision({ far: 'generated' }) },
    'progress InProgress | start build',
  ],
  ['accepted source, is done', { revisions: revision({ far: 'accepted' }) }, 'done'],
  [
    'a first refusal, asks for a repair',
    { revisions: [rejected(1, 'a')] },
    'progress InProgress | createRevision',
  ],
  [
    'another refusal, asks once more',
    { revisions: [rejected(1, 'a'), rejected(2, 'b', { parent: 1 })] },
    'progress InProgress | createRevision',
  ],
  [
    'the same refusal twice, stops',
    { revisions: [rejected(1, 'a'), rejected(2, 'a', { parent: 1 })] },
    'stalled RepairExhausted',
  ],
  [
    'as many repairs as the budget has, stops',
    { revisions: [rejected(1, 'a'), rejected(2, 'b', { parent: 1 }), rejected(3, 'c', { parent: 2 })] },
    'stalled RepairExhausted',
  ],
  [
    'no repairs in the budget, stops',
    { app: anApp({ spec: { budget: { repairs: 0 } } }), revisions: [rejected(1, 'a')] },
    'stalled RepairExhausted',
  ],
  [
    'composed source that is refused, stops',
    { revisions: [rejected(1, 'a', { engine: 'builtin' })] },
    'stalled ValidationFailed',
  ],
  [
    'a builder that is away, waits',
    {
      revisions: revision({
        far: 'generated',
        failed: condition('Built', 'False', 'BuildUnavailable'),
        status: { conditions: [condition('Built', 'False', 'BuildUnavailable')], nextRetryTime: later },
      }),
    },
    'retrying BuildUnavailable',
  ],
]);

it('a refusal names file and line', () => {
  const facts = someFacts({ app, revisions: [rejected(1, 'no name "x"', { engine: 'source' })] });
  const result = validate.run({ facts, plan: makePlan(facts) });
  expect(result).toMatchObject({ message: 'Revision 1 does not pass the checks: src/App.tsx:3 no name "x"' });
});

table(build, [
  [
    'no image, starts the task',
    { revisions: revision({ far: 'accepted' }) },
    'progress InProgress | start build',
  ],
  [
    'a running task, waits',
    { revisions: revision({ far: 'accepted' }), tasks: [aTask('build')] },
    'progress InProgress',
  ],
  ['an image, is done', { revisions: revision({ far: 'built' }) }, 'done'],
  [
    'a build that failed, stalls',
    { revisions: revision({ far: 'accepted', failed: condition('Built', 'False', 'BuildFailed') }) },
    'stalled BuildFailed',
  ],
]);

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
