// `npm run -s kubectl -- ARGS`, and the same for helm and kind: the right program, pointed at the local cluster. It
// hands over terminal, signals and exit code, so it behaves like the program itself.
import { spawn } from 'node:child_process';
import { names, readSettings } from '../settings.ts';
import { ensureTool, type ToolName } from './tool.ts';

/** Adds the local cluster to a call, unless the person names another. */
export function forLocalCluster(tool: ToolName, args: readonly string[]): string[] {
  const flag = { kubectl: '--context', helm: '--kube-context', kind: undefined }[tool];
  const named = args.some((arg) => flag !== undefined && (arg === flag || arg.startsWith(`${flag}=`)));
  return flag === undefined || named ? [...args] : [flag, names.context, ...args];
}

function isTool(name: string | undefined): name is ToolName {
  return name === 'kubectl' || name === 'helm' || name === 'kind';
}

async function main(): Promise<void> {
  const [tool, ...args] = process.argv.slice(2);
  if (!isTool(tool)) throw new Error('Say which: kubectl, helm or kind.');
  const path = await ensureTool(readSettings(), tool, (line) => process.stderr.write(`${line}\n`));
  const child = spawn(path, forLocalCluster(tool, args), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  child.on('close', (code) => {
    process.exitCode = code ?? 1;
  });
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
