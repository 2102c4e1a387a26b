// Every image of others that the local cluster runs or builds on: its upstream name, and the recipe for where it
// cannot be pulled. Chart and Dockerfiles use the upstream names, so they are the same everywhere.
import { controlPlaneImages, type ThirdPartyImage } from './control-plane-recipes.ts';
import type { Recipe } from './recipe.ts';

const shell = [
  '/bin/sh',
  '/bin/dash',
  '/bin/cat',
  '/bin/chmod',
  '/bin/mkdir',
  '/bin/ls',
  '/bin/rm',
  '/bin/mv',
];
const fewTools = [...shell, '/bin/sleep', '/bin/mktemp', '/usr/bin/id', '/usr/bin/dirname', '/usr/bin/env'];
const postgresHome = '/usr/lib/postgresql/15';

const postgres: Recipe = {
  config: {
    Entrypoint: ['docker-entrypoint.sh'],
    Cmd: ['postgres'],
    Env: [
      `PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:${postgresHome}/bin`,
      'PGDATA=/var/lib/postgresql/data',
      'LANG=C.UTF-8',
    ],
    User: '999:999',
    StopSignal: 'SIGINT',
    ExposedPorts: { '5432/tcp': {} },
    Volumes: { '/var/lib/postgresql/data': {} },
  },
  take: [
    ...fewTools,
    `${postgresHome}/bin`,
    `${postgresHome}/lib`,
    '/usr/share/postgresql/15',
    '/usr/share/zoneinfo',
    '/usr/lib/locale/C.utf8',
  ],
  // LLVM's just-in-time compiler alone would be 120 MB.
  leave: ['/lib/bitcode/', '/llvmjit', '/lib/pgxs/', '/share/postgresql/15/man/', '/zoneinfo/(right|posix)/'],
  files: { '/usr/local/bin/docker-entrypoint.sh': 'postgres-entrypoint.sh' },
  users: { postgres: 999 },
  directories: {
    '/var/run/postgresql': { uid: 999, mode: 0o3777 },
    '/var/lib/postgresql': { uid: 999, mode: 0o755 },
    '/var/lib/postgresql/data': { uid: 999, mode: 0o1777 },
    '/docker-entrypoint-initdb.d': { mode: 0o755 },
  },
};

const redis: Recipe = {
  config: {
    Entrypoint: ['docker-entrypoint.sh'],
    Cmd: ['redis-server'],
    User: '999:999',
    WorkingDir: '/data',
    ExposedPorts: { '6379/tcp': {} },
    Volumes: { '/data': {} },
  },
  take: [...fewTools, '/usr/bin/redis-server', '/usr/bin/redis-cli', '/usr/bin/redis-check-rdb'],
  files: { '/usr/local/bin/docker-entrypoint.sh': 'redis-entrypoint.sh' },
  users: { redis: 999 },
  directories: { '/data': { uid: 999, mode: 0o755 } },
};

const registry: Recipe = {
  config: {
    Entrypoint: ['/bin/registry'],
    Cmd: ['serve', '/etc/distribution/config.yml'],
    ExposedPorts: { '5000/tcp': {} },
    Volumes: { '/var/lib/registry': {} },
  },
  take: ['/usr/bin/docker-registry', '/bin/sh', '/bin/dash'],
  files: { '/etc/distribution/config.yml': 'registry.yml' },
  links: {
    '/bin/registry': '/usr/bin/docker-registry',
    '/etc/docker/registry/config.yml': '/etc/distribution/config.yml',
  },
  directories: { '/var/lib/registry': { mode: 0o1777 } },
};

const traefik: Recipe = {
  config: { Entrypoint: ['/entrypoint.sh'], Cmd: ['traefik'], ExposedPorts: { '80/tcp': {} } },
  take: shell,
  certificates: true,
  programs: { '/usr/local/bin/traefik': 'traefik/traefik' },
  files: { '/entrypoint.sh': 'traefik-entrypoint.sh' },
  users: { nonroot: 65532 },
};

