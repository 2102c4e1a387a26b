// The task BUILD: the checks, cheapest first, then the image. That the source is accepted is recorded with whatever
// comes of the export, so a registry that is down does not hide that the source is good.
import type { Diagnostic, RevisionCondition, RevisionStatus } from '@faibric/crds';
import { z } from 'zod';
import type { SourceFiles } from '../engines/engine.ts';
import { type NewCondition, timeOf } from '../faibricapp/conditions.ts';
import { isServable } from '../faibricapp/standing.ts';
import { readFiles } from '../faibricapp/watched.ts';
import type { Builder, BuildOutcome, DomainMetrics, Findings, PreparedBuild, WorkStream } from '../ports.ts';
import { refOfRevision } from './model-step.ts';
import { pauseSeconds } from './pause.ts';
import { type RecordDeps, readRevision, recordStatus } from './record.ts';
import type { TaskRequest } from './task.ts';
import type { TaskIo, TaskRunner } from './task-pool.ts';
import { makeTeller, type WorkTeller } from './tell-work.ts';

/** What build tasks need. */
export interface BuildDeps extends RecordDeps {
  readonly builder: Builder;
  /** The checks that need no sandbox. */
  readonly checkSource: (files: SourceFiles) => readonly Diagnostic[];
  readonly metrics: DomainMetrics;
  readonly stream: WorkStream;
}

interface Run {
  readonly deps: BuildDeps;
  readonly request: TaskRequest;
  readonly io: TaskIo;
  readonly tell: WorkTeller;
}

const holder = z.object({ spec: z.unknown() });
const DIAGNOSTICS_KEPT = 100;
/** Failed builds in a row, about a quarter of an hour, after which a person is asked. */
const MOST_FAILURES = 8;

const condition = (
  type: 'Accepted' | 'Built',
  status: 'True' | 'False',
  rest: Pick<NewCondition<RevisionCondition['type']>, 'reason' | 'message'>,
): NewCondition<RevisionCondition['type']> => ({ type, status, ...rest });

const ACCEPTED = condition('Accepted', 'True', { reason: 'Succeeded', message: 'All checks passed.' });

const record = ({ deps, request, io }: Run, tell: Parameters<typeof recordStatus>[2]) =>
  recordStatus(deps, { ref: refOfRevision(request), signal: io.signal }, tell);

const reject = (run: Run, diagnostics: readonly Diagnostic[], seconds: number) =>
  record(run, ({ status }) => ({
    conditions: [
      condition('Accepted', 'False', {
        reason: 'ValidationFailed',
        message: `${diagnostics.length} findings; the first: ${diagnostics[0]?.message ?? 'none given'}`,
      }),
    ],
    forget: ['Built'],
    members: {
      diagnostics: diagnostics
        .slice(0, DIAGNOSTICS_KEPT)
        .map((one) => ({ ...one, message: one.message.slice(0, 2000) })),
      timings: { ...status.timings, validate: seconds },
      nextRetryTime: null,
    },
  }));

/** What is known once the checks are clean; recorded with whatever comes of the export. */
interface Accepted {
  readonly findings: Findings;
  readonly seconds: number;
}

const acceptedMembers = ({ findings, seconds }: Accepted, timings: RevisionStatus['timings']) => ({
  timings: { ...timings, validate: seconds },
  ...(findings.bundle && { bundle: { ...findings.bundle } }),
});

const fail = (run: Run, outcome: Extract<BuildOutcome<unknown>, { ok: false }>, accepted?: Accepted) =>
  record(run, ({ status }) => {
    const attempts = (status.attempts ?? 0) + 1;
    const now = run.deps.clock.date().getTime();
    // The checks end without an error whatever they find, so this is the platform's trouble; but not for ever.
    const again = outcome.reason !== 'BuildFailed' || attempts < MOST_FAILURES;
    const reason = outcome.reason === 'Cancelled' ? 'Interrupted' : outcome.reason;
    const failed = condition('Built', 'False', { reason, message: outcome.message.slice(0, 3000) });
    return {
      conditions: accepted ? [ACCEPTED, failed] : [failed],
      members: {
        attempts,
        nextRetryTime: again ? timeOf(now + pauseSeconds(attempts) * 1000) : null,
        log: outcome.log.slice(-16_000),
        ...(accepted && acceptedMembers(accepted, status.timings)),
      },
    };
  });

const succeed = (run: Run, built: { readonly image: string; readonly seconds: number }, accepted: Accepted) =>
  record(run, ({ status }) => {
    const { image, seconds } = built;
    const known = acceptedMembers(accepted, status.timings);
    return {
      conditions: [ACCEPTED, condition('Built', 'True', { reason: 'Succeeded', message: `Image ${image}.` })],
      members: {
        ...known,
        image,
        attempts: 0,
        nextRetryTime: null,
        log: null,
        timings: { ...known.timings, build: seconds },
      },
    };
  });

const secondsSince = ({ deps }: Run, start: number): number =>
  Math.round((deps.clock.now() - start) / 10) / 100;

const exportImage = async (run: Run, prepared: PreparedBuild, accepted: Accepted): Promise<void> => {
  const start = run.deps.clock.now();
  run.io.tell('All checks passed; building and pushing the image; next, its pods start.');
  const exported = await prepared.exportImage();
  const seconds = secondsSince(run, start);
  run.deps.metrics.step('build', exported.ok ? 'ok' : 'failed', seconds);
  if (exported.ok) await succeed(run, { image: exported.value, seconds }, accepted);
  else if (exported.reason !== 'Cancelled') await fail(run, exported, accepted);
};

const sandbox = async (run: Run, prepared: PreparedBuild, start: number): Promise<void> => {
  const checked = await prepared.check();
  const seconds = secondsSince(run, start);
  if (!checked.ok) {
    run.deps.metrics.step('validate', 'failed', seconds);
    if (checked.reason !== 'Cancelled') await fail(run, checked);
    return;
  }
  run.deps.metrics.step('validate', checked.value.ok ? 'ok' : 'failed', seconds);
  if (!checked.value.ok) {
    await reject(run, checked.value.diagnostics, seconds);
    return;
  }
  await exportImage(run, prepared, { findings: checked.value, seconds });
};

/** Makes the runner of build tasks. */
export const makeBuild =
  (deps: BuildDeps): TaskRunner =>
  async (request, io) => {
    const run: Run = { deps, request, io, tell: makeTeller(deps.stream, request, 'build') };
    const start = deps.clock.now();
    const read = await readRevision(deps.client, refOfRevision(request), io.signal);
    if (!read?.seen.hasFiles || isServable(read.seen)) return;
    const files = readFiles(holder.parse(read.whole).spec);
    // The parser can be brought down by hostile source: only what we composed is parsed in this process. All source,
    // this too, is checked again in the sandbox.
    const composed = ['builtin', 'blueprint'].includes(read.seen.spec.engine);
    const found = composed ? deps.checkSource(files) : [];
    if (found.length > 0) {
      await reject(run, found, secondsSince(run, start));
      return;
    }
    const { analysis } = read.seen.spec;
    const language = analysis?.blueprint?.language;
    const prepared = await deps.builder.prepare(
      {
        appId: request.appId,
        revision: request.revision,
        title: analysis?.title ?? request.app,
        files,
        ...(typeof language === 'string' && { language }),
      },
      { signal: io.signal, onLine: run.tell.log },
    );
    try {
      await sandbox(run, prepared, start);
    } finally {
      await prepared.dispose();
    }
  };
