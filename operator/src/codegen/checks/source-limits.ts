// How large an app's source may be and what its files may be called (claims V10, V12). Sizes are bytes of UTF-8.
// The depth guard is a safety belt, not a parser: the native parser dies of a stack overflow on source nested
// many thousand levels deep, and no exception can be caught then, so such source never reaches it.
import type { Diagnostic } from '@faibric/crds';

/** Most files in one app. */
export const MAX_FILES = 40;
/** Most bytes in one file. */
export const MAX_FILE_BYTES = 200 * 1024;
/** Most bytes in all files. */
export const MAX_SOURCE_BYTES = 512 * 1024;
/** Longest path. */
export const MAX_PATH = 200;
/** Deepest nesting of brackets, and longest run of prefix operators, that reaches the parser. */
export const MAX_DEPTH = 400;

const PATH = /^src(?:\/[A-Za-z0-9_-]+)+\.(?:tsx|ts|css)$/;
const RESERVED = /(?:^|\/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\/|$)/i;
const PREFIX_RUN = new RegExp(`(?:[-!~+]\\s*|\\b(?:typeof|void|delete|await|new|keyof)\\s+){${MAX_DEPTH},}`);

const encoder = new TextEncoder();
const limit = (code: string, message: string, file?: string): Diagnostic => ({
  check: 'limits',
  code,
  message,
  ...(file === undefined ? {} : { file: file.slice(0, 300) }),
});

/** Path printed as escapes where it holds anything but printable ASCII, so that a log cannot be fooled by it. */
function printable(path: string): string {
  return JSON.stringify(path.slice(0, 80)).replace(
    /[^\x20-\x7e]/g,
    (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`,
  );
}

/** Findings on the names of the files: pattern, reserved names, twins that differ in case alone, entry present. */
export function checkPaths(paths: readonly string[]): Diagnostic[] {
  const findings: Diagnostic[] = [];
  const seen = new Map<string, string>();
  for (const path of paths) {
    if (path.length > MAX_PATH || !PATH.test(path) || RESERVED.test(path)) {
      const rule = 'paths are src/… of letters, digits, "_" and "-", ending in .tsx, .ts or .css';
      findings.push(limit('bad_path', `${printable(path)} is no allowed path: ${rule}.`));
      continue;
    }
    const twin = seen.get(path.toLowerCase());
    if (twin)
      findings.push(limit('path_collision', `${path} and ${twin} differ in case alone; rename one.`, path));
    seen.set(path.toLowerCase(), path);
  }
  if (!paths.includes('src/App.tsx')) {
    findings.push(
      limit('missing_entry', 'src/App.tsx is missing: it exports the app’s component as default.'),
    );
  }
  return findings;
}

/** Findings on number and size of the files. */
export function checkSizes(files: Readonly<Record<string, string>>): Diagnostic[] {
  const entries = Object.entries(files);
  if (entries.length > MAX_FILES) {
    return [limit('too_many_files', `${entries.length} files; at most ${MAX_FILES} are allowed.`)];
  }
  const findings: Diagnostic[] = [];
  let total = 0;
  for (const [path, text] of entries) {
    const bytes = encoder.encode(text).length;
    total += bytes;
    if (bytes <= MAX_FILE_BYTES) continue;
    findings.push(limit('file_too_large', `${bytes} bytes; a file has at most ${MAX_FILE_BYTES}.`, path));
  }
  if (total > MAX_SOURCE_BYTES) {
    findings.push(
      limit('source_too_large', `${total} bytes in all; at most ${MAX_SOURCE_BYTES} are allowed.`),
    );
  }
  return findings;
}

/** Findings on source that would overflow the parser's stack. */
export function checkDepth(path: string, text: string): Diagnostic[] {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 40 || c === 91 || c === 123) deepest = Math.max(deepest, ++depth);
    else if (c === 41 || c === 93 || c === 125) depth = Math.max(0, depth - 1);
  }
  if (deepest <= MAX_DEPTH && !PREFIX_RUN.test(text)) return [];
  return [limit('too_deep', `Nested deeper than ${MAX_DEPTH} levels; split it into smaller parts.`, path)];
}
