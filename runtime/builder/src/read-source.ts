// Reads the build context: app.json and every file under src/. Nothing is followed: a symbolic link, a device or any
// other thing that is not a plain file is a finding, and no more is read than the limits allow.
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod/mini';
import { MAX_FILES, MAX_SOURCE_BYTES } from '../../../operator/src/codegen/checks/source-limits.ts';
import type { Diagnostic } from './findings.ts';

const origin = z.string().check(z.regex(/^https?:\/\/[a-z0-9.-]+(:(\d{1,5}|\*))?$/));

/** The content of app.json, written by the operator. */
export const appFile = z.object({
  appId: z.string().check(z.regex(/^[a-z0-9-]{1,63}$/)),
  revision: z.number().check(z.int(), z.positive()),
  title: z.string().check(z.maxLength(200)),
  /** BCP 47 language of the page; default "en". */
  language: z.optional(z.string().check(z.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/))),
  /** Origins that may show the app in a frame; default: the dashboard at faibric.localhost. */
  frameAncestors: z.optional(z.array(origin).check(z.maxLength(10))),
});

/** The content of app.json. */
export type AppFile = z.infer<typeof appFile>;

/** What was read. */
export interface Source {
  app: AppFile;
  files: Record<string, string>;
  findings: Diagnostic[];
}

const limit = (code: string, message: string): Diagnostic => ({ check: 'limits', code, message });
const decoder = new TextDecoder('utf-8', { fatal: true });

async function readText(path: string, name: string, source: Source): Promise<void> {
  const stat = await lstat(path);
  const shown = JSON.stringify(name.slice(0, 200));
  if (!stat.isFile()) {
    source.findings.push(limit('not_a_file', `${shown} is no plain file.`));
    return;
  }
  if (stat.size > MAX_SOURCE_BYTES) {
    source.findings.push(limit('file_too_large', `${shown} has ${stat.size} bytes.`));
    return;
  }
  try {
    source.files[name] = decoder.decode(await readFile(path));
  } catch {
    source.findings.push({ check: 'parse', code: 'not_utf8', message: `${shown} is no UTF-8 text.` });
  }
}

/** Reads the context in `directory`. Throws only when app.json is missing or wrong, which is the operator's fault. */
export async function readSource(directory: string): Promise<Source> {
  const app = appFile.parse(JSON.parse(await readFile(join(directory, 'app.json'), 'utf8')));
  const source: Source = { app, files: {}, findings: [] };
  const entries = await readdir(join(directory, 'src'), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  const found = entries.filter((entry) => !entry.isDirectory());
  if (found.length > MAX_FILES) {
    source.findings.push(limit('too_many_files', `${found.length} files; at most ${MAX_FILES} are allowed.`));
    return source;
  }
  for (const entry of found) {
    const path = join(entry.parentPath, entry.name);
    await readText(path, relative(directory, path), source);
  }
  return source;
}
