// What is compiled from pinned Go modules where it can be neither found nor pulled: five modules under hack/go, each
// with its own go.mod, because their dependencies exclude each other. Times are measured on two cores, from nothing.
const kubernetesVersion = 'v1.35.4';

const kubernetesFlags = [
  '-s -w',
  `-X k8s.io/component-base/version.gitVersion=${kubernetesVersion}`,
  '-X k8s.io/component-base/version.gitMajor=1',
  '-X k8s.io/component-base/version.gitMinor=35',
].join(' ');

/** A set of programs built together and cached as one entry. */
export type GoProgramSet = {
  readonly name: string;
  /** Folder under hack/go with go.mod. */
  readonly module: string;
  readonly ldflags: string;
  /** Program name to package. */
  readonly programs: Readonly<Record<string, string>>;
  /** About how long it takes cold, for the plan. */
  readonly minutes: number;
};

const upstream = (name: string) => [name, `k8s.io/kubernetes/cmd/${name}`] as const;

/** Everything that can be built. Order matters: the first of a module compiles what the next ones share. */
export const goProgramSets = {
  kind: {
    name: 'kind',
    module: 'kind',
    ldflags: '-s -w',
    programs: { kind: 'sigs.k8s.io/kind' },
    minutes: 0.2,
  },
  cli: {
    name: 'cli',
    module: 'kubernetes',
    ldflags: kubernetesFlags,
    programs: { kubectl: 'k8s.io/kubernetes/cmd/kubectl', helm: 'helm.sh/helm/v3/cmd/helm' },
    minutes: 3,
  },
  node: {
    name: 'node',
    module: 'kubernetes',
    ldflags: kubernetesFlags,
    programs: {
      ...Object.fromEntries(
        [
          'kube-apiserver',
          'kube-controller-manager',
          'kube-proxy',
          'kube-scheduler',
          'kubeadm',
          'kubelet',
        ].map(upstream),
      ),
      etcd: 'go.etcd.io/etcd/server/v3',
      coredns: './coredns',
      pause: './pause',
    },
    minutes: 8,
  },
  buildkit: {
    name: 'buildkit',
    module: 'buildkit',
    ldflags: '-s -w -X github.com/moby/buildkit/version.Version=v0.34.2',
    programs: {
      buildctl: 'github.com/moby/buildkit/cmd/buildctl',
      buildkitd: 'github.com/moby/buildkit/cmd/buildkitd',
    },
    minutes: 3,
  },
  network: {
    name: 'network',
    module: 'kube-router',
    ldflags: '-s -w',
    programs: { 'kube-router': 'github.com/cloudnativelabs/kube-router/v2/cmd/kube-router' },
    minutes: 1.5,
  },
  traefik: {
    name: 'traefik',
    module: 'traefik',
    ldflags: '-s -w -X github.com/traefik/traefik/v3/pkg/version.Version=v3.6.12',
    programs: { traefik: 'github.com/traefik/traefik/v3/cmd/traefik' },
    minutes: 5.5,
  },
} as const satisfies Readonly<Record<string, GoProgramSet>>;

/** The Kubernetes release of the local cluster. */
export const kubernetes = { version: kubernetesVersion, minor: 35 } as const;
