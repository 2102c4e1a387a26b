// Renders the app in a process of its own, started early so that it is warm when the bundle is there. Generated code
// may loop for ever or exit: the process is killed at a deadline and its silence is a finding (claim V14).
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod/mini';
import { programFolders, programPath } from '../assets.ts';
import type { Bundle } from '../bundle/bundle-app.ts';
import type { Diagnostic } from '../findings.ts';

/** Longest time for all renders, in milliseconds of work and of waiting: a busy machine is no fault of the app. */
const WORK = 5_000;
const WAIT = 20_000;
/** How often the work of the process is looked at. */
const LOOK = 200;

const answer = z.object({
  findings: z.array(
    z.object({
      code: z.string().check(z.maxLength(100)),
      message: z.string(),
      file: z.optional(z.string()),
      line: z.optional(z.number()),
      column: z.optional(z.number()),
    }),
  ),
});

/** A process that waits for a bundle to render. */
export interface Renderer {
  render(bundle: Bundle): Promise<Diagnostic[]>;
  stop(): void;
}

const finding = (code: string, message: string): Diagnostic => ({ check: 'render', code, message });

function parseAnswer(message: unknown): Diagnostic[] {
  const parsed = answer.safeParse(message);
  if (!parsed.success) return [finding('render_failed', 'The app interfered with its own check.')];
  return parsed.data.findings.map(({ code, message: text, file, line, column }) => ({
    ...finding(code, text.slice(0, 1000)),
    ...(file?.startsWith('src/') ? { file, line: line ?? 1, column: column ?? 1 } : {}),
  }));
}

const slow = (): Diagnostic =>
  finding(
    'render_timeout',
    `The app did not finish rendering in ${WORK / 1000} s: look for a loop, or an effect that sets state each time it runs.`,
  );

/** The first word of the child, or its end. It is listened to from the start: a child may end before it is asked. */
function wordOf(child: ChildProcess): Promise<Diagnostic[]> {
  return new Promise((resolve) => {
    child.once('message', (message) => resolve(parseAnswer(message)));
    const ended = (how: string): void =>
      resolve([finding('render_crashed', `The app ended its process (${how}).`)]);
    child.once('exit', (code, signal) => ended(String(signal ?? code)));
    child.once('error', (error) => ended(error.message));
  });
}

/** Milliseconds of processor time that a process has used; 0 where the system does not tell. */
async function workOf(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // Fields after the name in parentheses: utime and stime are the 12th and 13th, in ticks of 10 ms.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return 10 * (Number(fields[11] ?? 0) + Number(fields[12] ?? 0));
}

/** Resolves when the process has worked or waited too long since now. */
async function tooLong(child: ChildProcess, over: AbortSignal): Promise<Diagnostic[]> {
  const before = await workOf(child.pid);
  for (let waited = 0; waited < WAIT && !over.aborted; waited += LOOK) {
    await new Promise((resolve) => setTimeout(resolve, LOOK));
    if ((await workOf(child.pid)) - before > WORK) break;
  }
  return [slow()];
}

function start(directory: string, mode: Mode): ChildProcess {
  const reads = [...programFolders(), directory].map((path) => `--allow-fs-read=${path}`);
  const { NODE_COMPILE_CACHE: cache, FAIBRIC_RENDER_DEBUG: debug, FAIBRIC_WARM: warm } = process.env;
  const options = [
    '--no-warnings',
    '--max-old-space-size=256',
    '--max-semi-space-size=32',
    '--permission',
    ...reads,
  ];
  if (cache) options.push(`--allow-fs-read=${cache}`);
  if (cache && warm) options.push(`--allow-fs-write=${cache}`);
  return spawn(process.execPath, [...options, programPath('render-child'), directory, mode], {
    stdio: ['ignore', 'ignore', debug ? 'inherit' : 'ignore', 'ipc'],
    env: { ...(cache ? { NODE_COMPILE_CACHE: cache } : {}), ...(warm ? { FAIBRIC_WARM: warm } : {}) },
  });
}

async function writeBundle(directory: string, bundle: Bundle): Promise<void> {
  for (const [path, content] of bundle.files) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  }
  for (const [path, map] of bundle.sourceMaps) await writeFile(join(directory, `${path}.map`), map);
}

/** Which builds of the vendored modules: the ones apps get, or the ones that say in words what is wrong. */
export type Mode = 'production' | 'development';

/** Starts the process. `directory` is an empty folder that it may read. */
export function startRenderer(directory: string, mode: Mode = 'production'): Renderer {
  const child = start(directory, mode);
  const word = wordOf(child);
  return {
    stop: () => void child.kill('SIGKILL'),
    async render(bundle) {
      await writeBundle(directory, bundle);
      const over = new AbortController();
      if (child.connected) child.send({ script: bundle.script }, () => {});
      const diagnostics = await Promise.race([word, tooLong(child, over.signal)]);
      over.abort();
      child.kill('SIGKILL');
      return diagnostics;
    },
  };
}
