// One whole check, in a process that may die: read, judge the source, then types, hook rules and bundle side by side,
// then render. The first step that finds something decides; what comes after would only repeat it.
// Started by check.ts with two arguments: the context's folder and the folder for the results.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSource, sortDiagnostics } from '../../../operator/src/codegen/checks/check-source.ts';
import { type Bundle, bundleApp } from './bundle/bundle-app.ts';
import { type Diagnostic, type Findings, makeTimer } from './findings.ts';
import { writeApp } from './page/write-app.ts';
import { readSource } from './read-source.ts';
import { type Renderer, startRenderer } from './render/render-app.ts';
import { checkRules } from './types/check-rules.ts';
import { checkTypes } from './types/check-types.ts';

type Timer = ReturnType<typeof makeTimer>;
type Files = Readonly<Record<string, string>>;

async function folderIn(directory: string, name: string): Promise<string> {
  const path = join(directory, name);
  await mkdir(path, { recursive: true });
  return path;
}

async function bundleAndRender(
  files: Files,
  renderer: Renderer,
  timer: Timer,
): Promise<{ bundle?: Bundle; diagnostics: Diagnostic[] }> {
  const { parsed } = checkSource(files);
  const bundled = await timer.timed('bundle', () => bundleApp(files, parsed));
  const { bundle } = bundled;
  if (!bundle) return { diagnostics: bundled.diagnostics };
  const diagnostics = await timer.timed('render', () => renderer.render(bundle));
  return { bundle, diagnostics };
}

async function judge(
  files: Files,
  scratch: string,
  timer: Timer,
): Promise<{ bundle?: Bundle; diagnostics: Diagnostic[] }> {
  const renderer = startRenderer(await folderIn(scratch, 'render'));
  try {
    const source = await timer.timed('source', async () => checkSource(files));
    if (source.diagnostics.length > 0) return { diagnostics: source.diagnostics };
    const [types, rules, rendered] = await Promise.all([
      timer.timed('types', async () => checkTypes(await folderIn(scratch, 'types'), files)),
      timer.timed('rules', async () => checkRules(await folderIn(scratch, 'rules'), files)),
      bundleAndRender(files, renderer, timer),
    ]);
    const diagnostics = sortDiagnostics([...types, ...rules, ...rendered.diagnostics]);
    return rendered.bundle && diagnostics.length === 0
      ? { bundle: rendered.bundle, diagnostics }
      : { diagnostics };
  } finally {
    renderer.stop();
  }
}

/** Checks the context in `inDir`; on success the app's layer is in `outDir`/app. */
export async function runCheck(inDir: string, outDir: string): Promise<Findings> {
  const timer = makeTimer();
  const scratch = await mkdtemp(join(tmpdir(), 'faibric-check-'));
  try {
    return await timer.timed('total', async () => {
      const source = await readSource(inDir);
      const judged =
        source.findings.length > 0
          ? { diagnostics: source.findings }
          : await judge(source.files, scratch, timer);
      const none = { bytes: 0, gzip: 0 };
      const bundle =
        'bundle' in judged && judged.bundle
          ? await writeApp(join(outDir, 'app'), source.app, judged.bundle)
          : none;
      return {
        ok: judged.diagnostics.length === 0,
        diagnostics: judged.diagnostics,
        timings: timer.timings,
        bundle,
      };
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const [, , inDir, outDir] = process.argv;
if (import.meta.main && inDir && outDir) {
  const findings = await runCheck(inDir, outDir);
  await writeFile(join(outDir, 'findings.json'), `${JSON.stringify(findings, null, 2)}\n`);
  process.exit(0); // esbuild's service and timers of ours must not hold the build up
}