const buildkit: Recipe = {
  config: { Entrypoint: ['buildkitd'], Volumes: { '/var/lib/buildkit': {} } },
  take: [...fewTools, '/usr/sbin/runc'],
  certificates: true,
  programs: { '/usr/bin/buildkitd': 'buildkit/buildkitd', '/usr/bin/buildctl': 'buildkit/buildctl' },
  links: { '/usr/bin/buildkit-runc': '/usr/sbin/runc' },
  directories: {
    '/var/lib/buildkit': { mode: 0o711 },
    '/run': { mode: 0o755 },
    '/etc/buildkit': { mode: 0o755 },
  },
};

const nginx: Recipe = {
  config: {
    Entrypoint: ['nginx'],
    Cmd: ['-g', 'daemon off;'],
    StopSignal: 'SIGQUIT',
    ExposedPorts: { '8080/tcp': {} },
  },
  take: ['/usr/sbin/nginx', '/etc/nginx/mime.types'],
  files: { '/etc/nginx/nginx.conf': 'nginx.conf' },
  users: { nginx: 101 },
  directories: {
    '/var/log/nginx': { uid: 101, mode: 0o777 },
    '/var/lib/nginx': { uid: 101, mode: 0o777 },
    '/usr/share/nginx/html': { mode: 0o755 },
    '/run': { mode: 0o755 },
  },
};

const node: Recipe = {
  config: { Cmd: ['node'], Env: ['NODE_VERSION=24'] },
  take: [
    ...[
      '/bin',
      '/usr/bin/env',
      '/usr/bin/id',
      '/usr/bin/dirname',
      '/usr/bin/basename',
      '/usr/bin/head',
      '/usr/bin/tail',
    ],
    ...[
      '/usr/bin/sort',
      '/usr/bin/tr',
      '/usr/bin/wc',
      '/usr/bin/find',
      '/usr/bin/xargs',
      '/usr/bin/cut',
      '/usr/bin/printf',
    ],
    // What Node and native npm packages link, which the loader is not asked for.
    ...libraries(
      'libstdc++.so.6',
      'libgcc_s.so.1',
      'libm.so.6',
      'libdl.so.2',
      'libpthread.so.0',
      'librt.so.1',
      'libatomic.so.1',
    ),
  ],
  certificates: true,
  leave: ['/bin/(bash|ps|systemctl|journalctl|loginctl|networkctl|ip|ss|nft|perl.*)$'],
  users: { node: 1000 },
  directories: {
    '/home/node': { uid: 1000, mode: 0o755 },
    '/root': { mode: 0o700 },
    '/run': { mode: 0o755 },
  },
  node: true,
};

/** Library paths in the tree, where Debian puts them: the C library's own in /lib, others in /usr/lib. */
function libraries(...names: string[]): string[] {
  const folder = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  const inLib = new Set(['libgcc_s.so.1', 'libm.so.6', 'libdl.so.2', 'libpthread.so.0', 'librt.so.1']);
  return names.map((name) => `${inLib.has(name) ? '/lib' : '/usr/lib'}/${folder}/${name}`);
}

const hub = (repository: string, tag: string, recipe: Recipe): ThirdPartyImage[] => [
  { host: 'docker.io', repository, tag, recipe },
];

/** The registry image: it must run before anything can be pushed. */
export const registryImage: ThirdPartyImage = {
  host: 'docker.io',
  repository: 'library/registry',
  tag: '3',
  recipe: registry,
};

/** BuildKit's image, which also builds ours on the host. */
export const buildkitImage: ThirdPartyImage = {
  host: 'docker.io',
  repository: 'moby/buildkit',
  tag: 'v0.34.2',
  recipe: buildkit,
};

/** Every image, in the order in which a starting cluster needs them. */
export const thirdPartyImages: readonly ThirdPartyImage[] = [
  ...controlPlaneImages,
  buildkitImage,
  ...hub('library/traefik', 'v3.6.12', traefik),
  ...hub('library/postgres', '15-bookworm', postgres),
  ...hub('library/redis', '7.0-bookworm', redis),
  registryImage,
  ...hub('library/nginx', 'stable-bookworm', nginx),
  ...hub('library/node', '24-bookworm-slim', node),
];

/** The whole name of an image, as a person would pull it. */
export const fullName = (image: ThirdPartyImage) => `${image.host}/${image.repository}:${image.tag}`;

/** The name of an image in our cache. */
export const imageName = (image: ThirdPartyImage) => image.repository.replaceAll('/', '_');
