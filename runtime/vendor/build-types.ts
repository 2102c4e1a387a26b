// The type declarations that apps are checked against. Icons get a small generated declaration: the package's own has
// 2.5 MB, which the compiler would read for every app. Our SDK's are emitted from its source.
import { execFile } from 'node:child_process';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tscPath } from '../builder/src/assets.ts';
import { packageFolder } from './package-folder.ts';

const COPIED = ['@types/react', '@types/react-dom', 'recharts', 'date-fns', 'clsx', 'csstype'] as const;

/** Declaration of each specifier, relative to OUT/types. */
const PATHS: Readonly<Record<string, string>> = {
  react: '@types/react/index.d.ts',
  'react/jsx-runtime': '@types/react/jsx-runtime.d.ts',
  'react-dom': '@types/react-dom/index.d.ts',
  csstype: 'csstype/index.d.ts',
  recharts: 'recharts/types/index.d.ts',
  'date-fns': 'date-fns/index.d.ts',
  clsx: 'clsx/clsx.d.mts',
  'lucide-react': 'lucide-react.d.ts',
  '@faibric/app': 'sdk/index.d.ts',
};

function iconTypes(names: readonly string[]): string {
  const other = new Set([
    'default',
    'createLucideIcon',
    'icons',
    'Icon',
    'LucideProvider',
    'useLucideContext',
  ]);
  const icons = names.filter((name) => !other.has(name));
  return `import type { ForwardRefExoticComponent, RefAttributes, SVGProps } from 'react';
export type IconNode = [elementName: string, attrs: Record<string, string>][];
export interface LucideProps extends Omit<SVGProps<SVGSVGElement>, 'ref'>, RefAttributes<SVGSVGElement> {
  size?: string | number;
  absoluteStrokeWidth?: boolean;
}
export type LucideIcon = ForwardRefExoticComponent<Omit<LucideProps, 'ref'> & RefAttributes<SVGSVGElement>>;
export declare const icons: Record<string, LucideIcon>;
export declare const Icon: ForwardRefExoticComponent<LucideProps & { iconNode: IconNode }>;
export declare function createLucideIcon(name: string, node: IconNode): LucideIcon;
export declare const ${icons.map((name) => `${name}: LucideIcon`).join(', ')};
`;
}

async function copyDeclarations(from: string, to: string): Promise<void> {
  await cp(from, to, {
    recursive: true,
    dereference: true,
    filter: (path) =>
      !/node_modules\/[^/]+(\/[^/]+)?\/node_modules|\/(?:docs|umd|es6|locale|fp|cdn|test-utils|ts5\.0)(\/|$)/.test(
        path,
      ) &&
      (!/\.[a-z]+$/i.test(path) || /\.d\.m?ts$|package\.json$/.test(path)),
  });
}

async function emitSdkTypes(out: string): Promise<void> {
  const source = join(import.meta.dirname, '../sdk');
  const options = [
    '--declaration',
    '--emitDeclarationOnly',
    '--noEmit',
    'false',
    '--outDir',
    out,
    '--rewriteRelativeImportExtensions',
  ];
  await promisify(execFile)(tscPath(), ['-p', join(source, 'tsconfig.json'), ...options]).catch(
    (error: { stdout?: string }) => {
      throw new Error(`the SDK's types could not be made: ${error.stdout ?? String(error)}`);
    },
  );
}

/** Writes OUT/types and its paths.json. `iconNames` are the exports of lucide-react. */
export async function buildTypes(out: string, iconNames: readonly string[]): Promise<void> {
  const types = join(out, 'types');
  await rm(types, { recursive: true, force: true });
  await mkdir(types, { recursive: true });
  for (const name of COPIED) await copyDeclarations(packageFolder(name), join(types, name));
  await writeFile(join(types, 'lucide-react.d.ts'), iconTypes(iconNames));
  await emitSdkTypes(join(types, 'sdk'));
  await writeFile(join(types, 'paths.json'), JSON.stringify(PATHS));
}
