// All static checks of an app's source, cheapest first; pure, the same in the operator and in the build sandbox.
// Findings are sorted and at most MAX_FINDINGS, so that equal input gives equal output.
// The native parser can die on hostile source that passes the depth guard: run it where a process may die.
import type { Diagnostic } from '@faibric/crds';
import { checkNames, checkUnseen } from './check-characters.ts';
import { checkConstructs } from './check-constructs.ts';
import { checkEntry, checkImports } from './check-imports.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkDepth, checkPaths, checkSizes } from './source-limits.ts';
import { type Parsed, parseFile } from './syntax.ts';

/** Most findings that one check reports. */
export const MAX_FINDINGS = 50;
/** The file whose default export is the app. */
export const ENTRY = 'src/App.tsx';

/** What the static checks found, and the parsed files for the steps that come after. */
export interface SourceCheck {
  diagnostics: Diagnostic[];
  parsed: Parsed[];
}

const isScript = (path: string): boolean => /\.tsx?$/.test(path);

function checkScript(path: string, text: string): { parsed?: Parsed; findings: Diagnostic[] } {
  const deep = checkDepth(path, text);
  return deep.length > 0 ? { findings: deep } : parseFile(path, text);
}

function compare(a: Diagnostic, b: Diagnostic): number {
  const byFile = (a.file ?? '') < (b.file ?? '') ? -1 : Number((a.file ?? '') > (b.file ?? ''));
  return byFile || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

/** Findings in file order, without repeats, cut to MAX_FINDINGS. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const unique = new Map(diagnostics.map((one) => [JSON.stringify(one), one]));
  return [...unique.values()].sort(compare).slice(0, MAX_FINDINGS);
}

/** Checks limits, syntax, imports and constructs. Empty `diagnostics` means that the source may be bundled. */
export function checkSource(files: Readonly<Record<string, string>>): SourceCheck {
  const paths = Object.keys(files).sort();
  const limits = [...checkSizes(files), ...checkPaths(paths)];
  if (limits.length > 0) return { diagnostics: sortDiagnostics(limits), parsed: [] };
  const findings: Diagnostic[] = [];
  const parsed: Parsed[] = [];
  for (const path of paths) {
    const text = files[path] ?? '';
    findings.push(...checkUnseen(path, text), ...checkSecrets(path, text));
    if (!isScript(path)) continue;
    const script = checkScript(path, text);
    findings.push(...script.findings);
    if (script.parsed) parsed.push(script.parsed);
  }
  const exists = (path: string): boolean => Object.hasOwn(files, path);
  for (const file of parsed) {
    findings.push(...checkImports(file, exists), ...checkConstructs(file), ...checkNames(file));
    if (file.path === ENTRY) findings.push(...checkEntry(file));
  }
  return { diagnostics: sortDiagnostics(findings), parsed };
}
