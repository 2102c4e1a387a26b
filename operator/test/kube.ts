// What every integration test against the real API server needs: a client, a namespace, the usual types.
import { randomBytes } from 'node:crypto';
import { type ClosableKubeClient, createKubeClient } from '../src/adapters/kubernetes/kube-http-client.ts';
import { loadKubeConfig } from '../src/adapters/kubernetes/pooled-client.ts';
import type { KubeClient, KubeObject, ResourceType } from '../src/runtime/kube-client.ts';

/** Built-in types that tests use. */
export const kinds = {
  namespace: { group: '', version: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false },
  configMap: { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps' },
  service: { group: '', version: 'v1', kind: 'Service', plural: 'services' },
  deployment: { group: 'apps', version: 'v1', kind: 'Deployment', plural: 'deployments' },
  networkPolicy: {
    group: 'networking.k8s.io',
    version: 'v1',
    kind: 'NetworkPolicy',
    plural: 'networkpolicies',
  },
  crd: {
    group: 'apiextensions.k8s.io',
    version: 'v1',
    kind: 'CustomResourceDefinition',
    plural: 'customresourcedefinitions',
    namespaced: false,
  },
} as const satisfies Record<string, ResourceType>;

/** A client for a kubeconfig file. */
export function aClient(kubeconfig: string, fieldManager = 'test'): ClosableKubeClient {
  return createKubeClient(loadKubeConfig({ file: kubeconfig }), { fieldManager });
}

/** Creates a namespace with a name of its own, so that tests on one server do not meet. */
export async function aNamespace(client: KubeClient): Promise<string> {
  const name = `t-${randomBytes(4).toString('hex')}`;
  await client.create(kinds.namespace, { metadata: { name } });
  return name;
}

/** Installs a CustomResourceDefinition and waits until the server serves it. */
export async function installCrd(client: KubeClient, crd: KubeObject): Promise<void> {
  await client.apply(kinds.crd, crd, { fieldManager: 'test' });
  for (let tries = 0; tries < 100; tries += 1) {
    const found = await client.get<
      KubeObject & { status?: { conditions?: Array<{ type: string; status: string }> } }
    >(kinds.crd, crd.metadata);
    const established = found?.status?.conditions?.some(
      ({ type, status }) => type === 'Established' && status === 'True',
    );
    if (established) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${crd.metadata.name} was not established`);
}
