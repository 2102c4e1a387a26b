// Picks files out of an unpacked Debian tree into the root of a small image, together with the shared libraries that
// each program needs. The tree's own loader tells which: asking the machine's would find the machine's libraries.
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { attempt } from '../shell.ts';

/** What to take: paths from the tree's root (directories whole), and names of files to leave out. */
export type Pick = { readonly take: readonly string[]; readonly leave?: readonly RegExp[] };

const loaders = { x64: '/lib64/ld-linux-x86-64.so.2', arm64: '/lib/ld-linux-aarch64.so.1' } as const;
const loader = process.arch === 'arm64' ? loaders.arm64 : loaders.x64;

/** Whether a file is a dynamic or static ELF program or library. */
function isElf(path: string): boolean {
  return (
    lstatSync(path).isFile() &&
    readFileSync(path)
      .subarray(0, 4)
      .equals(Buffer.from([0x7f, 0x45, 0x4c, 0x46]))
  );
}

function filesUnder(path: string, leave: readonly RegExp[]): string[] {
  if (leave.some((pattern) => pattern.test(path))) return [];
  if (!lstatSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesUnder(join(path, name), leave));
}

/** The libraries named by the tree's loader for one program, as absolute paths in the tree. */
export function librariesIn(list: string): string[] {
  return list
    .split('\n')
    .map((line) => /(?:=> )?(\/\S+) \(0x/.exec(line)?.[1])
    .filter((path) => path !== undefined);
}

/** Copies what is picked, with libraries, symbolic links and their targets, into `root`. */
export async function pickFiles(tree: string, root: string, pick: Pick): Promise<void> {
  const chosen = pick.take.flatMap((path) => filesUnder(join(tree, path), pick.leave ?? []));
  const needed = new Set<string>();
  for (const file of chosen.filter(isElf)) {
    const inside = file.slice(tree.length);
    const list = await attempt('chroot', [tree, loader, '--list', inside]);
    for (const library of list.ok ? [loader, ...librariesIn(list.stdout)] : []) needed.add(library);
  }
  for (const file of [...chosen, ...[...needed].map((path) => join(tree, path))])
    copyWithTarget(tree, root, file);
}

/** Copies one file, and when it is a link also what it points to. */
function copyWithTarget(tree: string, root: string, file: string): void {
  const target = join(root, file.slice(tree.length));
  mkdirSync(dirname(target), { recursive: true });
  if (lstatSync(target, { throwIfNoEntry: false }) === undefined)
    cpSync(file, target, { verbatimSymlinks: true, preserveTimestamps: true });
  if (!lstatSync(file).isSymbolicLink()) return;
  const next = linkTarget(tree, file);
  if (existsSync(next) && !lstatSync(next).isDirectory()) copyWithTarget(tree, root, next);
}

/** Where a link leads inside the tree. An absolute link means the tree's root, not this machine's. */
function linkTarget(tree: string, link: string): string {
  const target = readlinkSync(link);
  return target.startsWith('/') ? join(tree, target) : join(dirname(link), target);
}
