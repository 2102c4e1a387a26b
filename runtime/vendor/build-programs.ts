// Bundles the builder's programs into one file each, happy-dom included: hundreds of small modules cost more to load
// than to run. Native parts (parser, bundler, compiler, linter) stay packages and are copied beside, without their docs.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { packageFolder } from './package-folder.ts';

const SOURCE = join(import.meta.dirname, '../builder/src');
const PROGRAMS = ['main', 'run-check', 'render-child', 'prepare'];
/** Packages that the programs load at run time. */
const EXTERNAL = ['esbuild', 'oxc-parser'];

const platform = `${process.platform}-${process.arch}`;
/** Copied into node_modules of the image. The last two are run as programs. */
const PACKAGES = [
  'esbuild',
  `@esbuild/${platform}`,
  'oxc-parser',
  '@oxc-project/types',
  `@oxc-parser/binding-${platform}-gnu`,
  `@typescript/typescript-${platform}`,
  'oxlint',
  `@oxlint/binding-${platform}-gnu`,
];

async function copyPackages(out: string): Promise<void> {
  for (const name of PACKAGES) {
    await cp(packageFolder(name), join(out, 'node_modules', name), {
      recursive: true,
      dereference: true,
      filter: (path) =>
        !/\.(?:map|md)$|\/esbuild\/bin(\/|$)|\/lib\/lib\.(?:webworker|scripthost|esnext\.full)/.test(path),
    });
  }
}

/** Writes OUT/*.mjs and OUT/node_modules. */
export async function buildPrograms(out: string): Promise<void> {
  await rm(join(out, 'node_modules'), { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await build({
    entryPoints: PROGRAMS.map((name) => ({ in: join(SOURCE, `${name}.ts`), out: name })),
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minifySyntax: true,
    external: EXTERNAL,
    // CommonJS packages in the bundle ask for require().
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
    legalComments: 'none',
    logLevel: 'warning',
  });
  await copyPackages(out);
  await writeFile(join(out, 'package.json'), '{ "type": "module", "private": true }\n');
}
