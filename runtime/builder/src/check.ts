// The check as others call it: never throws for bad source, never hangs, always leaves findings.json. The work is done
// by a child process, because the native parser and compilers can be crashed by hostile source and must not take the
// caller with them.
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { programPath } from './assets.ts';
import { type Findings, failed } from './findings.ts';

/** Longest time for a whole check, in milliseconds. */
const DEADLINE = 50_000;

interface End {
  code: number | null;
  signal: string | null;
  late: boolean;
  stderr: string;
}

function run(inDir: string, outDir: string): Promise<End> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--no-warnings', programPath('run-check'), inDir, outDir], {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true, // a group of its own, so that its children end with it
    });
    let stderr = '';
    let late = false;
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString()).slice(-4000);
    });
    const stop = (): void => {
      late = true;
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    };
    const timer = setTimeout(stop, DEADLINE);
    child.on('error', (error) => resolve({ code: 1, signal: null, late, stderr: error.message }));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, late, stderr });
    });
  });
}

function explain(end: End): Findings {
  if (end.late) {
    const message = `The check took longer than ${DEADLINE / 1000} s; make the source smaller or simpler.`;
    return failed({ check: 'limits', code: 'check_timeout', message });
  }
  if (end.signal) {
    const message = `The source crashed the check (${end.signal}); it may be nested too deeply.`;
    return failed({ check: 'parse', code: 'check_crashed', message });
  }
  const last = end.stderr.trim().slice(-1000);
  return failed({ check: 'bundle', code: 'check_failed', message: `The check itself failed: ${last}` });
}

/** Checks the app in `inDir` (app.json, src/…) and leaves findings.json and, when it is fine, app/ in `outDir`. */
export async function check(inDir: string, outDir: string): Promise<Findings> {
  const path = join(outDir, 'findings.json');
  await mkdir(outDir, { recursive: true });
  await rm(path, { force: true });
  await rm(join(outDir, 'app'), { recursive: true, force: true });
  const end = await run(inDir, outDir);
  if (end.code === 0) return JSON.parse(await readFile(path, 'utf8')) as Findings;
  const findings = explain(end);
  await rm(join(outDir, 'app'), { recursive: true, force: true });
  // The image target copies this folder: it exists even when there is nothing to ship.
  await writeFile(path, `${JSON.stringify(findings, null, 2)}\n`);
  return findings;
}
