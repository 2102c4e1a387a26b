// Every import in a bundle is resolved here and nowhere else: the app's files come from memory, vendored packages stay
// outside under their address, and nothing else exists. The bundler's own resolution, which would read the disk, never
// runs for an app's file (claims V2, V4).
import { dirname, join } from 'node:path';
import type { Loader, OnLoadResult, OnResolveArgs, OnResolveResult, Plugin } from 'esbuild';
import { resolveRelative } from '../../../../operator/src/codegen/checks/resolve-relative.ts';
import { assetPath, vendorManifest } from '../assets.ts';
import { SHAKEN, type ShakenPackage } from './shaken-modules.ts';

/** Namespace of the app's files. */
export const APP = 'app';
/** Namespace of generated modules: the entry and the shaken packages. */
export const MADE = 'made';

const LIB = assetPath('lib');
const refuse = (path: string): OnResolveResult => ({ errors: [{ text: `"${path}" cannot be imported` }] });

const loaderOf = (path: string): Loader =>
  path.endsWith('.css') ? 'css' : path.endsWith('.tsx') ? 'tsx' : 'ts';

function resolvePackage(path: string): OnResolveResult {
  const modules = vendorManifest().modules;
  const vendored = Object.hasOwn(modules, path) ? modules[path] : undefined;
  if (vendored) return { path: vendored.path, external: true };
  if ((SHAKEN as readonly string[]).includes(path)) return { path, namespace: MADE, sideEffects: false };
  return refuse(path);
}

function resolveStyle(args: OnResolveArgs, files: Readonly<Record<string, string>>): OnResolveResult {
  if (args.kind === 'url-token') {
    const inner = /^(?:data:image\/|data:font\/|#)/i.test(args.path);
    return inner ? { path: args.path, external: true } : refuse(args.path);
  }
  const path = resolveRelative(args.importer, args.path, (one) => Object.hasOwn(files, one));
  return path?.endsWith('.css') ? { path, namespace: APP } : refuse(args.path);
}

function resolveIn(args: OnResolveArgs, files: Readonly<Record<string, string>>): OnResolveResult {
  if (args.kind === 'entry-point') return { path: args.path, namespace: MADE };
  if (args.kind === 'url-token' || args.kind === 'import-rule') return resolveStyle(args, files);
  if (args.namespace === MADE && Object.hasOwn(files, args.path)) return { path: args.path, namespace: APP };
  if (args.namespace === MADE && args.path.startsWith(`${LIB}/`))
    return { path: args.path, sideEffects: false };
  if (args.namespace === 'file') {
    const inner = args.path.startsWith('.') ? join(dirname(args.importer), args.path) : '';
    return inner.startsWith(`${LIB}/`) ? { path: inner, sideEffects: false } : resolvePackage(args.path);
  }
  if (!/^\.{1,2}(\/|$)/.test(args.path)) return resolvePackage(args.path);
  const path = resolveRelative(args.importer, args.path, (one) => Object.hasOwn(files, one));
  return path ? { path, namespace: APP } : refuse(args.path);
}

/** What the resolver serves. */
export interface ResolverInput {
  files: Readonly<Record<string, string>>;
  entry: string;
  shaken: (name: ShakenPackage) => string;
}

/** The plugin that resolves and loads everything. */
export function moduleResolver(input: ResolverInput): Plugin {
  return {
    name: 'faibric-modules',
    setup(build) {
      build.onResolve({ filter: /.*/ }, (args) => resolveIn(args, input.files));
      build.onLoad({ filter: /.*/, namespace: APP }, ({ path }): OnLoadResult => {
        return { contents: input.files[path] ?? '', loader: loaderOf(path) };
      });
      build.onLoad({ filter: /.*/, namespace: MADE }, ({ path }): OnLoadResult => {
        const isPackage = (SHAKEN as readonly string[]).includes(path);
        return { contents: isPackage ? input.shaken(path as ShakenPackage) : input.entry, loader: 'js' };
      });
    },
  };
}
