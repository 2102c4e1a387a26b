// Bundles an app into a few hashed files with esbuild. The metafile is read as a second oracle (claim V4): whatever the
// checks before have missed, a bundle made of anything but the app's files and known modules is refused.
// Equal source gives equal bytes; the source map is for the render check alone and is not shipped.
import { build, type Message, type Metafile, type OutputFile } from 'esbuild';
import { findSecrets } from '../../../../operator/src/codegen/checks/check-secrets.ts';
import type { Parsed } from '../../../../operator/src/codegen/checks/syntax.ts';
import { assetPath, vendorManifest } from '../assets.ts';
import type { Diagnostic } from '../findings.ts';
import { APP, MADE, moduleResolver } from './module-resolver.ts';
import { importedNames, shakenSource } from './shaken-modules.ts';

/** A bundled app: files by path under the web root, and what the page needs to know of them. */
export interface Bundle {
  files: Map<string, Uint8Array>;
  sourceMaps: Map<string, string>;
  script: string;
  styles: string[];
  /** Addresses of the vendored modules that it imports at once. */
  vendored: string[];
}

const ENTRY_SOURCE =
  "import App from 'src/App.tsx';\nimport { mount } from '@faibric/app/mount';\nmount(App);\n";

const finding = (code: string, message: string): Diagnostic => ({ check: 'bundle', code, message });

function fromMessage(message: Message): Diagnostic {
  const { location } = message;
  const file = location?.file.replace(/^app:/, '');
  const place =
    location && file?.startsWith('src/') ? { file, line: location.line, column: location.column + 1 } : {};
  const isExport = message.text.startsWith('No matching export');
  return {
    ...finding(isExport ? 'export_not_found' : 'bundle_failed', message.text.replaceAll('app:src/', 'src/')),
    ...place,
  };
}

/** Findings where a bundle holds or names what it must not. */
export function checkMetafile(metafile: Metafile, files: Readonly<Record<string, string>>): Diagnostic[] {
  const lib = assetPath('lib').slice(1);
  const vendored = new Set(Object.values(vendorManifest().modules).map((one) => one.path));
  const isKnown = (input: string): boolean =>
    (input.startsWith(`${APP}:`) && Object.hasOwn(files, input.slice(APP.length + 1))) ||
    input.startsWith(`${MADE}:`) ||
    input.includes(`${lib}/`);
  const strangers = Object.keys(metafile.inputs).filter((input) => !isKnown(input));
  const outside = Object.values(metafile.outputs)
    .flatMap((output) => output.imports)
    .filter((one) => one.external && !vendored.has(one.path) && !/^(?:data:|#)/.test(one.path));
  return [...strangers, ...outside.map((one) => one.path)].map((name) =>
    finding(
      'foreign_module',
      `The bundle holds ${JSON.stringify(name.slice(0, 200))}, which no app may import.`,
    ),
  );
}

function checkText(outputs: readonly OutputFile[]): Diagnostic[] {
  const secrets = outputs.filter((one) => !one.path.endsWith('.map')).flatMap((one) => findSecrets(one.text));
  const message = (what: string): string =>
    `Joined together, strings of the app look like ${what}. Everything in an app is public.`;
  return secrets.map((one) => ({ check: 'imports', code: 'secret', message: message(one.what) }));
}

function toBundle(outputs: readonly OutputFile[], metafile: Metafile): Bundle {
  const bundle: Bundle = { files: new Map(), sourceMaps: new Map(), script: '', styles: [], vendored: [] };
  for (const output of outputs) {
    const path = output.path.slice(output.path.indexOf('/assets/'));
    if (path.endsWith('.map')) bundle.sourceMaps.set(path.slice(0, -4), output.text);
    else bundle.files.set(path, output.contents);
  }
  const found = Object.entries(metafile.outputs).find(([, one]) => one.entryPoint);
  bundle.script = found?.[0].replace(/^.*?(?=assets\/)/, '/') ?? '';
  bundle.styles = found?.[1].cssBundle ? [found[1].cssBundle.replace(/^.*?(?=assets\/)/, '/')] : [];
  bundle.vendored = (found?.[1].imports ?? []).filter((one) => one.external).map((one) => one.path);
  return bundle;
}

/** Bundles the app, or says why it cannot be. */
export async function bundleApp(
  files: Readonly<Record<string, string>>,
  parsed: readonly Parsed[],
): Promise<{ bundle?: Bundle; diagnostics: Diagnostic[] }> {
  const wholly = parsed.some((file) =>
    file.module.dynamicImports.some((one) => /lucide|date-fns/.test(file.text.slice(one.start, one.end))),
  );
  const result = await build({
    entryPoints: [{ in: 'entry', out: 'app' }],
    plugins: [
      moduleResolver({
        files,
        entry: ENTRY_SOURCE,
        shaken: (name) => shakenSource(name, importedNames(parsed, name), wholly),
      }),
    ],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    keepNames: false,
    sourcemap: 'external',
    sourcesContent: false,
    legalComments: 'none',
    charset: 'utf8',
    outdir: '/assets',
    absWorkingDir: '/',
    entryNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    assetNames: '[name]-[hash]',
    define: { 'process.env.NODE_ENV': '"production"' },
    tsconfigRaw: '{}',
    write: false,
    metafile: true,
    logLevel: 'silent',
    logLimit: 20,
  }).catch((error: { errors?: Message[] }) => error);
  if (!('outputFiles' in result)) {
    const errors = 'errors' in result && result.errors ? result.errors : [];
    if (errors.length === 0) throw result;
    return { diagnostics: errors.map(fromMessage) };
  }
  const outputs = result.outputFiles ?? [];
  const diagnostics = [...checkMetafile(result.metafile, files), ...checkText(outputs)];
  return diagnostics.length > 0
    ? { diagnostics }
    : { bundle: toBundle(outputs, result.metafile), diagnostics };
}
