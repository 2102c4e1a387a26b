// The two Debian trees that images are made of where nothing can be pulled: `node`, a configured system with systemd
// and containerd, and `parts`, packages only unpacked (no scripts run), from which small images pick their files.
// Both need root: mmdebstrap makes device nodes and owners.
import { join } from 'node:path';
import { digestOf, type Entry, ensureEntry, isCached } from '../cache/cache.ts';
import { installPackages } from '../docker/engine.ts';
import { run, whereIs } from '../shell.ts';

const suite = 'bookworm';

type Tree = { readonly variant: string; readonly packages: readonly string[] };

const nodePackages = [
  ...[
    'systemd',
    'dbus',
    'conntrack',
    'iptables',
    'ipset',
    'nftables',
    'iproute2',
    'ethtool',
    'kmod',
    'mount',
    'libseccomp2',
  ],
  ...['e2fsprogs', 'jq', 'procps', 'curl', 'socat', 'bash', 'ca-certificates'],
  ...['containerd', 'runc', 'containernetworking-plugins'],
];

const partPackages = [
  ...[
    'postgresql-15',
    'redis-server',
    'nginx-light',
    'docker-registry',
    'runc',
    'iptables',
    'nftables',
    'conntrack',
  ],
  ...[
    'kmod',
    'libstdc++6',
    'dash',
    'coreutils',
    'sed',
    'grep',
    'findutils',
    'ca-certificates',
    'tzdata',
    'git',
  ],
  ...['base-files', 'netbase', 'openssl'],
];

const trees: Readonly<Record<'node' | 'parts', Tree>> = {
  node: { variant: 'minbase', packages: nodePackages },
  parts: { variant: 'extract', packages: partPackages },
};

/** The names of the trees. */
export type TreeName = keyof typeof trees;

/** The cache entry of a tree; its key changes with the suite and the list of packages. */
export function treeEntry(name: TreeName): Entry {
  return { kind: 'trees', name, key: digestOf(suite, trees[name]) };
}

/** Gives the directory of a tree, made by mmdebstrap when it is not there yet (about a minute). */
export async function ensureTree(
  cacheDir: string,
  name: TreeName,
  say: (line: string) => void,
): Promise<string> {
  if (!isCached(cacheDir, treeEntry(name)) && (await whereIs('mmdebstrap')) === undefined) {
    await installPackages(['mmdebstrap', 'debian-archive-keyring'], say);
  }
  const entry = await ensureEntry(cacheDir, treeEntry(name), async (dir) => {
    const { variant, packages } = trees[name];
    // In a directory entry of the cache: the tree itself must be owned by root and hold nothing else.
    const args = [
      '--mode=root',
      `--variant=${variant}`,
      `--include=${packages.join(',')}`,
      '--format=directory',
    ];
    const lean = [
      'path-exclude=/usr/share/doc/*',
      'path-exclude=/usr/share/man/*',
      'path-exclude=/usr/share/info/*',
    ];
    const dpkg = variant === 'extract' ? [] : lean.map((option) => `--dpkgopt=${option}`);
    await run('mmdebstrap', [...args, ...dpkg, suite, join(dir, 'tree')], {
      timeoutMs: 1_200_000,
      onLine: say,
    });
  });
  return join(entry, 'tree');
}
