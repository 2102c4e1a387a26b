// What `up` has created on this machine, so that `down` undoes exactly that and nothing else. One JSON file outside
// the checkout, written before each thing is made: a killed `up` must not leave anything that `down` does not know.
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const engineState = z.object({
  /** Whether `up` starts and stops this engine (as opposed to using one that was there). */
  started: z.boolean(),
  pid: z.number().optional(),
  dataRoot: z.string(),
  /** Whether `up` installed the distribution's package. It stays installed: other things may use it by then. */
  installed: z.boolean(),
  /** The machine as it was before: put back by `down`. */
  ipForward: z.string(),
  forwardPolicy: z.string(),
});

const stateFile = z.object({
  engine: engineState.optional(),
  /** Whether `up` started the engine through the machine's init system. */
  service: z.boolean().optional(),
  /** Names of what was made with the engine. */
  cluster: z.boolean().default(false),
  /** Set while the cluster is being made: found again, it is only half there. */
  clusterHalfMade: z.boolean().optional(),
  registry: z.boolean().default(false),
  builder: z.boolean().default(false),
  network: z.boolean().default(false),
  httpPort: z.number().optional(),
  /** How the parts were got, so that a repair does not switch from one way to the other. */
  images: z.enum(['pull', 'build']).optional(),
});

/** What `up` made. An absent member was not made by it. */
export type State = z.infer<typeof stateFile>;

const fileIn = (stateDir: string) => join(stateDir, 'state.json');

/** Reads the state; a missing file is an empty state, a damaged one an error that says what to do. */
export async function readState(stateDir: string): Promise<State> {
  const text = await readFile(fileIn(stateDir), 'utf8').catch(() => '{}');
  try {
    return stateFile.parse(JSON.parse(text));
  } catch {
    throw new Error(`${fileIn(stateDir)} cannot be read. Remove it, then run the command again.`);
  }
}

let last: Promise<unknown> = Promise.resolve();

/** Changes some members and writes the file in one step. Changes queue: steps that run side by side lose none. */
export async function updateState(stateDir: string, change: Partial<State>): Promise<State> {
  const next = last.then(async () => await writeChange(stateDir, change));
  last = next.catch(() => undefined);
  return await next;
}

async function writeChange(stateDir: string, change: Partial<State>): Promise<State> {
  const next = { ...(await readState(stateDir)), ...change };
  await mkdir(stateDir, { recursive: true });
  const part = `${fileIn(stateDir)}.part`;
  await writeFile(part, `${JSON.stringify(next, null, 2)}\n`);
  await rename(part, fileIn(stateDir));
  return next;
}

/** Forgets everything. */
export async function clearState(stateDir: string): Promise<void> {
  await rm(stateDir, { recursive: true, force: true });
}
