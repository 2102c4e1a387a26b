// What a request to cancel does at each point of the work, by a table; and that it is done with exactly once.
import { describe, expect, it } from 'vitest';
import { conditionOf } from './conditions.ts';
import { decide } from './decide.ts';
import { stagesOf } from './digest.ts';
import type { Facts } from './facts.ts';
import { anApp, aPod, aRevision, aTask, condition, NOW, someFacts } from './test/build-facts.ts';

const changes = [{ id: 'c1', prompt: 'change 1' }];

interface Row {
  readonly queue?: readonly { id: string; prompt: string }[];
  readonly live?: boolean;
  readonly revision?: Parameters<typeof aRevision>[1];
  readonly tasks?: Facts['tasks'];
  readonly spec?: Parameters<typeof anApp>[0] extends infer T
    ? T extends { spec?: infer S }
      ? S
      : never
    : never;
  readonly handled?: string;
}

/** A served app with a change that got as far as the row says, and a request to cancel. */
const factsOf = ({ queue = changes, live = true, revision, tasks = [], spec, handled }: Row): Facts => {
  const app = anApp({
    spec: { changes: [...queue], ...spec },
    status: { ...(live && { revision: 1 }), ...(handled !== undefined && { lastHandledCancel: handled }) },
    annotations: { 'faibric.dev/cancelRequestedAt': 'now' },
  });
  const revisions = [
    ...(live ? [aRevision(app, { far: 'good' })] : []),
    ...(revision ? [aRevision(app, { number: 2, stage: live ? 1 : queue.length, ...revision })] : []),
  ];
  return someFacts({ app, stages: stagesOf(app), revisions, pods: live ? [aPod(1)] : [], tasks });
};

const changed = (facts: Facts) =>
  decide(facts).actions.flatMap((action) => (action.type === 'changeRevision' ? [action.change] : []));

describe('a request to cancel', () => {
  it.each<[string, Row, string, string[]]>([
    [
      'while the prompt is understood',
      { revision: {}, tasks: [aTask('analyze', 2)] },
      'Analyzed',
      ['analyze-2'],
    ],
    [
      'while the source is written',
      { revision: { far: 'analyzed' }, tasks: [aTask('generate', 2)] },
      'Generated',
      ['generate-2'],
    ],
    [
      'while it is built',
      { revision: { far: 'generated' }, tasks: [aTask('build', 2)] },
      'Built',
      ['build-2'],
    ],
    ['between two steps', { revision: { far: 'generated' } }, 'Built', []],
    ['while its pods start', { revision: { far: 'built' } }, 'Deployed', []],
    [
      'before a repair is begun',
      { revision: { far: 'generated', failed: condition('Accepted', 'False', 'ValidationFailed') } },
      'Deployed',
      [],
    ],
    [
      'while a failed step waits for its next try',
      {
        revision: {
          far: 'analyzed',
          failed: condition('Generated', 'False', 'LLMUnavailable'),
          status: {
            conditions: [condition('Generated', 'False', 'LLMUnavailable')],
            nextRetryTime: new Date(NOW + 60_000).toISOString(),
            attempts: 3,
          },
        },
      },
      'Generated',
      [],
    ],
    [
      'of an app that never served',
      { live: false, revision: {}, tasks: [aTask('analyze', 2)] },
      'Analyzed',
      ['analyze-2'],
    ],
  ])('%s aborts the task and records the reason', (_name, row, type, keys) => {
    const facts = factsOf(row);
    const { actions, status } = decide(facts);
    expect(actions.flatMap((action) => (action.type === 'cancelTask' ? [action.key] : []))).toEqual(keys);
    expect(actions.some((action) => action.type === 'startTask' || action.type === 'createRevision')).toBe(
      false,
    );
    expect(changed(facts)).toMatchObject([
      { name: 'plants-r2', conditions: [{ type, status: 'False', reason: 'Cancelled' }] },
    ]);
    // Not before the revision says so: the write may be lost.
    expect(status.lastHandledCancel).toBeUndefined();
  });

  it.each<[string, Row]>([
    ['nothing is in work', { queue: [] }],
    ['it was handled before', { revision: {}, tasks: [aTask('analyze', 2)], handled: 'now' }],
    ['the app is held at a revision', { revision: { far: 'built' }, spec: { revision: 1 } }],
    ['a first revision is built and has nothing before it', { live: false, revision: { far: 'built' } }],
    [
      'the revision failed for good',
      { revision: { far: 'analyzed', failed: condition('Generated', 'False', 'LLMRefused') } },
    ],
  ])('changes no revision when %s, and is done with', (_name, row) => {
    const facts = factsOf(row);
    expect(changed(facts)).toEqual([]);
    expect(decide(facts).status.lastHandledCancel).toBe('now');
  });

  it('closes the call that was under way, so that nobody waits for its outcome', () => {
    const started = { id: 'a', step: 'analyze' as const, state: 'Started' as const, startedAt: 'then' };
    const facts = factsOf({ revision: { status: { conditions: [], calls: [started] } } });
    expect(changed(facts)[0]?.status?.calls).toMatchObject([
      { id: 'a', state: 'Failed', reason: 'Cancelled', finishedAt: new Date(NOW).toISOString() },
    ]);
  });

  it('waits for the revision of a change that was not begun, and cancels that', () => {
    const { actions, status } = decide(factsOf({}));
    expect(actions.some(({ type }) => type === 'createRevision')).toBe(true);
    expect(status.lastHandledCancel).toBeUndefined();
  });

  it('leaves the app serving what it served, stalled with the reason, until a retry goes on with it', () => {
    const failed = condition('Generated' as const, 'False', 'Cancelled');
    const facts = factsOf({ revision: { far: 'analyzed', failed } });
    const { status, actions } = decide(facts);
    expect(actions.some(({ type }) => type === 'startTask')).toBe(false);
    expect(conditionOf(status.conditions, 'Ready')).toMatchObject({ status: 'True' });
    expect(conditionOf(status.conditions, 'Stalled')).toMatchObject({ status: 'True', reason: 'Cancelled' });
    expect([status.revision, status.lastHandledCancel]).toEqual([1, 'now']);
    const annotations = { ...facts.app.metadata.annotations, 'faibric.dev/requestedAt': 'later' };
    const app = { ...facts.app, metadata: { ...facts.app.metadata, annotations }, status };
    expect(changed({ ...facts, app })).toMatchObject([{ name: 'plants-r2', forget: ['Generated'] }]);
  });

  it('does not hold up the change that is asked for after it', () => {
    const two = [...changes, { id: 'c2', prompt: 'change 2' }];
    const failed = condition('Generated' as const, 'False', 'Cancelled');
    const facts = factsOf({ queue: two, revision: { far: 'analyzed', failed }, handled: 'now' });
    const begun = decide(facts).actions.flatMap((action) =>
      action.type === 'createRevision' ? [action.revision.spec] : [],
    );
    expect(begun).toMatchObject([{ number: 3, change: 'c2', parent: 1 }]);
  });
});
