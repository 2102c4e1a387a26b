// Builds the image of a kind node where kindest/node cannot be pulled: a Debian tree with systemd and containerd, the
// files that kind's own module ships for this purpose, and Kubernetes' programs. It follows kind's Dockerfile step by
// step; what differs is the network and storage (see cluster/node-manifests.ts) and containerd's age (Debian's 1.6).
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { digestOf, type Entry, ensureEntry } from '../cache/cache.ts';
import {
  bridgeNetwork,
  networkManifest,
  networkPolicyUnit,
  storageManifest,
  volumeCount,
  volumePath,
} from '../cluster/node-manifests.ts';
import { run } from '../shell.ts';
import { ensureGoPrograms, goEntry } from '../tools/go-build.ts';
import { goProgramSets, kubernetes } from '../tools/go-modules.ts';
import { packImage } from './oci.ts';
import { ensureTree, treeEntry } from './root-file-systems.ts';

type Say = (line: string) => void;

/** Counts up when the steps below change. */
const recipeVersion = 2;

/** The cache entry of the node image. */
export function nodeImageEntry(): Entry {
  const sets = [goProgramSets.kind, goProgramSets.cli, goProgramSets.node, goProgramSets.network];
  const programs = sets.map((set) => goEntry(set).key);
  const manifests = [bridgeNetwork, networkManifest, networkPolicyUnit, storageManifest()];
  return {
    kind: 'images',
    name: 'kindest_node',
    key: digestOf(recipeVersion, programs, manifests, treeEntry('node').key),
  };
}

/** The name under which the built image is loaded into the engine. */
export const builtNodeImage = () => `kindest/node:${kubernetes.version}-${nodeImageEntry().key}`;

/** Gives the directory of the packed node image, made when it is not there yet. */
export async function ensureNodeImage(cacheDir: string, say: Say): Promise<string> {
  return await ensureEntry(cacheDir, nodeImageEntry(), async (dir) => {
    const tree = await ensureTree(cacheDir, 'node', say);
    const programs = {
      kind: await ensureGoPrograms(cacheDir, goProgramSets.kind, say),
      cli: await ensureGoPrograms(cacheDir, goProgramSets.cli, say),
      node: await ensureGoPrograms(cacheDir, goProgramSets.node, say),
      network: await ensureGoPrograms(cacheDir, goProgramSets.network, say),
    };
    const root = join(dir, 'root');
    say('copying the root file system');
    await run('cp', ['-a', tree, root], { timeoutMs: 300_000 });
    addKindFiles(join(programs.kind, 'node-files'), root);
    addPrograms(programs, root);
    await configureContainerd(root);
    await configureSystemd(root);
    addManifests(root);
    clean(root);
    say('packing');
    await packImage(root, dir, {
      Entrypoint: ['/usr/local/bin/entrypoint', '/sbin/init'],
      StopSignal: 'SIGRTMIN+3',
      Env: ['container=docker'],
    });
    await rm(root, { recursive: true });
  });
}

function addKindFiles(files: string, root: string): void {
  cpSync(files, root, { recursive: true });
  for (const folder of ['usr/local/bin', 'kind/bin']) {
    for (const name of readdirSync(join(files, folder))) chmodSync(join(root, folder, name), 0o755);
  }
}

function addPrograms(programs: { cli: string; node: string; network: string }, root: string): void {
  const wanted = { kubectl: programs.cli, kubeadm: programs.node, kubelet: programs.node };
  for (const [name, from] of Object.entries(wanted)) {
    cpSync(join(from, name), join(root, 'usr/bin', name));
    chmodSync(join(root, 'usr/bin', name), 0o755);
  }
  cpSync(join(programs.network, 'kube-router'), join(root, 'usr/local/bin/kube-router'));
  chmodSync(join(root, 'usr/local/bin/kube-router'), 0o755);
  writeFileSync(join(root, 'etc/systemd/system/faibric-network.service'), networkPolicyUnit);
  writeFileSync(join(root, 'kind/version'), kubernetes.version);
  // kind's unit files start what its own build puts into /usr/local/bin.
  for (const name of ['containerd', 'ctr', 'containerd-shim-runc-v2']) {
    symlinkSync(`/usr/bin/${name}`, join(root, 'usr/local/bin', name));
  }
  mkdirSync(join(root, 'opt/cni/bin'), { recursive: true });
  for (const plugin of ['bridge', 'host-local', 'loopback', 'portmap', 'ptp']) {
    cpSync(join(root, 'usr/lib/cni', plugin), join(root, 'opt/cni/bin', plugin));
  }
  rmSync(join(root, 'usr/lib/cni'), { recursive: true });
}

const runtimeSpec = z.looseObject({ process: z.looseObject({}), hooks: z.looseObject({}).optional() });

/** What `ctr oci spec` prints, with kind's hook and without rlimits, is the base of every container. */
async function configureContainerd(root: string): Promise<void> {
  const spec = runtimeSpec.parse(JSON.parse(await run('chroot', [root, '/usr/bin/ctr', 'oci', 'spec'])));
  const { rlimits: _, ...process } = spec.process;
  const hooks = { ...spec.hooks, createContainer: [{ path: '/kind/bin/mount-product-files.sh' }] };
  writeFileSync(join(root, 'etc/containerd/cri-base.json'), JSON.stringify({ ...spec, process, hooks }));
}

async function configureSystemd(root: string): Promise<void> {
  const script = `
    find /lib/systemd/system/sysinit.target.wants/ -name systemd-tmpfiles-setup.service -delete
    rm -f /lib/systemd/system/multi-user.target.wants/* /etc/systemd/system/*.wants/*
    rm -f /lib/systemd/system/local-fs.target.wants/* /lib/systemd/system/sockets.target.wants/*udev*
    rm -f /lib/systemd/system/sockets.target.wants/*initctl* /lib/systemd/system/basic.target.wants/*
    ln -sf /usr/lib/systemd/systemd /sbin/init
    systemctl enable kubelet.service containerd.service undo-mount-hacks.service faibric-network.service
    systemctl mask systemd-binfmt.service
    mkdir -p /etc/kubernetes/manifests
  `;
  await run('chroot', [root, '/bin/bash', '-ec', script]);
  await appendFile(join(root, 'etc/systemd/journald.conf'), 'ReadKMsg=no\n');
}

function addManifests(root: string): void {
  mkdirSync(join(root, 'kind/manifests'), { recursive: true });
  mkdirSync(join(root, 'etc/cni/net.d'), { recursive: true });
  writeFileSync(join(root, 'etc/cni/net.d/10-faibric.conflist'), bridgeNetwork);
  writeFileSync(join(root, 'kind/manifests/default-cni.yaml'), networkManifest);
  writeFileSync(join(root, 'kind/manifests/default-storage.yaml'), storageManifest());
  for (let number = 1; number <= volumeCount; number += 1) {
    mkdirSync(join(root, volumePath(number)), { recursive: true });
    chmodSync(join(root, volumePath(number)), 0o777); // any user's pod writes here
  }
}

/** Takes out what the build brought from this machine, and what a node never needs. */
function clean(root: string): void {
  const gone = ['etc/resolv.conf', 'etc/hostname', 'var/lib/apt/lists', 'var/cache/apt', 'usr/share/doc'];
  for (const path of [...gone, 'usr/share/man', 'usr/share/locale', 'usr/share/info', 'var/cache/debconf']) {
    rmSync(join(root, path), { recursive: true, force: true });
  }
}
