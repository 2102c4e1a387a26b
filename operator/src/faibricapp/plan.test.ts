// Which revision is worked on and which serves, by a table of histories.
import { describe, expect, it } from 'vitest';
import { appIdOf, stagesOf } from './digest.ts';
import type { WatchedRevision } from './facts.ts';
import { makePlan } from './plan.ts';
import { anApp, aRevision, condition, someFacts } from './test/build-facts.ts';

const changes = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `c${at + 1}`, prompt: `change ${at + 1}` }));
const no = condition('Accepted' as const, 'False', 'ValidationFailed');
const gone = condition('Accepted' as const, 'False', 'Superseded');
const sick = condition('Deployed' as const, 'False', 'PodsNotReady');

interface Row {
  readonly changes: number;
  readonly pin?: number;
  readonly live?: number;
  readonly revisions: readonly Parameters<typeof aRevision>[1][];
}
const planOf = (row: Row) => {
  const spec = { changes: changes(row.changes), ...(row.pin !== undefined && { revision: row.pin }) };
  const app = anApp({ spec, status: row.live === undefined ? {} : { revision: row.live } });
  const revisions = row.revisions.map((revision) => aRevision(app, revision));
  return makePlan(someFacts({ app, stages: stagesOf(app), revisions }));
};
const numberOf = (revision: WatchedRevision | undefined) => revision?.spec.number;

describe('the plan', () => {
  it.each<
    [
      given: string,
      Row,
      expected: { stage: number; work?: number; previous?: number; serving?: number; changes: string[] },
    ]
  >([
    ['nothing, starts with the prompt', { changes: 0, revisions: [] }, { stage: 0, changes: [] }],
    [
      'nothing but changes, understands them all at once',
      { changes: 2, revisions: [] },
      { stage: 2, changes: ['c1', 'c2'] },
    ],
    [
      'a served app and a new change, starts from what serves',
      { changes: 1, live: 1, revisions: [{ far: 'good' }] },
      { stage: 1, previous: 1, serving: 1, changes: ['c1'] },
    ],
    [
      'a served app and two new changes, takes them one by one',
      { changes: 2, live: 1, revisions: [{ far: 'good' }] },
      { stage: 1, previous: 1, serving: 1, changes: ['c1'] },
    ],
    [
      'a change in work, goes on with it',
      { changes: 1, live: 1, revisions: [{ far: 'good' }, { number: 2, stage: 1, far: 'generated' }] },
      { stage: 1, work: 2, previous: 1, serving: 1, changes: ['c1'] },
    ],
    [
      'a built change, serves it',
      { changes: 1, live: 1, revisions: [{ far: 'good' }, { number: 2, stage: 1, far: 'built' }] },
      { stage: 1, work: 2, previous: 1, serving: 2, changes: ['c1'] },
    ],
    [
      'a change that failed, stays with what serves',
      {
        changes: 1,
        live: 1,
        revisions: [{ far: 'good' }, { number: 2, stage: 1, far: 'generated', failed: no }],
      },
      { stage: 1, work: 2, previous: 1, serving: 1, changes: ['c1'] },
    ],
    [
      'a change that failed and a later one, passes it over and does not tell it again',
      {
        changes: 2,
        live: 1,
        revisions: [{ far: 'good' }, { number: 2, stage: 1, far: 'generated', failed: no }],
      },
      { stage: 2, previous: 1, serving: 1, changes: ['c2'] },
    ],
    [
      'a change that could not be served, goes back',
      {
        changes: 1,
        live: 1,
        revisions: [{ far: 'good' }, { number: 2, stage: 1, far: 'good', failed: sick }],
      },
      { stage: 1, work: 2, previous: 1, serving: 1, changes: ['c1'] },
    ],
    [
      'a change that was superseded, begins it anew',
      { changes: 1, live: 1, revisions: [{ far: 'good' }, { number: 2, stage: 1, failed: gone }] },
      { stage: 1, previous: 1, serving: 1, changes: ['c1'] },
    ],
    [
      'a change that was taken back, serves what was before it without asking anybody',
      { changes: 0, live: 2, revisions: [{ far: 'good' }] },
      { stage: 0, work: 1, serving: 1, changes: [] },
    ],
    [
      'a pin, serves that one',
      { changes: 1, live: 2, pin: 1, revisions: [{ far: 'good' }, { number: 2, stage: 1, far: 'good' }] },
      { stage: 1, work: 1, serving: 1, changes: ['c1'] },
    ],
    [
      'a pin to a rejected one, stays with what serves',
      {
        changes: 1,
        live: 1,
        pin: 2,
        revisions: [{ far: 'good' }, { number: 2, stage: 1, far: 'generated', failed: no }],
      },
      { stage: 1, previous: 1, serving: 1, changes: ['c1'] },
    ],
    [
      'no status after a restore, knows what served',
      { changes: 0, revisions: [{ far: 'good' }] },
      { stage: 0, work: 1, serving: 1, changes: [] },
    ],
  ])('given %s', (_given, row, expected) => {
    const plan = planOf(row);
    const found = {
      stage: plan.stage.index,
      work: numberOf(plan.work),
      previous: numberOf(plan.previous),
      serving: numberOf(plan.serving),
      changes: plan.changes,
    };
    expect(found).toMatchObject(expected);
  });

  it('never uses a number twice, also when the newest revision is gone', () => {
    const app = anApp({ status: { latestRevision: 9 } });
    expect(makePlan(someFacts({ app, revisions: [aRevision(app)] })).nextNumber).toBe(10);
  });
});

describe('digests', () => {
  it('an app id is eight characters that the schema takes, and always the same', () => {
    expect(appIdOf('c7b5a1a0-0000-4000-8000-000000000001')).toMatch(/^[a-z2-7]{8}$/);
    expect(appIdOf('x')).toBe(appIdOf('x'));
    expect(appIdOf('x')).not.toBe(appIdOf('y'));
  });

  it.each<[what: string, spec: Parameters<typeof anApp>[0], same: boolean]>([
    ['the title', { spec: { title: 'Another' } }, true],
    ['the replicas', { spec: { replicas: 3 } }, true],
    ['the prompt', { spec: { prompt: 'a book list' } }, false],
    ['the engine', { spec: { engine: 'builtin' } }, false],
    ['the model', { spec: { model: 'other' } }, false],
  ])('another input is asked for by %s: %j', (_what, over, same) => {
    const digest = (app = anApp()) => stagesOf(app)[0]?.digest;
    expect(digest(anApp(over)) === digest()).toBe(same);
  });

  it('a change adds a stage and leaves the ones before it alone', () => {
    const [one, two] = [1, 2].map((count) => stagesOf(anApp({ spec: { changes: changes(count) } })));
    expect(two?.slice(0, 2)).toEqual(one);
  });
});
