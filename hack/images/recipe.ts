// How an image is made where none can be pulled: as data, so that its cache key is a digest of the data and of what
// it is made from. Files come from an unpacked Debian tree, from compiled programs, or are written out here.
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { digestOf, type Entry, ensureEntry } from '../cache/cache.ts';
import { ensureGoPrograms, goEntry } from '../tools/go-build.ts';
import { goProgramSets } from '../tools/go-modules.ts';
import { type ImageConfig, packImage } from './oci.ts';
import { pickFiles } from './pick-files.ts';
import { ensureTree, treeEntry } from './root-file-systems.ts';

/** An image from parts. Every path is absolute in the image. */
export type Recipe = {
  readonly config: ImageConfig;
  /** Files of the `parts` tree with their libraries; `leave` are regular expressions on the tree's paths. */
  readonly take?: readonly string[];
  readonly leave?: readonly string[];
  /** Compiled programs: path in the image to `set/program`. */
  readonly programs?: Readonly<Record<string, string>>;
  /** Files of hack/images/files: path in the image to name there; `.sh` and programs become executable. */
  readonly files?: Readonly<Record<string, string>>;
  /** Directories with owner and mode. */
  readonly directories?: Readonly<Record<string, { readonly uid?: number; readonly mode: number }>>;
  readonly links?: Readonly<Record<string, string>>;
  /** User names and ids besides root and nobody. */
  readonly users?: Readonly<Record<string, number>>;
  /** Takes Node itself (the program that runs this) to /usr/local/bin. */
  readonly node?: boolean;
  /** Adds Debian's bundle of certificate authorities. */
  readonly certificates?: boolean;
};

type Say = (line: string) => void;

const filesFolder = new URL('./files/', import.meta.url).pathname;

function programOf(spec: string) {
  const [setName = '', program = ''] = spec.split('/');
  const set = Object.values(goProgramSets).find((candidate) => candidate.name === setName);
  if (set === undefined) throw new Error(`no set of Go programs is named ${setName}`);
  return { set, program };
}

/** Counts up when the code that follows recipes changes what comes out. */
const stagingVersion = 2;

/** The cache entry of an image made by this recipe. */
export function recipeEntry(name: string, recipe: Recipe): Entry {
  const programs = Object.values(recipe.programs ?? {}).map((spec) => goEntry(programOf(spec).set).key);
  const texts = Object.values(recipe.files ?? {}).map((file) =>
    readFileSync(join(filesFolder, file), 'utf8'),
  );
  const tree = recipe.take === undefined && recipe.certificates !== true ? '' : treeEntry('parts').key;
  const node = recipe.node === true ? process.version : '';
  return {
    kind: 'images',
    name,
    key: digestOf(stagingVersion, recipe, programs, texts, tree, node, process.arch),
  };
}

/** Gives the directory of the packed image, made when it is not there yet. */
export async function ensureImage(cacheDir: string, image: { name: string; recipe: Recipe }, say: Say) {
  return await ensureEntry(cacheDir, recipeEntry(image.name, image.recipe), async (dir) => {
    const root = join(dir, 'root');
    mkdirSync(root);
    await stage(cacheDir, root, { recipe: image.recipe, say });
    await packImage(root, dir, image.recipe.config);
    await rm(root, { recursive: true });
  });
}

async function stage(
  cacheDir: string,
  root: string,
  { recipe, say }: { recipe: Recipe; say: Say },
): Promise<void> {
  if (recipe.take !== undefined) {
    const tree = await ensureTree(cacheDir, 'parts', say);
    await pickFiles(tree, root, {
      take: recipe.take,
      leave: (recipe.leave ?? []).map((text) => new RegExp(text)),
    });
  }
  for (const [path, spec] of Object.entries(recipe.programs ?? {})) {
    const { set, program } = programOf(spec);
    install(join(await ensureGoPrograms(cacheDir, set, say), program), join(root, path), 0o755);
  }
  if (recipe.certificates === true) writeCertificates(await ensureTree(cacheDir, 'parts', say), root);
  if (recipe.node === true) install(process.execPath, join(root, 'usr/local/bin/node'), 0o755);
  writeOut(root, recipe);
}

/** The parts of a recipe that come from no cache. */
function writeOut(root: string, recipe: Recipe): void {
  for (const [path, file] of Object.entries(recipe.files ?? {})) {
    install(join(filesFolder, file), join(root, path), file.endsWith('.sh') ? 0o755 : 0o644);
  }
  for (const [path, target] of Object.entries(recipe.links ?? {})) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target, join(root, path));
  }
  writeAccounts(root, recipe.users ?? {});
  const directories: NonNullable<Recipe['directories']> = { '/tmp': { mode: 0o1777 }, ...recipe.directories };
  for (const [path, { uid, mode }] of Object.entries(directories)) {
    mkdirSync(join(root, path), { recursive: true });
    chmodSync(join(root, path), mode);
    chownSync(join(root, path), uid ?? 0, uid ?? 0);
  }
}

function install(from: string, to: string, mode: number): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  chmodSync(to, mode);
}

/** The tree is only unpacked, so Debian's own script has not made the bundle. */
function writeCertificates(tree: string, root: string): void {
  const folder = join(tree, 'usr/share/ca-certificates/mozilla');
  const texts = readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').trim());
  mkdirSync(join(root, 'etc/ssl/certs'), { recursive: true });
  writeFileSync(join(root, 'etc/ssl/certs/ca-certificates.crt'), `${texts.join('\n')}\n`);
}

/** Without these files a program that asks for its own user name fails. */
function writeAccounts(root: string, users: Readonly<Record<string, number>>): void {
  const all = Object.entries({ root: 0, ...users, nobody: 65534 });
  mkdirSync(join(root, 'etc'), { recursive: true });
  const passwd = all
    .map(([name, id]) => `${name}:x:${id}:${id}::${id === 0 ? '/root' : '/'}:/bin/sh\n`)
    .join('');
  writeFileSync(join(root, 'etc/passwd'), passwd);
  writeFileSync(join(root, 'etc/group'), all.map(([name, id]) => `${name}:x:${id}:\n`).join(''));
  writeFileSync(join(root, 'etc/nsswitch.conf'), 'passwd: files\ngroup: files\nhosts: files dns\n');
}
