// What an exported app needs besides its own source, as one JSON file in the API's image: the SDK's source, the platform
// in the browser, the licence, and the versions that the packages are pinned to. Made when the API is bundled.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');

const manifest = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

/** Packages that an app may import, and what they ask for themselves. */
const APP_PACKAGES = ['clsx', 'date-fns', 'lucide-react', 'react', 'react-dom', 'react-is', 'recharts'];
const BUILD_PACKAGES = ['@vitejs/plugin-react', 'vite'];

const notShipped = /\.test\.tsx?$|tsconfig\.json$/;

/** Files below a folder of the checkout, under the name that they get in an export. */
async function filesBelow(folder: string, name: string): Promise<[string, string][]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !notShipped.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, folder).length + 1))
    .sort();
  return await Promise.all(
    paths.map(
      async (path): Promise<[string, string]> => [
        `${name}/${path}`,
        await readFile(join(root, folder, path), 'utf8'),
      ],
    ),
  );
}

async function versionsOf(workspace: string, names: readonly string[]): Promise<Record<string, string>> {
  const { dependencies, devDependencies } = manifest.parse(
    JSON.parse(await readFile(join(root, workspace, 'package.json'), 'utf8')),
  );
  const all: Record<string, string> = { ...devDependencies, ...dependencies };
  return Object.fromEntries(
    names.map((name) => {
      const version = all[name];
      if (version === undefined) throw new Error(`${workspace}/package.json does not name ${name}`);
      return [name, version];
    }),
  );
}

/** Makes the kit; the API reads it (api/src/export/export-kit.ts). */
export async function makeExportKit(): Promise<object> {
  const files = [
    ...(await filesBelow('runtime/sdk/src', 'faibric/sdk')),
    ...(await filesBelow('runtime/standalone', 'faibric')),
    ['faibric/LICENSE', await readFile(join(root, 'LICENSE'), 'utf8')] as const,
  ];
  return {
    files: Object.fromEntries(files),
    dependencies: await versionsOf('runtime', APP_PACKAGES),
    devDependencies: await versionsOf('web', BUILD_PACKAGES),
  };
}
