// Packs our TypeScript for the images: one file per program, made on this machine by esbuild (Vite for the web pages),
// so that an image build needs neither npm nor a network. `node hack/images/bundle.ts [operator|api|runtime]`.
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { run } from '../shell.ts';
import { makeExportKit } from './export-kit.ts';

const root = new URL('../../', import.meta.url).pathname;

/** What can be bundled. */
export const bundles = ['operator', 'api', 'runtime'] as const;

/** One of them. */
export type BundleName = (typeof bundles)[number];

/** Packages with native parts: copied beside the bundle instead of into it. */
const nativePackages = ['oxc-parser'];

// CommonJS packages inside an ES module bundle still call require.
// Under a name of its own: a bundled package may import createRequire itself, and two bindings of one name end the program.
const requireBanner =
  "import{createRequire as makeRequire}from'node:module';const require=makeRequire(import.meta.url);";

/** Bundles one part of the product into its dist folder. */
export async function bundle(name: BundleName): Promise<void> {
  if (name === 'runtime') await runNode(['runtime/build.ts']);
  else await bundleProgram(name);
  if (name === 'api') await bundleWeb();
}

const runNode = async (args: readonly string[]) =>
  await run(process.execPath, args, { cwd: root, timeoutMs: 300_000 });

/** Where a bundle is made before it takes its place: on the same disk, and never in Git's or a linter's way. */
const partOf = (workspace: string) => join(root, 'node_modules', '.faibric', `${workspace}-${process.pid}`);

async function bundleWeb(): Promise<void> {
  const part = partOf('web');
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  await runNode([vite, 'build', 'web', '--outDir', part, '--emptyOutDir', '--logLevel', 'warn']);
  await replaceDirectory(join(root, 'web', 'dist'), part);
}

/** Programs of a workspace by name, with the file each starts in. */
const entries = {
  operator: { main: 'main.ts' },
  api: { main: 'main.ts', 'sample-upstreams': 'sample-upstreams.ts' },
} as const;

async function bundleProgram(workspace: 'operator' | 'api'): Promise<void> {
  const source = join(root, workspace, 'src');
  // Made beside and renamed: an image build that runs meanwhile never sees half a bundle.
  const dist = partOf(workspace);
  const entryPoints = Object.entries(entries[workspace]).map(([out, file]) => ({
    in: join(source, file),
    out,
  }));
  await build({
    entryPoints,
    outdir: dist,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    banner: { js: requireBanner },
    external: nativePackages,
    // Readable stack traces matter more here than bytes.
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  await writeFile(join(dist, 'package.json'), '{ "type": "module" }\n');
  if (workspace === 'api')
    await writeFile(join(dist, 'export-kit.json'), JSON.stringify(await makeExportKit()));
  if (workspace === 'operator') await copyNativePackages(workspace, join(dist, 'node_modules'));
  await replaceDirectory(join(root, workspace, 'dist'), dist);
}

/** Puts a new directory in the place of another, with no more than a moment without either. */
async function replaceDirectory(path: string, next: string): Promise<void> {
  const old = `${next}.old`;
  if (existsSync(path)) await rename(path, old);
  await rename(next, path);
  await rm(old, { recursive: true, force: true });
}

/** Copies oxc-parser with its native binding for the images' platform. */
async function copyNativePackages(workspace: string, target: string): Promise<void> {
  const binding = `@oxc-parser/binding-linux-${process.arch}-gnu`;
  for (const name of [...nativePackages, '@oxc-project/types', binding]) {
    const from = [join(root, workspace, 'node_modules', name), join(root, 'node_modules', name)].find(
      existsSync,
    );
    if (from === undefined) throw new Error(`${name} is not installed: run npm ci on Linux`);
    await mkdir(join(target, name), { recursive: true });
    for (const file of await readdir(from)) {
      if (file !== 'node_modules' && !file.endsWith('.wasm'))
        await cp(join(from, file), join(target, name, file), { recursive: true });
    }
  }
}

if (import.meta.main) {
  const wanted = process.argv.slice(2);
  for (const name of bundles) if (wanted.length === 0 || wanted.includes(name)) await bundle(name);
}
