// The kinds the operator reads and writes, as the generic client wants them named.
import { GROUP, PLURALS, VERSION } from '@faibric/crds';
import type { ResourceType } from '../runtime/kube-client.ts';
import type { ChildKind } from './facts.ts';

/** FaibricApps. */
export const APPS: ResourceType = {
  group: GROUP,
  version: VERSION,
  kind: 'FaibricApp',
  plural: PLURALS.FaibricApp,
};
/** FaibricRevisions. */
export const REVISIONS: ResourceType = {
  group: GROUP,
  version: VERSION,
  kind: 'FaibricRevision',
  plural: PLURALS.FaibricRevision,
};
/** Pods, which are watched and never written. */
export const PODS: ResourceType = { group: '', version: 'v1', kind: 'Pod', plural: 'pods' };

/** Every kind of child. */
export const CHILDREN: Readonly<Record<ChildKind, ResourceType>> = {
  ServiceAccount: { group: '', version: 'v1', kind: 'ServiceAccount', plural: 'serviceaccounts' },
  Service: { group: '', version: 'v1', kind: 'Service', plural: 'services' },
  NetworkPolicy: {
    group: 'networking.k8s.io',
    version: 'v1',
    kind: 'NetworkPolicy',
    plural: 'networkpolicies',
  },
  Middleware: { group: 'traefik.io', version: 'v1alpha1', kind: 'Middleware', plural: 'middlewares' },
  IngressRoute: { group: 'traefik.io', version: 'v1alpha1', kind: 'IngressRoute', plural: 'ingressroutes' },
  Deployment: { group: 'apps', version: 'v1', kind: 'Deployment', plural: 'deployments' },
};
