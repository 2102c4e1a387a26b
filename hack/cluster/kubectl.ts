// Asks the local cluster through kubectl. Answers are JSON and parsed by whoever asks.
import { names } from '../settings.ts';
import { attempt, type Outcome, run } from '../shell.ts';

/** A kubectl pointed at the local cluster. */
export type Kubectl = {
  readonly attempt: (args: readonly string[], input?: string) => Promise<Outcome>;
  readonly run: (args: readonly string[], input?: string) => Promise<string>;
  /** `get` as JSON, unparsed. */
  readonly get: (args: readonly string[]) => Promise<unknown>;
};

/** Binds kubectl to the local cluster. */
export function kubectlAt(path: string): Kubectl {
  const context = ['--context', names.context];
  const options = (input: string | undefined) => ({
    timeoutMs: 60_000,
    ...(input === undefined ? {} : { input }),
  });
  return {
    attempt: async (args, input) => await attempt(path, [...context, ...args], options(input)),
    run: async (args, input) => await run(path, [...context, ...args], options(input)),
    get: async (args) =>
      JSON.parse(await run(path, [...context, 'get', ...args, '-o', 'json'], options(undefined))),
  };
}
