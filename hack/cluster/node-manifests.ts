// What the node image that we build brings in place of kind's own network and storage add-ons, whose images cannot
// be pulled there: a bridge network, a program that enforces NetworkPolicy on it, and a few host-path volumes under the class name
// `standard`, the one that kind has everywhere.
import { stringify } from 'yaml';
import { names } from '../settings.ts';

/** How many claims the built node can serve; the chart needs one. */
export const volumeCount = 6;

/** The directory of a volume on the node. It lies under /var, which outlives the container's restart. */
export const volumePath = (number: number) => `/var/local/faibric/volume-${number}`;

/** Name of a volume. */
export const volumeName = (number: number) => `faibric-${number}`;

/** The network configuration of the node: one node, so one bridge and one subnet. */
export const bridgeNetwork = JSON.stringify(
  {
    cniVersion: '0.4.0',
    name: 'faibric-bridge',
    plugins: [
      {
        type: 'bridge',
        bridge: 'cni0',
        isGateway: true,
        ipMasq: true,
        hairpinMode: true,
        ipam: { type: 'host-local', ranges: [[{ subnet: '10.244.0.0/24' }]], routes: [{ dst: '0.0.0.0/0' }] },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  },
  null,
  2,
);

/**
 * Starts kube-router once the node has credentials: as a firewall only, it turns NetworkPolicies into rules of the node.
 * Whatever ends it, systemd starts it again; the rules stay meanwhile.
 */
export const networkPolicyUnit = `[Unit]
Description=Enforces NetworkPolicy between pods
After=containerd.service

[Service]
ExecStartPre=/bin/sh -c 'until [ -e /etc/kubernetes/admin.conf ]; do sleep 1; done'
ExecStart=/usr/local/bin/kube-router --kubeconfig=/etc/kubernetes/admin.conf --hostname-override=${names.node} \\
  --run-firewall=true --run-router=false --run-service-proxy=false
TimeoutStartSec=infinity
Restart=always
RestartSec=2

[Install]
WantedBy=multi-user.target
`;

/** kind applies this in place of its network add-on; tests read in it whether policies hold here. */
export const networkManifest = stringify({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'faibric-network', namespace: 'kube-system' },
  data: { plugin: 'bridge', enforcesNetworkPolicy: 'true' },
});

/** The class `standard` and its volumes. */
export function storageManifest(): string {
  const storageClass = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
    reclaimPolicy: 'Retain',
  };
  const volumes = Array.from({ length: volumeCount }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: volumeName(index + 1), labels: { 'faibric.dev/local': 'true' } },
    spec: {
      storageClassName: 'standard',
      capacity: { storage: '20Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      hostPath: { path: volumePath(index + 1), type: 'DirectoryOrCreate' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [names.node] }] },
          ],
        },
      },
    },
  }));
  return [storageClass, ...volumes].map((object) => stringify(object)).join('---\n');
}
