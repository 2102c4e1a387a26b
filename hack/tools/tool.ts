// Finds kubectl, helm and kind: what we have built, else what is on the PATH if it is new enough, else it is built.
// Each is a program of its own release line, so "new enough" is a range for each.
import { join } from 'node:path';
import { isCached } from '../cache/cache.ts';
import type { Settings } from '../settings.ts';
import { attempt, whereIs } from '../shell.ts';
import { ensureGoPrograms, goEntry } from './go-build.ts';
import { type GoProgramSet, goProgramSets, kubernetes } from './go-modules.ts';

/** The programs of the command line that the local cluster needs. */
export type ToolName = 'kubectl' | 'helm' | 'kind';

type Source = {
  readonly set: GoProgramSet;
  readonly versionArgs: readonly string[];
  readonly fits: (version: Version) => boolean;
};
type Version = { readonly major: number; readonly minor: number };

const sources: Readonly<Record<ToolName, Source>> = {
  // kubectl may differ from the server by one minor release.
  kubectl: {
    set: goProgramSets.cli,
    versionArgs: ['version', '--client', '--output=json'],
    fits: ({ major, minor }) => major === 1 && Math.abs(minor - kubernetes.minor) <= 1,
  },
  helm: {
    set: goProgramSets.cli,
    versionArgs: ['version', '--short'],
    fits: ({ major, minor }) => (major === 3 && minor >= 17) || major === 4,
  },
  kind: {
    set: goProgramSets.kind,
    versionArgs: ['version'],
    fits: ({ major, minor }) => major === 0 && minor >= 31,
  },
};

/** The first `v1.2` in what a program prints about itself. */
export function parseVersion(text: string): Version | undefined {
  const match = /v(\d+)\.(\d+)\./.exec(text);
  return match === null ? undefined : { major: Number(match[1]), minor: Number(match[2]) };
}

/** Whether what a program prints about its version is in the range that fits. */
export function fits(name: ToolName, text: string): boolean {
  const version = parseVersion(text);
  return version !== undefined && sources[name].fits(version);
}

/** Where the tool is without building anything, or undefined. */
export async function findTool(settings: Settings, name: ToolName): Promise<string | undefined> {
  const { set, versionArgs } = sources[name];
  if (isCached(settings.cacheDir, goEntry(set))) return join(await builtSet(settings, set), name);
  const path = await whereIs(name);
  if (path === undefined) return undefined;
  const outcome = await attempt(path, versionArgs, { timeoutMs: 15_000 });
  return outcome.ok && fits(name, outcome.stdout) ? path : undefined;
}

const builtSet = async (settings: Settings, set: GoProgramSet) =>
  await ensureGoPrograms(settings.cacheDir, set, () => undefined);

/** Where the tool is, built first when it is not to be found. */
export async function ensureTool(
  settings: Settings,
  name: ToolName,
  say: (line: string) => void,
): Promise<string> {
  const there = await findTool(settings, name);
  if (there !== undefined) return there;
  return join(await ensureGoPrograms(settings.cacheDir, sources[name].set, say), name);
}
