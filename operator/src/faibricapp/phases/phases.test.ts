// The phases up to the image, each by a table: given these facts, this is what it says and asks for.
import { expect, it } from 'vitest';
import { makePlan } from '../plan.ts';
import { anApp, aRevision, aTask, condition, NOW, someFacts } from '../test/build-facts.ts';
import { app, revision, table } from '../test/phase-table.ts';
import { analyze } from './analyze.ts';
import { build } from './build.ts';
import { generate } from './generate.ts';
import { validate } from './validate.ts';

const later = new Date(NOW + 60_000).toISOString();
const earlier = new Date(NOW - 60_000).toISOString();

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
