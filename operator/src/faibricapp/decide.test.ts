// What holds of every decision, whatever has happened before: fast-check lets tasks, pods, time, crashes and people do
// their worst in any order, and looks after each step.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionOf } from './conditions.ts';
import { decide } from './decide.ts';
import type { ChildKind } from './facts.ts';
import { isServable } from './standing.ts';
import { type Happening, ModelWorld } from './test/model-world.ts';

const KINDS: ChildKind[] = [
  'ServiceAccount',
  'Service',
  'NetworkPolicy',
  'Middleware',
  'IngressRoute',
  'Deployment',
];
const simple = (what: 'podsReady' | 'restart') => fc.constant<Happening>({ what });

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant('taskSucceeds' as const), at: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constantFrom('taskFails' as const, 'taskFailsForGood' as const, 'sourceIsRefused' as const),
      at: fc.nat(3),
    }),
  },
  { weight: 3, arbitrary: simple('podsReady') },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('podsCrash', 'rolloutStuck', 'podsDeleted')
      .map((what) => ({ what }) as Happening),
  },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant('time' as const), seconds: fc.integer({ min: 1, max: 700 }) }),
  },
  { weight: 1, arbitrary: simple('restart') },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        'change',
        'edit',
        'pin',
        'unpin',
        'suspend',
        'resume',
        'retry',
        'cancel',
        'pause',
        'unpause',
      )
      .map((what) => ({ what }) as Happening),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('childDeleted' as const), kind: fc.constantFrom(...KINDS) }),
  },
);
const story = fc.array(happening, { maxLength: 60 });
const runs = { numRuns: 150 };
/** The machine may be busy; nothing here depends on time. */
const PATIENCE = 60_000;

/** Lets all go well until nothing is left to do; gives the number of looks it took. */
const settle = (world: ModelWorld): number => {
  for (const what of ['unpause', 'resume', 'unpin', 'podsReady'] as const) world.happen({ what });
  for (let looks = 1; looks <= 120; looks += 1) {
    const { actions } = world.look();
    const idle = actions.length === 0 && world.tasks.length === 0;
    if (idle && !conditionOf(world.app.status.conditions, 'Reconciling')) return looks;
    world.happen({ what: 'podsReady' });
    world.happen({ what: 'taskSucceeds', at: 0 });
    if (actions.length === 0) world.happen({ what: 'time', seconds: 10 });
  }
  return Number.POSITIVE_INFINITY;
};

const play = (
  happenings: readonly Happening[],
  check: (world: ModelWorld) => void,
  world = new ModelWorld(),
): ModelWorld => {
  for (const one of happenings) {
    world.look();
    check(world);
    world.happen(one);
  }
  return world;
};

