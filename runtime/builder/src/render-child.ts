// The process that runs an app once to see whether it works. It sends one message and is killed. Order matters: the
// page's globals come before React, which looks at them as it loads, and Node's go before the app's code runs.
// Vendored addresses are answered from disk: from the builds that apps get, or from the development builds, whose errors
// are in words but which take twice as long.
import { readFileSync } from 'node:fs';
import { flushCompileCache, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assetPath, vendorManifest } from './assets.ts';
import { installBrowserGlobals } from './render/browser-globals.ts';
import { placeInSource } from './render/map-stack.ts';
import { type Page, type RenderFinding, renderWorlds } from './render/render-worlds.ts';

const directory = process.argv[2] ?? '';
const folder = process.argv[3] === 'development' ? ['vendor-dev'] : ['vendor', vendorManifest().digest];
const warm = process.env.FAIBRIC_WARM !== undefined;
const { base, modules } = vendorManifest();
const send = process.send?.bind(process);
const node = process;
const vendored = (address: string): string =>
  pathToFileURL(assetPath(...folder, address.slice(base.length))).href;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith(base)) return { url: vendored(specifier), format: 'module', shortCircuit: true };
    return next(specifier, context);
  },
  load(url, context, next) {
    // Files of the bundle have no package.json that would call them modules.
    return next(url, url.endsWith('.js') ? { ...context, format: 'module' } : context);
  },
});

const mapOf = (path: string): string | undefined => {
  try {
    return readFileSync(join(directory, `${path}.map`), 'utf8');
  } catch {
    return undefined;
  }
};

function report(findings: readonly RenderFinding[]): void {
  const answer = findings.map(({ code, message, error }) => {
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    return { code, message, ...placeInSource(stack, mapOf) };
  });
  if (warm) flushCompileCache();
  send?.({ findings: answer }, () => node.exit(0));
}

async function run(script: string, document: Document): Promise<void> {
  let App: unknown;
  const mounts: unknown[] = [];
  // The bundle's last statement is mount(App): it is caught here, and made again in each world.
  Reflect.set(globalThis, '__faibricMount', (component: unknown) => mounts.push(component));
  try {
    await import(pathToFileURL(join(directory, script)).href);
    App = mounts[0];
  } catch (error) {
    return report([{ code: 'render_error', message: String(error), error }]);
  }
  Reflect.deleteProperty(globalThis, '__faibricMount');
  if (typeof App !== 'function' && typeof App !== 'object') {
    return report([{ code: 'render_error', message: 'The default export of src/App.tsx is no component.' }]);
  }
  const { mount } = (await import(modules['@faibric/app/mount']?.path ?? '')) as Pick<Page, 'mount'>;
  report(await renderWorlds({ document, mount, App }));
}

node.on('unhandledRejection', () => {}); // a browser logs these and goes on
node.on('uncaughtException', (error) => report([{ code: 'render_error', message: String(error), error }]));
const messages = new Promise<string>((resolve) =>
  node.once('message', (m: { script: string }) => resolve(m.script)),
);
const window = installBrowserGlobals();
globalThis.console = { ...console, log() {}, warn() {}, error() {}, info() {}, debug() {} };
for (const specifier of ['react-dom/client', '@faibric/app']) await import(modules[specifier]?.path ?? '');
await run(await messages, window.document as unknown as Document);
