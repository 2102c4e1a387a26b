// Compiles programs from the pinned modules under hack/go into the cache. Go's own caches lie in ours, so that
// `down --purge` finds them; they are large, and are dropped when everything that is built has been built.
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf, type Entry, ensureEntry } from '../cache/cache.ts';
import { run } from '../shell.ts';
import type { GoProgramSet } from './go-modules.ts';

type Say = (line: string) => void;

const goRoot = new URL('../go/', import.meta.url).pathname;
const compileLimitMs = 45 * 60_000;

/** The cache entry of a set: changes with its module files and flags, and with the machine's architecture. */
export function goEntry(set: GoProgramSet): Entry {
  const folder = join(goRoot, set.module);
  const sources = ['go.mod', 'go.sum', ...Object.values(set.programs).flatMap(localSource)].map((file) =>
    readFileSync(join(folder, file), 'utf8'),
  );
  return { kind: 'bin', name: set.name, key: digestOf(set, sources, process.arch) };
}

const localSource = (pkg: string) => (pkg.startsWith('./') ? [`${pkg}/main.go`] : []);

/** Environment that keeps Go's caches in ours and its programs static. */
export function goEnvironment(cacheDir: string): Record<string, string> {
  return {
    CGO_ENABLED: '0',
    GOMODCACHE: join(cacheDir, 'go', 'mod'),
    GOCACHE: join(cacheDir, 'go', 'build'),
    GOFLAGS: '-buildvcs=false -mod=readonly',
    GOWORK: 'off',
  };
}

/** Gives the directory that holds the set's programs, compiling them first when needed. */
export async function ensureGoPrograms(cacheDir: string, set: GoProgramSet, say: Say): Promise<string> {
  return await ensureEntry(cacheDir, goEntry(set), async (dir) => {
    const source = await copySource(cacheDir, set, say);
    const env = goEnvironment(cacheDir);
    let packages = 0;
    for (const [program, pkg] of Object.entries(set.programs)) {
      const args = ['build', '-v', '-trimpath', '-ldflags', set.ldflags, '-o', join(dir, program), pkg];
      const onLine = (line: string) => {
        packages += /^[\w./-]+$/.test(line) ? 1 : 0;
        say(line.startsWith('go: downloading') ? line.slice(4) : `${program}: ${packages} packages compiled`);
      };
      say(`${program}: reading its modules`);
      // Nice: the machine should stay usable for the minutes that this takes.
      await run('nice', ['-n', '5', 'go', ...args], { cwd: source, env, timeoutMs: compileLimitMs, onLine });
    }
    if (set.name === 'kind') await keepNodeFiles(source, dir, env);
    await rm(source, { recursive: true, force: true });
  });
}

/** Builds from a copy: Traefik's module needs a generated directory beside its go.mod. */
async function copySource(cacheDir: string, set: GoProgramSet, say: Say): Promise<string> {
  const target = join(cacheDir, 'go', 'src', set.name);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await cp(join(goRoot, set.module), target, { recursive: true, filter: (path) => !path.endsWith('/lego') });
  if (set.module === 'traefik') await makeSmallLego(cacheDir, target, say);
  return target;
}

/** A copy of the ACME library whose DNS-provider package registers none of its 180 SDKs. */
async function makeSmallLego(cacheDir: string, target: string, say: Say): Promise<void> {
  const goMod = readFileSync(join(target, 'go.mod'), 'utf8');
  const version = /github\.com\/go-acme\/lego\/v4 (v[\d.]+)/.exec(goMod)?.[1];
  if (version === undefined) throw new Error('hack/go/traefik/go.mod names no version of lego');
  say(`lego ${version}: downloading`);
  const env = goEnvironment(cacheDir);
  const json = await run('go', ['mod', 'download', '-json', `github.com/go-acme/lego/v4@${version}`], {
    cwd: cacheDir,
    env: { ...env, GOFLAGS: '' },
    timeoutMs: 300_000,
  });
  const original = /"Dir": "([^"]+)"/.exec(json)?.[1];
  if (original === undefined) throw new Error('go mod download gave no directory for lego');
  const copy = join(target, 'lego');
  await run('cp', ['-r', '--no-preserve=mode', original, copy]);
  await rm(join(copy, 'providers', 'dns'), { recursive: true });
  await mkdir(join(copy, 'providers', 'dns'));
  await writeFile(join(copy, 'providers', 'dns', 'none.go'), noDnsProviders);
}

const noDnsProviders = `// Package dns registers no provider: a local cluster issues no certificates by DNS challenge.
package dns

import (
	"fmt"

	"github.com/go-acme/lego/v4/challenge"
)

// NewDNSChallengeProviderByName knows no provider.
func NewDNSChallengeProviderByName(name string) (challenge.Provider, error) {
	return nil, fmt.Errorf("DNS provider %q is not part of this local build of Traefik", name)
}
`;

/** kind's module ships the files of a node image; they are kept beside the program, since Go's cache goes. */
async function keepNodeFiles(source: string, dir: string, env: Record<string, string>): Promise<void> {
  const module = await run('go', ['list', '-m', '-f', '{{.Dir}}', 'sigs.k8s.io/kind'], { cwd: source, env });
  await run('cp', [
    '-r',
    '--no-preserve=mode',
    join(module, 'images', 'base', 'files'),
    join(dir, 'node-files'),
  ]);
}

/** Frees Go's caches (12 GB); call it when all that is needed has been built. */
export async function dropGoCaches(cacheDir: string): Promise<void> {
  const root = join(cacheDir, 'go');
  if (!existsSync(root) || (await readdir(root)).length === 0) return;
  await run('chmod', ['-R', 'u+w', root]); // Go makes its module cache read-only
  await rm(root, { recursive: true, force: true });
}
