// Says at once what this machine lacks, each with the remedy, before anything is changed. Pure.

import type { Machine } from './machine.ts';
import { duration } from './steps.ts';

const GiB = 1024 ** 3;

/** Oldest Go that compiles the pinned modules. */
export const neededGo = '1.26.8';

/** Compares dotted versions: negative when `a` is older. */
export function compareVersions(a: string, b: string): number {
  const parts = (version: string) => version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < 3; i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** How much disk the work ahead takes. */
export function neededBytes(machine: Machine): number {
  if (machine.mode === 'pull') return 8 * GiB;
  if (machine.goSetsToBuild.length > 0) return 25 * GiB;
  return machine.cluster === 'missing' ? 8 * GiB : 2 * GiB;
}

/** Every reason why `up` cannot succeed here; empty when it can. */
export function preflight(machine: Machine, settings: { httpPort: number }): string[] {
  return [
    ...platformProblems(machine),
    ...engineProblems(machine),
    ...goProblems(machine),
    ...portProblems(machine, settings.httpPort),
    ...diskProblems(machine),
  ];
}

function platformProblems(machine: Machine): string[] {
  if (!['x64', 'arm64'].includes(machine.arch)) {
    return [`This processor (${machine.arch}) is not supported. Use a 64-bit Intel, AMD or ARM machine.`];
  }
  if (machine.mode === 'build' && machine.platform !== 'linux') {
    return [
      'No image registry answers, and images can only be built on Linux. Connect to the internet and try again.',
    ];
  }
  return [];
}

function engineProblems(machine: Machine): string[] {
  if (machine.engine !== undefined) {
    return machine.mode === 'build' && !machine.isRoot && machine.treesToBuild > 0
      ? [
          'No image registry answers, so images are built here, which needs root. Run it as root, or connect to the internet.',
        ]
      : [];
  }
  if (machine.platform !== 'linux') return ['No Docker engine answers. Start Docker Desktop and try again.'];
  if (!machine.isRoot) {
    return [
      'No Docker engine answers. Start one (and be in the group docker), or run this as root to have it installed.',
    ];
  }
  if (!machine.dockerd && !['debian', 'ubuntu'].includes(machine.distribution)) {
    return [
      `No Docker engine answers, and it is installed only on Debian and Ubuntu. Install Docker, then try again.`,
    ];
  }
  return [];
}

function goProblems(machine: Machine): string[] {
  if (machine.goSetsToBuild.length === 0) return [];
  const what = machine.goSetsToBuild.flatMap((set) => Object.keys(set.programs)).join(', ');
  if (machine.go === undefined) {
    return [
      `Go is needed to build ${what}. Install Go ${neededGo} or newer (https://go.dev/dl), then try again.`,
    ];
  }
  if (compareVersions(machine.go, neededGo) < 0 && !machine.goMayUpdate) {
    return [
      `Go ${machine.go} is too old to build ${what}. Install ${neededGo} or newer, or set GOTOOLCHAIN=auto.`,
    ];
  }
  return [];
}

function portProblems(machine: Machine, port: number): string[] {
  if (machine.cluster !== 'missing' && machine.clusterPort !== undefined && machine.clusterPort !== port) {
    return [
      `The cluster answers on port ${machine.clusterPort}, not ${port}, and a cluster's port cannot be changed. ` +
        `Set FAIBRIC_HTTP_PORT=${machine.clusterPort}, or run "npm run down" first (apps and their data go with it).`,
    ];
  }
  if (machine.port === 'taken' && machine.cluster !== 'running') {
    return [
      `Port ${port} is taken by another program. Stop it, or choose another: FAIBRIC_HTTP_PORT=8080 npm run up`,
    ];
  }
  return [];
}

function diskProblems(machine: Machine): string[] {
  const needed = neededBytes(machine);
  if (machine.freeBytes >= needed) return [];
  const [free, want] = [machine.freeBytes, needed].map((bytes) => (bytes / GiB).toFixed(1));
  return [
    `Only ${free} GiB of disk are free where the cache lies; ${want} GiB are needed. Free some, or set FAIBRIC_CACHE.`,
  ];
}

const minute = 60_000;

/** What will be done, in order, with about how long each takes on two cores. */
export function planLines(machine: Machine): string[] {
  const lines: string[] = [];
  let total = 0;
  const add = (text: string, minutes: number) => {
    total += minutes;
    lines.push(`${text}${minutes >= 0.2 ? ` (about ${duration(minutes * minute)})` : ''}`);
  };
  if (machine.engine === undefined) {
    if (!machine.dockerd)
      add('install the Docker engine of the distribution (package docker.io) and start it', 1);
    else add('start the Docker engine', 0.1);
  }
  for (const set of machine.goSetsToBuild)
    add(`compile ${Object.keys(set.programs).join(', ')}`, set.minutes);
  if (machine.treesToBuild > 0) add('unpack Debian packages for images', 0.4 * machine.treesToBuild);
  if (machine.imagesToBuild > 0) add(`make ${machine.imagesToBuild} images that cannot be pulled here`, 1);
  if (machine.cluster === 'missing') add('create the kind cluster', machine.mode === 'build' ? 1.5 : 2);
  if (machine.cluster === 'stopped') add('start the stopped cluster', 0.5);
  add('build what has changed of Faibric and install it', machine.cluster === 'missing' ? 1.5 : 0.1);
  if (total > 1) lines.push(`All in all about ${duration(Math.ceil(total) * minute)} on two cores.`);
  return lines;
}
