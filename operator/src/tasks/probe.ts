// The task PROBE: asks for the app's page through Traefik until the right revision answers, in short steps and for a
// bounded time. The answer is kept in memory only: it is cheap to ask again, and the status records that it was good.
import type { ProbeFact } from '../faibricapp/facts.ts';
import type { AskHost } from '../ports.ts';
import { type Clock, sleep } from '../runtime/clock.ts';
import type { TaskRunner } from './task-pool.ts';

/** Last findings by app UID. */
export type ProbeResults = Map<string, ProbeFact>;

/** What probe tasks need. */
export interface ProbeDeps {
  readonly ask: AskHost;
  readonly results: ProbeResults;
  readonly clock: Clock;
}

const STEP_MS = 60;
const ROUND_MS = 5000;

type Verdict = Pick<ProbeFact, 'ok' | 'message' | 'appAtFault'>;

const judge = (answer: { status: number; revision: string | undefined }, wanted: number): Verdict => {
  const right = answer.revision === String(wanted);
  if (right && answer.status === 200) return { ok: true, message: 'answers' };
  if (right) {
    return { ok: false, appAtFault: true, message: `the app answers with status ${answer.status}` };
  }
  const who = answer.revision === undefined ? 'not the app' : `revision ${answer.revision}`;
  return { ok: false, message: `${who} answers, with status ${answer.status}` };
};

const askOnce = async (
  { ask }: ProbeDeps,
  { host, wanted }: { host: string; wanted: number },
  signal: AbortSignal,
): Promise<Verdict> => {
  try {
    return judge(await ask(host, signal), wanted);
  } catch (error) {
    return {
      ok: false,
      message: `nothing answers (${error instanceof Error ? error.message : String(error)})`,
    };
  }
};

/** Makes the runner of probe tasks. */
export const makeProbe =
  (deps: ProbeDeps): TaskRunner =>
  async (request, io) => {
    const until = deps.clock.now() + ROUND_MS;
    let verdict: Verdict = { ok: false, message: 'not asked yet' };
    while (!io.signal.aborted) {
      verdict = await askOnce(deps, { host: request.host ?? '', wanted: request.revision }, io.signal);
      if (verdict.ok || deps.clock.now() >= until) break;
      await sleep(deps.clock, STEP_MS, io.signal);
    }
    if (io.signal.aborted) return;
    deps.results.set(request.appUid, {
      ...verdict,
      revision: request.revision,
      at: deps.clock.date().getTime(),
    });
  };
