// The images that kubeadm asks for, under the names it asks for. All but kube-proxy are one static program.
import { kubernetes } from '../tools/go-modules.ts';
import type { Recipe } from './recipe.ts';

/** An image: where it comes from when it can be pulled, and how it is made when not. */
export type ThirdPartyImage = {
  /** Registry host that the name stands for, `docker.io` or another. */
  readonly host: string;
  readonly repository: string;
  readonly tag: string;
  readonly recipe: Recipe;
};

const oneProgram = (program: string): Recipe => ({
  config: { Entrypoint: [`/usr/local/bin/${program}`] },
  programs: { [`/usr/local/bin/${program}`]: `node/${program}` },
});

const upstream = (program: string): ThirdPartyImage => ({
  host: 'registry.k8s.io',
  repository: program,
  tag: kubernetes.version,
  recipe: oneProgram(program),
});

const multi = 'xtables-nft-multi';
const firewallNames = [
  'iptables',
  'iptables-save',
  'iptables-restore',
  'ip6tables',
  'ip6tables-save',
  'ip6tables-restore',
];
const libraryFolder = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';

const kubeProxy: Recipe = {
  config: {},
  take: [
    `/usr/sbin/${multi}`,
    '/usr/sbin/nft',
    '/usr/sbin/conntrack',
    '/bin/kmod',
    `/usr/lib/${libraryFolder}/xtables`,
  ],
  programs: { '/usr/local/bin/kube-proxy': 'node/kube-proxy' },
  links: {
    ...Object.fromEntries(firewallNames.map((name) => [`/usr/sbin/${name}`, multi])),
    '/sbin/modprobe': '/bin/kmod',
  },
};

/** What a kubeadm cluster of this release pulls. Tags of etcd, CoreDNS and pause are those that kubeadm names. */
export const controlPlaneImages: readonly ThirdPartyImage[] = [
  upstream('kube-apiserver'),
  upstream('kube-controller-manager'),
  upstream('kube-scheduler'),
  { ...upstream('kube-proxy'), recipe: kubeProxy },
  { ...upstream('etcd'), tag: '3.6.6-0' },
  { ...upstream('coredns'), repository: 'coredns/coredns', tag: 'v1.13.1' },
  { ...upstream('pause'), tag: '3.10' },
];
