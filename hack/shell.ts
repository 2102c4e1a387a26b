// Runs other programs. Every call has a time limit, and a failure carries the program's last lines: a person who
// reads "exit code 1" has been told nothing.
import { execa } from 'execa';

/** Options of a call; `onLine` sees each line as it comes, `input` becomes standard input. */
export type RunOptions = {
  readonly timeoutMs?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string;
  readonly onLine?: (line: string) => void;
};

/** What came of a call that was allowed to fail. */
export type Outcome = { readonly ok: boolean; readonly stdout: string; readonly stderr: string };

const defaultTimeoutMs = 120_000;

/** Runs a program and says how it went; never throws for a failing or missing program. */
export async function attempt(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  const child = execa(command, [...args], {
    reject: false,
    timeout: options.timeoutMs ?? defaultTimeoutMs,
    forceKillAfterDelay: 2_000,
    maxBuffer: 64 * 1024 * 1024,
    all: true,
    ...(options.env ? { env: { ...options.env } } : {}),
    ...(options.cwd ? { cwd: options.cwd } : {}),
    ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
  });
  if (options.onLine) {
    const { onLine } = options;
    const reading = (async () => {
      for await (const line of child.iterable({ from: 'all' })) onLine(String(line));
    })();
    // A broken pipe here is reported by the call itself, below.
    reading.catch(() => undefined);
  }
  const result = await child;
  const ended = result.timedOut
    ? `no end after ${Math.round((options.timeoutMs ?? defaultTimeoutMs) / 1000)} s`
    : '';
  const missing = result.code === 'ENOENT' ? `${command}: not found` : '';
  return {
    ok: !result.failed,
    stdout: String(result.stdout ?? ''),
    stderr: [String(result.stderr ?? ''), ended, missing].filter((part) => part !== '').join('\n'),
  };
}

/** Runs a program that must succeed; gives its standard output, trimmed at the end. */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const outcome = await attempt(command, args, options);
  if (!outcome.ok) {
    const said = `${outcome.stdout}\n${outcome.stderr}`.trim().split('\n').slice(-15).join('\n');
    throw new Error(`${command} ${args.slice(0, 4).join(' ')} failed:\n${said}`);
  }
  return outcome.stdout.trimEnd();
}

/** Where a program is on the PATH, or undefined. */
export async function whereIs(program: string): Promise<string | undefined> {
  const outcome = await attempt('/bin/sh', ['-c', `command -v ${JSON.stringify(program)}`]);
  const path = outcome.stdout.trim();
  return outcome.ok && path.startsWith('/') ? path : undefined;
}
