// lucide-react and date-fns, one module per imported name. Their index files pull in thousands of modules, which costs
// seven times the rest of the bundling; so an app gets a small module that re-exports just the names it imports.
// The app's source keeps its usual import; only the resolution differs. `import * as icons` gets the whole package.
import type { Parsed } from '../../../../operator/src/codegen/checks/syntax.ts';
import { assetPath, readAsset } from '../assets.ts';

/** Packages that are resolved name by name. */
export const SHAKEN = ['lucide-react', 'date-fns'] as const;
/** A package that is resolved name by name. */
export type ShakenPackage = (typeof SHAKEN)[number];

/** File of each exported name, relative to the package's folder under lib/; made by runtime/build.ts. */
export interface ShakenMap {
  index: string;
  names: Record<string, { file: string; export: string }>;
}

type Entry = { kind: string; name: string | null };

function nameOf({ kind, name }: Entry): string | undefined {
  if (kind === 'None') return undefined;
  if (kind === 'Default') return 'default';
  return kind === 'Name' && name ? name : '*';
}

/** Names that the app imports from a package; '*' for all of them. */
export function importedNames(files: readonly Parsed[], from: string): Set<string> {
  const imports = files
    .flatMap((file) => file.module.staticImports)
    .filter((one) => one.moduleRequest.value === from)
    .flatMap((one) => one.entries.filter((entry) => !entry.isType));
  const exports = files
    .flatMap((file) => file.module.staticExports.flatMap((one) => one.entries))
    .filter((entry) => entry.moduleRequest?.value === from);
  const names = [...imports, ...exports].map((entry) => nameOf(entry.importName));
  return new Set(names.filter((name) => name !== undefined));
}

/** Source of the module that stands for a shaken package in one app; `wholly` when import() may ask for any name. */
export function shakenSource(name: ShakenPackage, imported: ReadonlySet<string>, wholly: boolean): string {
  const map = readAsset<ShakenMap>('lib', `${name}.json`);
  const path = (file: string): string => JSON.stringify(assetPath('lib', name, file));
  if (wholly || imported.has('*')) return `export * from ${path(map.index)};`;
  const lines = [...imported].sort().map((one) => {
    const found = Object.hasOwn(map.names, one) ? map.names[one] : undefined;
    // A name that the package does not have is left to the bundler's own message at the import.
    return found ? `export { ${found.export} as ${one} } from ${path(found.file)};` : '';
  });
  return lines.join('\n') || 'export {};';
}
