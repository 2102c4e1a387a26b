// Finds out what this machine has: engine, Go, port, disk, what is cached. Facts only; preflight.ts judges them.

import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { isCached } from '../cache/cache.ts';
import { containerState } from '../docker/containers.ts';
import { engineVersion, hasInitSystem } from '../docker/engine.ts';
import { imagesMode } from '../images/images-mode.ts';
import { nodeImageEntry } from '../images/node-image.ts';
import { recipeEntry } from '../images/recipe.ts';
import { treeEntry } from '../images/root-file-systems.ts';
import { imageName, thirdPartyImages } from '../images/third-party.ts';
import { names, type Settings } from '../settings.ts';
import { attempt, whereIs } from '../shell.ts';
import { readState } from '../state/state.ts';
import { goEntry } from '../tools/go-build.ts';
import { type GoProgramSet, goProgramSets } from '../tools/go-modules.ts';
import { findTool } from '../tools/tool.ts';

/** What matters of a machine. */
export type Machine = {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly isRoot: boolean;
  readonly engine: string | undefined;
  readonly dockerd: boolean;
  readonly initSystem: boolean;
  /** `debian`, `ubuntu` or another ID of /etc/os-release; empty when there is none. */
  readonly distribution: string;
  /** Go's version, such as `1.26.8`, and whether it may fetch a newer one itself. */
  readonly go: string | undefined;
  readonly goMayUpdate: boolean;
  readonly mode: 'pull' | 'build';
  readonly goSetsToBuild: readonly GoProgramSet[];
  readonly treesToBuild: number;
  readonly imagesToBuild: number;
  readonly cluster: 'running' | 'stopped' | 'missing';
  readonly clusterPort: number | undefined;
  readonly port: 'free' | 'taken' | 'unknown';
  readonly freeBytes: number;
};

/** Looks at everything; nothing is changed. */
export async function lookAtMachine(settings: Settings): Promise<Machine> {
  const engine = await engineVersion();
  const state = await readState(settings.stateDir);
  const mode = await imagesMode(settings, state.images);
  // What a stopped engine holds is not lost.
  const stopped = state.cluster ? 'stopped' : 'missing';
  const cluster = engine === undefined ? stopped : await containerState(names.node);
  const go = await goVersion();
  return {
    platform: process.platform,
    arch: process.arch,
    isRoot: process.getuid?.() === 0,
    engine,
    dockerd: (await whereIs('dockerd')) !== undefined,
    initSystem: hasInitSystem(),
    distribution: distribution(),
    go: go?.version,
    goMayUpdate: go?.mayUpdate ?? false,
    mode,
    goSetsToBuild: await missingSets(settings, mode),
    treesToBuild: mode === 'pull' ? 0 : missingTrees(settings),
    imagesToBuild: mode === 'pull' ? 0 : missingImages(settings),
    cluster,
    clusterPort: state.cluster ? state.httpPort : undefined,
    port: cluster === 'running' ? 'unknown' : await portState(settings.httpPort),
    freeBytes: await freeBytes(settings.cacheDir),
  };
}

async function missingSets(settings: Settings, mode: 'pull' | 'build'): Promise<GoProgramSet[]> {
  const { kind, cli, node, buildkit, network, traefik } = goProgramSets;
  if (mode === 'build') {
    const all = [kind, node, cli, buildkit, network, traefik];
    return all.filter((set) => !isCached(settings.cacheDir, goEntry(set)));
  }
  const wanted = { kind, kubectl: cli, helm: cli } as const;
  const missing = new Set<GoProgramSet>();
  for (const [tool, set] of Object.entries(wanted)) {
    if ((await findTool(settings, tool as keyof typeof wanted)) === undefined) missing.add(set);
  }
  return [...missing];
}

function missingTrees(settings: Settings): number {
  if (missingImages(settings) === 0) return 0;
  return (['node', 'parts'] as const).filter((name) => !isCached(settings.cacheDir, treeEntry(name))).length;
}

function missingImages(settings: Settings): number {
  const entries = thirdPartyImages.map((image) => recipeEntry(imageName(image), image.recipe));
  return [nodeImageEntry(), ...entries].filter((entry) => !isCached(settings.cacheDir, entry)).length;
}

function distribution(): string {
  try {
    const text = readFileSync('/etc/os-release', 'utf8');
    return /^ID="?([^"\n]+)"?$/m.exec(text)?.[1] ?? '';
  } catch {
    return '';
  }
}

async function goVersion(): Promise<{ version: string; mayUpdate: boolean } | undefined> {
  const outcome = await attempt('go', ['env', 'GOVERSION', 'GOTOOLCHAIN'], { timeoutMs: 15_000 });
  const [version = '', toolchain = ''] = outcome.stdout.trim().split('\n');
  if (!outcome.ok || !version.startsWith('go')) return undefined;
  return { version: version.slice(2), mayUpdate: toolchain !== 'local' };
}

/** Tries to listen: the only sure way to know. Without the right to ports below 1024 it stays unknown. */
async function portState(port: number): Promise<'free' | 'taken' | 'unknown'> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'EADDRINUSE' ? 'taken' : 'unknown'),
    );
    server.listen(port, '127.0.0.1', () => server.close(() => resolve('free')));
  });
}

async function freeBytes(directory: string): Promise<number> {
  const found = await statfs(directory).catch(() => undefined);
  if (found !== undefined) return found.bavail * found.bsize;
  const parent = dirname(directory);
  return parent === directory ? Number.POSITIVE_INFINITY : await freeBytes(parent);
}
