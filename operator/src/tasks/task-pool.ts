// Runs slow work outside the control loop: at most so many of a kind at once, each key once. A task records its own
// outcome before it ends; the pool only remembers what runs, so losing the pool in a crash loses no answer.
import type { TaskFact } from '../faibricapp/facts.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import type { TaskKind, TaskRequest } from './task.ts';

/** What a task may use of the pool. */
export interface TaskIo {
  readonly signal: AbortSignal;
  /** Says what is being done, for people. */
  readonly tell: (message: string) => void;
  /** Starts what follows without waiting for the reconciler; it will find the task running. */
  readonly start: (request: TaskRequest) => void;
}

/** Does one task. Everything foreseen is recorded, not thrown. */
export type TaskRunner = (request: TaskRequest, io: TaskIo) => Promise<void>;

/** Settings of a pool. */
export interface TaskPoolOptions {
  readonly runners: Readonly<Record<TaskKind, TaskRunner>>;
  /** How many of a kind run at once. */
  readonly limits: Readonly<Record<TaskKind, number>>;
  /** Called when a task ended or has news. */
  readonly wake: (request: TaskRequest) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Entry {
  readonly request: TaskRequest;
  readonly abort: AbortController;
  message: string | undefined;
  toldAt: number;
  running: boolean;
}

/** The tasks of this process. */
export interface TaskPool {
  /** Starts the task unless its key already waits or runs. */
  start(request: TaskRequest): void;
  /** Aborts a task; it goes on counting until it has ended. */
  cancel(key: string): void;
  /** Tasks of an app, by its UID. */
  of(appUid: string): TaskFact[];
  /** Aborts everything and resolves when all have ended. */
  stop(): Promise<void>;
}

/** Least time between two wake-ups for news of one task: streamed text must not become a stream of writes. */
const NEWS_MS = 1500;

/** Makes a pool. */
export const createTaskPool = (options: TaskPoolOptions): TaskPool => {
  const entries = new Map<string, Entry>();
  const ends = new Set<Promise<void>>();
  let stopping = false;

  const countRunning = (kind: TaskKind): number =>
    [...entries.values()].filter(({ request, running }) => running && request.kind === kind).length;

  const tell = (entry: Entry, message: string): void => {
    entry.message = message;
    if (options.clock.now() - entry.toldAt < NEWS_MS) return;
    entry.toldAt = options.clock.now();
    options.wake(entry.request);
  };

  const run = async (entry: Entry): Promise<void> => {
    const { request, abort } = entry;
    entry.running = true;
    try {
      const io = { signal: abort.signal, tell: (message: string) => tell(entry, message), start };
      await options.runners[request.kind](request, io);
    } catch (error) {
      // Aborted tasks throw whatever they were doing; nobody waits for them.
      if (!abort.signal.aborted) options.logger.error({ err: error, key: request.key }, 'task failed');
    }
    entries.delete(request.key);
    options.wake(request);
    fill(request.kind);
  };

  const fill = (kind: TaskKind): void => {
    if (stopping) return;
    for (const entry of entries.values()) {
      if (countRunning(kind) >= options.limits[kind]) return;
      if (entry.running || entry.request.kind !== kind) continue;
      const end = run(entry).finally(() => ends.delete(end));
      ends.add(end);
    }
  };

  const start = (request: TaskRequest): void => {
    if (stopping || entries.has(request.key)) return;
    const abort = new AbortController();
    entries.set(request.key, { request, abort, message: undefined, toldAt: 0, running: false });
    fill(request.kind);
  };

  const cancel = (key: string): void => {
    const entry = entries.get(key);
    entry?.abort.abort(new Error('the task is no longer wanted'));
    if (entry && !entry.running) entries.delete(key);
  };

  return {
    start,
    cancel,
    of: (appUid) =>
      [...entries.values()]
        .filter(({ request }) => request.appUid === appUid)
        .map(({ request: { key, kind, revision }, message }) => ({ key, kind, revision, message })),
    stop: async () => {
      stopping = true;
      for (const key of [...entries.keys()]) cancel(key);
      await Promise.all(ends);
    },
  };
};
