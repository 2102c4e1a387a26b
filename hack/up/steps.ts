// Shows a list of steps as they run. On a terminal listr2 draws a live list with elapsed times; elsewhere (CI, a log
// file) plain lines: when a step begins, every half minute what it is at, and how long it took.
import { Listr, type ListrTask, PRESET_TIMER } from 'listr2';

/** Says what a step is doing just now. */
export type Say = (line: string) => void;

/** A step; what `run` returns is added to its title at the end. */
export type Step = { readonly title: string; readonly run: (say: Say) => Promise<string | undefined> };

/** Steps in order; an array of lanes runs its lanes side by side. */
export type Steps = readonly (Step | readonly (readonly Step[])[])[];

const lineEveryMs = 30_000;
const tooLong = 100;

const isLanes = (item: Step | readonly (readonly Step[])[]): item is readonly (readonly Step[])[] =>
  Array.isArray(item);

/** A duration as a person says it: `850 ms`, `12 s`, `3 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1_000);
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Runs all steps; the first that fails ends the run with its error. */
export async function runSteps(steps: Steps): Promise<void> {
  if (process.stdout.isTTY) await runLive(steps);
  else for (const item of steps) await runPlain(item);
}

async function runLive(steps: Steps): Promise<void> {
  const tasks = steps.map((item): ListrTask => {
    if (!isLanes(item)) return liveTask(item);
    return {
      title: item
        .flat()
        .map((step) => step.title)
        .join(', '),
      task: (_, parent) =>
        parent.newListr(
          item.map((lane) => ({ task: (_context, task) => task.newListr(lane.map(liveTask)) })),
          { concurrent: true },
        ),
    };
  });
  await new Listr(tasks, {
    rendererOptions: { timer: PRESET_TIMER, collapseSubtasks: false, outputBar: 1, showErrorMessage: false },
  }).run();
}

const liveTask = (step: Step): ListrTask => ({
  title: step.title,
  task: async (_, task) => {
    const end = await step.run((line) => {
      if (line !== '') task.output = line.slice(0, tooLong);
    });
    if (end !== undefined) task.title = `${step.title}: ${end}`;
  },
});

async function runPlain(item: Step | readonly (readonly Step[])[]): Promise<void> {
  if (!isLanes(item)) return await runPlainStep(item);
  const lanes = await Promise.allSettled(
    item.map(async (lane) => {
      for (const step of lane) await runPlainStep(step);
    }),
  );
  const failed = lanes.find((lane) => lane.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function runPlainStep(step: Step): Promise<void> {
  const began = Date.now();
  let printed = began;
  console.log(`… ${step.title}`);
  const say = (line: string) => {
    if (line === '' || Date.now() - printed < lineEveryMs) return;
    printed = Date.now();
    console.log(`  ${step.title}: ${line.slice(0, tooLong)} (${duration(printed - began)})`);
  };
  try {
    const end = await step.run(say);
    console.log(`✓ ${step.title}${end === undefined ? '' : `: ${end}`} (${duration(Date.now() - began)})`);
  } catch (error) {
    console.log(`✗ ${step.title} (${duration(Date.now() - began)})`);
    throw error;
  }
}
