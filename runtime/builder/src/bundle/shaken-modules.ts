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

/** Names that the app imports from a package; '*' for all of them. */
export function importedNames(files: readonly Parsed[], from: string): Set<string> {
  const names = new Set<string>();
  const note = (kind: string, name: string | null): void => {
    if (kind === 'Name' && name) names.add(name);
    else if (kind === 'Default') names.add('default');
    else if (kind !== 'None') names.add('*');
  };
  for (const { module } of files) {
    for (const one of module.staticImports) {
      if (one.moduleRequest.value !== from) continue;
      for (const entry of one.entries) if (!entry.isType) note(entry.importName.kind, entry.importName.name);
    }
    for (const entry of module.staticExports.flatMap((one) => one.entries)) {
      if (entry.moduleRequest?.value === from) note(entry.importName.kind, entry.importName.name);
    }
  }
  return names;
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