describe('decide', () => {
  it(
    'gives the same decision for the same facts, and starts no task twice',
    () => {
      fc.assert(
        fc.property(story, (happenings) => {
          play(happenings, (world) => {
            expect(JSON.stringify(decide(world.facts()))).toBe(JSON.stringify(decide(world.facts())));
            expect(new Set(world.tasks.map(({ key }) => key)).size).toBe(world.tasks.length);
          });
        }),
        runs,
      );
    },
    PATIENCE,
  );

  it(
    'settles: served, or stalled with a reason, and then asks for nothing more',
    () => {
      fc.assert(
        fc.property(story, (happenings) => {
          const world = play(happenings, () => {});
          expect(settle(world)).toBeLessThanOrEqual(120);
          const { conditions } = world.app.status;
          const stalled = conditionOf(conditions, 'Stalled');
          if (!stalled) expect(conditionOf(conditions, 'Ready')).toMatchObject({ status: 'True' });
          expect(conditionOf(conditions, 'Reconciling')).toBeUndefined();
          const before = world.app.status;
          expect(world.look().actions).toEqual([]);
          expect(world.app.status).toEqual(before);
        }),
        runs,
      );
    },
    PATIENCE,
  );

  it(
    'a person’s retry ends every stall of a spec that is not at fault',
    () => {
      fc.assert(
        fc.property(story, (happenings) => {
          const world = play(happenings, () => {});
          settle(world);
          world.happen({ what: 'retry' });
          expect(settle(world)).toBeLessThanOrEqual(120);
          expect(conditionOf(world.app.status.conditions, 'Ready')).toMatchObject({ status: 'True' });
          expect(conditionOf(world.app.status.conditions, 'Stalled')).toBeUndefined();
        }),
        runs,
      );
    },
    PATIENCE,
  );

  it(
    'serves only what passed the checks, and never takes a served app down for a change',
    () => {
      fc.assert(
        fc.property(story, (happenings) => {
          play(happenings, (world) => {
            const deployed = world.children.Deployment?.metadata.labels['faibric.dev/revision'];
            if (deployed === undefined) return;
            const revision = world.revisions.find(({ spec }) => String(spec.number) === deployed);
            expect(revision && isServable(revision)).toBe(true);
          });
        }),
        runs,
      );
    },
    PATIENCE,
  );

  it(
    'keeps the live revision, and no number is used twice',
    () => {
      fc.assert(
        fc.property(story, (happenings) => {
          const names = new Map<string, string>();
          play(happenings, (world) => {
            const live = world.app.status.revision;
            if (live !== undefined)
              expect(world.revisions.some(({ spec }) => spec.number === live)).toBe(true);
            for (const { metadata, spec } of world.revisions) {
              expect(names.get(metadata.name) ?? spec.input).toBe(spec.input);
              names.set(metadata.name, spec.input);
            }
          });
        }),
        runs,
      );
    },
    PATIENCE,
  );

  const ok = (times: number): Happening[] =>
    Array.from({ length: times }, () => ({ what: 'taskSucceeds', at: 0 }));
  // The first look begins a revision, and each look after it starts the next task: one happening passes in vain.
  const served: Happening[] = [...ok(4), { what: 'podsReady' }, ...ok(1)];
  const changed: Happening[] = [...served, { what: 'change' }, ...ok(4)];
  const refused: Happening[] = [...ok(2), { what: 'sourceIsRefused', at: 0 }];

  it.each<[reason: string, story: Happening[]]>([
    ['InProgress', []],
    ['Pending', []],
    ['Succeeded', ok(2)],
    ['LLMUnavailable', [...ok(1), { what: 'taskFails', at: 0 }]],
    ['LLMRefused', [...ok(1), { what: 'taskFailsForGood', at: 0 }]],
    ['RepairExhausted', [...ok(1), ...refused, ...refused, ...refused]],
    ['RollingOut', ok(4)],
    ['Ready', served],
    ['Complete', served],
    ['Updating', [...served, { what: 'change' }]],
    ['RolledBack', [...changed, { what: 'rolloutStuck' }, { what: 'restart' }]],
    [
      'Pinned',
      [...changed, { what: 'podsReady' }, ...ok(1), { what: 'pin' }, { what: 'podsReady' }, ...ok(1)],
    ],
    ['RevisionNotFound', [{ what: 'pin' }]],
    ['PodsNotReady', [...served, { what: 'podsDeleted' }]],
    ['RouteNotServing', [...ok(4), { what: 'podsReady' }, { what: 'taskFails', at: 0 }]],
    ['Suspended', [...served, { what: 'suspend' }]],
    ['Cancelled', [...served, { what: 'change' }, ...ok(1), { what: 'cancel' }]],
    ['Paused', [...served, { what: 'pause' }]],
  ])('gives the reason %s', (reason, happenings) => {
    const world = play(happenings, () => {});
    world.look();
    world.look();
    expect([...world.seenReasons]).toContain(reason);
  });

  it('asks for every action', () => {
    const actions = new Set<string>();
    const note = (world: ModelWorld) => world.seenActions.forEach((action) => void actions.add(action));
    const edits = Array.from({ length: 40 }, (_, at): Happening => ({ what: at % 2 ? 'podsReady' : 'edit' }));
    note(play([...changed, ...edits], () => {}));
    expect([...actions].sort()).toEqual([
      'applyChild',
      'cancelTask',
      'changeRevision',
      'createRevision',
      'deleteRevision',
      'startTask',
    ]);
  });
});
