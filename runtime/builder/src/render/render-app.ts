// Renders the app in a process of its own, started early so that it is warm when the bundle is there. Generated code
// may loop for ever or exit: the process is killed at a deadline and its silence is a finding (claim V14).
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod/mini';
import { programFolders, programPath } from '../assets.ts';
import type { Bundle } from '../bundle/bundle-app.ts';
import type { Diagnostic } from '../findings.ts';

/** Longest time for all renders, in milliseconds. */
const DEADLINE = 5_000;

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
    `The app did not finish rendering in ${DEADLINE / 1000} s: look for a loop, or an effect that sets state each time it runs.`,
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

function start(directory: string): ChildProcess {
  const reads = [...programFolders(), directory].map((path) => `--allow-fs-read=${path}`);
  const { NODE_COMPILE_CACHE: cache, FAIBRIC_RENDER_DEBUG: debug } = process.env;
  const options = ['--no-warnings', '--max-old-space-size=256', '--permission', ...reads];
  if (cache) options.push(`--allow-fs-read=${cache}`);
  return spawn(process.execPath, [...options, programPath('render-child'), directory], {
    stdio: ['ignore', 'ignore', debug ? 'inherit' : 'ignore', 'ipc'],
    env: cache ? { NODE_COMPILE_CACHE: cache } : {},
  });
}

async function writeBundle(directory: string, bundle: Bundle): Promise<void> {
  for (const [path, content] of bundle.files) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  }
  for (const [path, map] of bundle.sourceMaps) await writeFile(join(directory, `${path}.map`), map);
}

/** Starts the process. `directory` is an empty folder that it may read. */
export function startRenderer(directory: string): Renderer {
  const child = start(directory);
  const word = wordOf(child);
  return {
    stop: () => void child.kill('SIGKILL'),
    async render(bundle) {
      await writeBundle(directory, bundle);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<Diagnostic[]>((resolve) => {
        timer = setTimeout(() => resolve([slow()]), DEADLINE);
      });
      if (child.connected) child.send({ script: bundle.script }, () => {});
      const diagnostics = await Promise.race([word, late]);
      clearTimeout(timer);
      child.kill('SIGKILL');
      return diagnostics;
    },
  };
}
