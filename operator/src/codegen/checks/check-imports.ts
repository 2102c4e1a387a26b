// Imports of an app (claims V1 to V3): every way of naming another module is found in the syntax tree and judged by
// one rule, the list of exact specifiers or a file of the app. `import type` counts: it names a module as well.
import type { Diagnostic } from '@faibric/crds';
import { ALLOWED_MODULES, INSTEAD_OF } from './allowed-modules.ts';
import { joinInside, resolveRelative } from './resolve-relative.ts';
import { constantText, findingAt, isNode, type Parsed, type SyntaxNode, walk } from './syntax.ts';

/** A module named by a file. */
export interface ModuleUse {
  specifier: string;
  offset: number;
}

const CODE = 'import_not_allowed';

function judge(use: ModuleUse, file: Parsed, exists: (path: string) => boolean): Diagnostic | undefined {
  const { specifier, offset } = use;
  const at = (code: string, message: string) => findingAt(file, offset, { check: 'imports', code, message });
  if (/^\.{1,2}(\/|$)/.test(specifier)) {
    if (resolveRelative(file.path, specifier, exists)) return undefined;
    if (joinInside(file.path, specifier) === undefined) {
      return at('import_outside', `"${specifier}" leaves src/; an app imports its own files only.`);
    }
    return at('import_not_found', `"${specifier}" names no file of this app (imported in ${file.path}).`);
  }
  if (ALLOWED_MODULES.includes(specifier)) return undefined;
  const shown = JSON.stringify(specifier.slice(0, 100));
  const parent = ALLOWED_MODULES.find((name) => specifier.startsWith(`${name}/`));
  if (parent) return at('import_subpath_not_allowed', `${shown} is no module here; import from "${parent}".`);
  const instead = Object.hasOwn(INSTEAD_OF, specifier) ? `; ${INSTEAD_OF[specifier]}` : '';
  const list = ALLOWED_MODULES.filter((name) => name !== 'react/jsx-runtime').join(', ');
  return at(CODE, `${shown} cannot be imported${instead}. Allowed: ${list} and relative files.`);
}

function staticUses(file: Parsed): ModuleUse[] {
  const imports = file.module.staticImports.map((one) => one.moduleRequest);
  const exports = file.module.staticExports.flatMap((one) => one.entries.map((entry) => entry.moduleRequest));
  const requests = [...imports, ...exports].filter((request) => request !== null);
  return requests.map((request) => ({ specifier: request.value, offset: request.start }));
}

/** Module named by one node that is no import or export declaration; null when its name is not constant. */
function otherUse(node: SyntaxNode): ModuleUse | null | undefined {
  const source =
    node.type === 'ImportExpression' || node.type === 'TSImportType'
      ? (node.source ?? node.argument)
      : node.type === 'TSExternalModuleReference'
        ? node.expression
        : undefined;
  if (source === undefined) return undefined;
  const literal = isNode(source) && source.type === 'TSLiteralType' ? source.literal : source;
  const plain = isNode(literal) && (literal.type === 'Literal' || literal.type === 'TemplateLiteral');
  const specifier = plain ? constantText(literal) : undefined;
  return specifier === undefined ? null : { specifier, offset: node.start };
}

function otherUses(file: Parsed): { uses: ModuleUse[]; findings: Diagnostic[] } {
  const uses: ModuleUse[] = [];
  const findings: Diagnostic[] = [];
  walk(file.program, (node) => {
    const use = otherUse(node);
    if (use) uses.push(use);
    if (use !== null) return;
    const message = 'import() takes one plain string here, so that what an app loads can be known.';
    findings.push(findingAt(file, node.start, { check: 'imports', code: 'dynamic_import', message }));
  });
  return { uses, findings };
}

/** Findings on every module that a file names. `exists` says whether the app has a file. */
export function checkImports(file: Parsed, exists: (path: string) => boolean): Diagnostic[] {
  const other = otherUses(file);
  const judged = [...staticUses(file), ...other.uses].map((use) => judge(use, file, exists));
  const references = file.comments
    .filter((comment) => comment.type === 'Line' && /^\/\s*<(reference|amd-)/.test(comment.value))
    .map((comment) =>
      findingAt(file, comment.start, {
        check: 'imports',
        code: 'reference_directive',
        message: '/// <reference> is not allowed; import what is needed.',
      }),
    );
  return [...judged.filter((finding) => finding !== undefined), ...other.findings, ...references];
}

/** Finding when the entry has no default export in its syntax (one in a comment or string is none). */
export function checkEntry(file: Parsed): Diagnostic[] {
  const isDefault = (entry: (typeof file.module.staticExports)[number]['entries'][number]) =>
    !entry.isType && (entry.exportName.kind === 'Default' || entry.exportName.name === 'default');
  if (file.module.staticExports.some((one) => one.entries.some(isDefault))) return [];
  const message = 'src/App.tsx has no default export: write "export default function App() { … }".';
  return [{ check: 'imports', code: 'no_default_export', message, file: file.path, line: 1, column: 1 }];
}
