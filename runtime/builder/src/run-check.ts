// One whole check, in a process that may die: read, judge the source, then types, hook rules and bundle side by side,
// then render. The first step that finds something decides; what comes after would only repeat it.
// Started by check.ts with two arguments: the context's folder and the folder for the results.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSource, sortDiagnostics } from '../../../operator/src/codegen/checks/check-source.ts';
import type { Parsed } from '../../../operator/src/codegen/checks/syntax.ts';
import { type Bundle, bundleApp } from './bundle/bundle-app.ts';
import { type Diagnostic, type Findings, makeTimer } from './findings.ts';
import { writeApp } from './page/write-app.ts';
import { readSource } from './read-source.ts';
import { type Renderer, startRenderer } from './render/render-app.ts';
import { checkRules } from './types/check-rules.ts';
import { checkTypes } from './types/check-types.ts';

type Timer = ReturnType<typeof makeTimer>;
type Files = Readonly<Record<string, string>>;

interface Judged {
  bundle?: Bundle;
  diagnostics: Diagnostic[];
}

interface Work {
  files: Files;
  renderer: Renderer;
  timer: Timer;
  scratch: string;
}

async function folderIn(directory: string, name: string): Promise<string> {
  const path = join(directory, name);
  await mkdir(path, { recursive: true });
  return path;
}

/** The same render once more, with builds that say in words what is wrong; what was found stays found. */
async function explain(bundle: Bundle, scratch: string, found: Diagnostic[]): Promise<Diagnostic[]> {
  const renderer = startRenderer(await folderIn(scratch, 'explain'), 'development');
  const explained = await renderer.render(bundle);
  return explained.length > 0 && explained.every((one) => one.code === 'render_error') ? explained : found;
}

async function bundleAndRender(work: Work, parsed: readonly Parsed[]): Promise<Judged> {
  const { files, renderer, timer, scratch } = work;
  const bundled = await timer.timed('bundle', () => bundleApp(files, parsed));
  const { bundle } = bundled;
  if (!bundle) return { diagnostics: bundled.diagnostics };
  const found = await timer.timed('render', () => renderer.render(bundle));
  if (found.every((one) => one.code !== 'render_error')) return { bundle, diagnostics: found };
  return { bundle, diagnostics: await timer.timed('explain', () => explain(bundle, scratch, found)) };
}

async function judge(files: Files, scratch: string, timer: Timer): Promise<Judged> {
  const renderer = startRenderer(await folderIn(scratch, 'render'));
  try {
    const source = await timer.timed('source', async () => checkSource(files));
    if (source.diagnostics.length > 0) return { diagnostics: source.diagnostics };
    const [types, rules, rendered] = await Promise.all([
      timer.timed('types', async () => checkTypes(await folderIn(scratch, 'types'), files)),
      timer.timed('rules', async () => checkRules(await folderIn(scratch, 'rules'), files)),
      bundleAndRender({ files, renderer, timer, scratch }, source.parsed),
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
