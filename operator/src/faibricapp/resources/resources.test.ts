// The children of an app, and the names they go by. What is asserted is what a promise hangs on: the restricted
// standard, no token, nothing out, and rules that no host can break out of.
import { describe, expect, it } from 'vitest';
import type { AppShape } from './common.ts';
import { makeDeployment } from './deployment.ts';
import { makeIngressRoute } from './ingress-route.ts';
import { makeMiddleware } from './middleware.ts';
import { hostOf, slugOf, urlOf } from './names.ts';
import { makeNetworkPolicy } from './network-policy.ts';
import { makeService } from './service.ts';
import { makeServiceAccount } from './service-account.ts';

const app: AppShape = {
  name: 'plants-k3x9q2',
  namespace: 'faibric-apps',
  uid: 'uid-1',
  appId: 'k3x9q2',
  host: 'me-plants-k3x9q2.localhost',
  replicas: 1,
};
const api = { service: 'faibric-api', namespace: 'faibric-system', proxyMiddleware: 'faibric-proxy@file' };
const served = { revision: 3, image: 'registry/apps/k3x9q2@sha256:abc', deadlineSeconds: 60 };

describe('names', () => {
  it.each([
    ['the id that the API appends is not said twice', 'plants-k3x9q2', 'plants'],
    ['another ending stays', 'plants-tracker', 'plants-tracker'],
    ['a name that is nothing but the id stays', 'k3x9q2', 'k3x9q2'],
  ])('%s', (_why, name, slug) => {
    expect(slugOf(name, 'k3x9q2')).toBe(slug);
  });

  it('the host label never passes 63 characters, and never ends its slug with a hyphen', () => {
    const owner = 'o'.repeat(30);
    for (let length = 1; length <= 50; length += 1) {
      const name = `${'a'.repeat(length - 1)}-`.replace(/^-$/, 'a');
      const label =
        hostOf({ owner, app: name, appId: 'i'.repeat(20), domain: 'localhost' }).split('.')[0] ?? '';
      expect(label.length).toBeLessThanOrEqual(63);
      expect(label).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])$/);
      expect(label).not.toContain('--');
    }
  });

  it('a port is named only when it is not 80', () => {
    expect([urlOf('a.localhost', 80), urlOf('a.localhost', 8080)]).toEqual([
      'http://a.localhost',
      'http://a.localhost:8080',
    ]);
  });
});

describe('the Deployment', () => {
  const { spec } = makeDeployment(app, served) as unknown as {
    spec: {
      strategy: unknown;
      template: {
        metadata: { labels: object };
        spec: Record<string, unknown> & { containers: Record<string, unknown>[] };
      };
    };
  };
  const pod = spec.template.spec;

  it('meets the restricted standard and mounts no token', () => {
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.enableServiceLinks).toBe(false);
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(pod.containers[0]?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('never takes the old pods away before the new ones are ready', () => {
    expect(spec.strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
    });
    expect(pod.containers[0]?.readinessProbe).toMatchObject({ httpGet: { path: '/_faibric/healthz' } });
  });

  it('runs the image by digest, labelled with its revision', () => {
    expect(pod.containers[0]?.image).toBe(served.image);
    expect(spec.template.metadata.labels).toMatchObject({
      'faibric.dev/revision': '3',
      'faibric.dev/app-id': 'k3x9q2',
    });
  });
});

describe('the IngressRoute', () => {
  const routesOf = (shape: AppShape, target = api) =>
    (
      makeIngressRoute(shape, target) as unknown as {
        spec: { routes: { match: string; services: unknown[] }[] };
      }
    ).spec.routes;

  it('sends pages to the app and /api/ to Faibric, past both middlewares', () => {
    expect(routesOf(app)).toMatchObject([
      { match: 'Host(`me-plants-k3x9q2.localhost`)', services: [{ name: 'plants-k3x9q2', port: 80 }] },
      {
        match: 'Host(`me-plants-k3x9q2.localhost`) && PathPrefix(`/api/`)',
        middlewares: [{ name: 'plants-k3x9q2-id' }, { name: 'faibric-proxy@file' }],
        services: [{ kind: 'Service', name: 'faibric-api', namespace: 'faibric-system', port: 80 }],
      },
    ]);
  });

  it('names a service that Traefik knows by itself', () => {
    const [, second] = routesOf(app, { ...api, service: 'faibric-api@file' });
    expect(second?.services).toEqual([{ kind: 'TraefikService', name: 'faibric-api@file' }]);
  });

  it('serves a custom domain under both rules', () => {
    const [first, second] = routesOf({ ...app, customHost: 'plants.example.org' });
    expect(first?.match).toBe('(Host(`me-plants-k3x9q2.localhost`) || Host(`plants.example.org`))');
    expect(second?.match).toBe(`${first?.match} && PathPrefix(\`/api/\`)`);
  });

  it.each(['a`) || PathPrefix(`/', 'a)b', 'a b', ''])('refuses the host %j', (customHost) => {
    expect(() => routesOf({ ...app, host: customHost })).toThrow('no DNS name');
  });
});

it('the NetworkPolicy lets Traefik in and nothing out', () => {
  expect(makeNetworkPolicy(app, 'traefik')).toMatchObject({
    spec: {
      policyTypes: ['Ingress', 'Egress'],
      egress: [],
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'traefik' } } }],
          ports: [{ port: 8080 }],
        },
      ],
    },
  });
});

it('every child belongs to its app alone', () => {
  const children = [
    makeDeployment(app, served),
    makeService(app),
    makeServiceAccount(app),
    makeMiddleware(app),
    makeNetworkPolicy(app, 'traefik'),
    makeIngressRoute(app, api),
  ];
  for (const { metadata } of children) {
    expect(metadata.ownerReferences).toMatchObject([{ kind: 'FaibricApp', uid: 'uid-1', controller: true }]);
    expect(metadata.labels).toMatchObject({
      'app.kubernetes.io/managed-by': 'faibric',
      'faibric.dev/app': app.name,
    });
  }
});
