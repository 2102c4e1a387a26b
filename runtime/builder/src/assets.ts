// Where the builder finds what it works with: vendored modules, type declarations, icon and date modules, native tools.
// In the image everything lies beside the program; from source it is runtime/dist/builder, made by runtime/build.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../vendor/package-folder.ts';
import type { VendorManifest } from '../../vendor/vendored-modules.ts';

const isSource = import.meta.url.endsWith('.ts');
const root = isSource ? join(import.meta.dirname, '../../dist/builder') : import.meta.dirname;

/** Path of a file or folder of the builder's assets. */
export function assetPath(...parts: string[]): string {
  return join(root, ...parts);
}

/** Folders that a program of the builder must be able to read. */
export function programFolders(): string[] {
  return isSource ? [join(import.meta.dirname, '../../..')] : [root];
}

/** A JSON asset, made by runtime/build.ts and trusted as code is. */
export function readAsset<T>(...parts: string[]): T {
  return JSON.parse(readFileSync(assetPath(...parts), 'utf8')) as T;
}

let manifest: VendorManifest | undefined;
/** The vendored modules that this builder bundles against. */
export function vendorManifest(): VendorManifest {
  manifest ??= readAsset<VendorManifest>('vendor.json');
  return manifest;
}

/** Path of a program beside this one, source or bundle. */
export function programPath(name: string): string {
  return isSource ? join(import.meta.dirname, `${name}.ts`) : join(import.meta.dirname, `${name}.mjs`);
}

/** The TypeScript compiler's native binary. */
export function tscPath(): string {
  const name = `@typescript/typescript-${process.platform}-${process.arch}`;
  return join(packageFolder(name, import.meta.url), 'lib/tsc');
}

/** The linter's program, run with this Node. */
export function oxlintPath(): string {
  return join(packageFolder('oxlint', import.meta.url), 'bin/oxlint');
}
