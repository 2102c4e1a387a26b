// Prebuilds the vendored modules with esbuild: minified for browsers, and once more as readable development builds for
// the render check (React's production build says "error #31" where the other one says what is wrong).
// Equal inputs give equal bytes: no time stamps, no absolute paths in the output.
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { VENDORED_MODULES, type VendoredModule, type VendorManifest } from './vendored-modules.ts';

const require = createRequire(import.meta.url);
const SDK = join(import.meta.dirname, '../sdk/src');

const OWN: Readonly<Record<string, string>> = {
  '@faibric/app': 'index.ts',
  '@faibric/app/mount': 'mount.tsx',
};

/** The source of the entry of one module. */
function entryOf(module: VendoredModule): string {
  const own = Object.hasOwn(OWN, module.specifier) ? OWN[module.specifier] : undefined;
  const from = JSON.stringify(own ? join(SDK, own) : module.specifier);
  if (!module.commonJs) {
    const hasDefault = module.specifier === 'clsx';
    return `export * from ${from};${hasDefault ? `export { default } from ${from};` : ''}`;
  }
  const names = Object.keys(require(module.specifier) as object).filter((name) => name !== 'default');
  return `import all from ${from};\nexport default all;\nexport const { ${names.join(', ')} } = all;\n`;
}

/** Resolves `vendored:FILE` to its generated entry, and our own specifier inside the SDK to its source. */
const entries: Plugin = {
  name: 'vendored-entries',
  setup(pluginBuild) {
    pluginBuild.onResolve({ filter: /^vendored:/ }, ({ path }) => ({
      path: path.slice(9),
      namespace: 'vendored',
    }));
    pluginBuild.onLoad({ filter: /.*/, namespace: 'vendored' }, ({ path }) => {
      const module = VENDORED_MODULES.find((one) => one.file === path);
      if (!module) return { errors: [{ text: `no vendored module is called ${path}` }] };
      return { contents: entryOf(module), resolveDir: SDK, loader: 'js' };
    });
  },
};

const common = (mode: 'production' | 'development'): BuildOptions => ({
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
});

async function buildModules(outdir: string, mode: 'production' | 'development'): Promise<Metafile> {
  const result = await build({
    ...common(mode),
    entryPoints: VENDORED_MODULES.map((one) => ({ in: `vendored:${one.file}`, out: one.file })),
    plugins: [entries],
    outdir,
    splitting: true,
    chunkNames: 'chunk-[hash]',
    minify: mode === 'production',
    ignoreAnnotations: false,
  });
  if (!result.metafile) throw new Error('esbuild gave no metafile');
  return result.metafile;
}

async function buildStyles(outdir: string): Promise<void> {
  const styles = join(SDK, 'styles/app.css');
  await build({ ...common('production'), entryPoints: [{ in: styles, out: 'app' }], outdir, minify: true });
  await cp(join(SDK, 'styles/icon.svg'), join(outdir, 'icon.svg'));
}

async function digestOf(directory: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(directory)).sort()) {
    hash.update(`${name}\0`).update(await readFile(join(directory, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function compress(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const bytes = gzipSync(await readFile(join(directory, name)), { level: constants.Z_BEST_COMPRESSION });
    await writeFile(join(directory, `${name}.gz`), bytes);
  }
}

/** Files that an entry loads at once, itself first. */
function eager(metafile: Metafile, name: string): string[] {
  const outputs = new Map(
    Object.entries(metafile.outputs).map(([path, one]) => [path.split('/').pop() ?? '', one]),
  );
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    for (const one of outputs.get(file)?.imports ?? []) {
      if (one.kind === 'import-statement') visit(one.path.split('/').pop() ?? '');
    }
  };
  visit(`${name}.js`);
  return [...found];
}

function manifestOf(metafile: Metafile, digest: string): VendorManifest {
  const base = `/_faibric/${digest}/`;
  const exportsOf = (file: string): string[] => {
    const found = Object.entries(metafile.outputs).find(([path]) => path.endsWith(`/${file}.js`));
    return [...(found?.[1].exports ?? [])].sort();
  };
  const modules = VENDORED_MODULES.map((one) => [
    one.specifier,
    { path: `${base}${one.file}.js`, exports: exportsOf(one.file) },
  ]);
  const needed = ['react', 'jsx-runtime', 'react-dom-client', 'faibric-mount'].flatMap((file) =>
    eager(metafile, file),
  );
  return {
    digest,
    base,
    modules: Object.fromEntries(modules) as VendorManifest['modules'],
    styles: [`${base}app.css`],
    preload: [...new Set(needed)].map((file) => base + file),
    icon: `${base}icon.svg`,
  };
}

/** Builds everything under `out`: vendor/DIGEST (for browsers), vendor-dev (for the render check), vendor.json. */
export async function buildVendor(out: string): Promise<VendorManifest> {
  const staging = join(out, 'vendor-staging');
  await mkdir(staging, { recursive: true });
  const [metafile] = await Promise.all([
    buildModules(staging, 'production'),
    buildModules(join(out, 'vendor-dev'), 'development'),
    buildStyles(staging),
  ]);
  const digest = await digestOf(staging);
  await compress(staging);
  await cp(staging, join(out, 'vendor', digest), { recursive: true });
  await rm(staging, { recursive: true });
  const manifest = manifestOf(metafile, digest);
  await writeFile(join(out, 'vendor.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}
