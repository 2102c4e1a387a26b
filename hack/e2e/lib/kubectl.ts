// kubectl of the local cluster: the same binary and context that `npm run -s kubectl` takes. A call that fails
// throws with what kubectl said; `tryKubectl` gives the failure back instead.
import { execa } from 'execa';
import { readSettings } from '../../settings.ts';
import { forLocalCluster } from '../../tools/run.ts';
import { ensureTool } from '../../tools/tool.ts';

/** What came of a call. */
export interface KubectlResult {
  ok: boolean;
  stdout: string;
  stderr: string;
}

/** Namespace of the control plane. */
export const SYSTEM = 'faibric-system';
/** Namespace of the apps. */
export const APPS = 'faibric-apps';

let found: Promise<string> | undefined;

/** Where kubectl is; looked for once. */
export function kubectlPath(): Promise<string> {
  found ??= ensureTool(readSettings(), 'kubectl', (line) => console.error(line));
  return found;
}

/** Runs kubectl; `input` becomes its standard input. Never throws for a refusal. */
export async function tryKubectl(args: readonly string[], input?: string): Promise<KubectlResult> {
  const done = await execa(await kubectlPath(), forLocalCluster('kubectl', args), {
    reject: false,
    timeout: 180_000,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
  });
  return { ok: done.exitCode === 0, stdout: String(done.stdout), stderr: String(done.stderr) };
}

/** Runs kubectl; throws when it fails. Gives what it printed. */
export async function kubectl(args: readonly string[], input?: string): Promise<string> {
  const { ok, stdout, stderr } = await tryKubectl(args, input);
  if (!ok) throw new Error(`kubectl ${args.join(' ')}: ${stderr || stdout}`);
  return stdout;
}

/** Reads objects as JSON; the answer is unparsed, its reader knows its shape. */
export async function getJson(args: readonly string[]): Promise<unknown> {
  return JSON.parse(await kubectl(['get', ...args, '-o', 'json']));
}

/** Applies a manifest given as an object (JSON is YAML). */
export async function apply(manifest: object): Promise<void> {
  await kubectl(['apply', '-f', '-'], JSON.stringify(manifest));
}
