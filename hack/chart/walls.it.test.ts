// Who may do what, and who may talk to whom: the chart's roles and network policies as they render. Needs helm and
// nothing else; that they hold on a cluster is tried in release.it.test.ts.
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { podsOf } from './pods.ts';
import { type Manifest, named, render } from './render.ts';

let kind: Manifest[];
beforeAll(async () => {
  kind = await render(['gateway.sampleData=true'], ['values-kind.yaml']);
});

describe('rights', () => {
  const ruleList = z.array(z.looseObject({ resources: z.array(z.string()), verbs: z.array(z.string()) }));
  const rulesOf = (name: string, namespace: string) =>
    ruleList.parse(
      kind.find(
        (object) =>
          object.kind === 'Role' && object.metadata.name === name && object.metadata.namespace === namespace,
      )?.rules,
    );

  test('nothing of ours is bound cluster-wide', () => {
    expect(kind.filter((object) => object.kind === 'ClusterRoleBinding')).toEqual([]);
  });

  test('neither operator nor API may read a Secret anywhere', () => {
    const roles = kind.filter(
      (object) => object.kind === 'Role' && /operator|api/.test(object.metadata.name),
    );
    expect(roles.length).toBeGreaterThan(2);
    for (const role of roles)
      expect(JSON.stringify(role.rules)).not.toMatch(/secrets|"\*"|escalate|impersonate|bind"/);
  });

  test('the API writes apps and nothing else', () => {
    const writable = rulesOf('faibric-api', 'faibric-apps').filter((rule) => rule.verbs.includes('create'));
    expect(writable.flatMap((rule) => rule.resources)).toEqual(['faibricapps']);
  });

  test('the API reads pods and their logs, and can neither change nor enter one', () => {
    const pods = rulesOf('faibric-api', 'faibric-apps').filter((rule) =>
      rule.resources.some((resource) => resource.startsWith('pods')),
    );
    expect(pods.map(({ resources, verbs }) => [resources, verbs])).toEqual([
      [['pods'], ['get', 'list']],
      [['pods/log'], ['get']],
    ]);
  });

  test('people with view, edit and admin get apps, and view changes nothing', () => {
    const view = named(kind, 'ClusterRole', 'faibric-view');
    expect(view.metadata.labels['rbac.authorization.k8s.io/aggregate-to-view']).toBe('true');
    expect(JSON.stringify(view.rules)).not.toMatch(/create|update|patch|delete/);
    expect(kind.filter((object) => object.kind === 'ClusterRole')).toHaveLength(3);
  });

  test('Traefik has no rights in the namespace of the control plane', () => {
    const roles = kind.filter(
      (object) => object.kind === 'Role' && object.metadata.name === 'faibric-traefik',
    );
    expect(roles.map((role) => role.metadata.namespace)).toEqual(['faibric-apps']);
  });
});

describe('network', () => {
  test('apps, control plane and builder deny by default', () => {
    const denied = kind.filter(
      (object) => object.kind === 'NetworkPolicy' && JSON.stringify(object.spec).includes('"podSelector":{}'),
    );
    const places = denied.map((object) => object.metadata.namespace).sort();
    expect(places).toEqual(['faibric-apps', 'faibric-build', 'faibric-system']);
  });

  test('every pod of the control plane has a policy that opens its paths', () => {
    const policies = new Set(
      kind.filter((object) => object.kind === 'NetworkPolicy').map((object) => object.metadata.name),
    );
    for (const pod of podsOf(kind)) expect(policies).toContain(pod.owner);
  });

  test('Redis hears the API and the operator, Postgres the API alone', () => {
    const clientsOf = (name: string) =>
      JSON.stringify(named(kind, 'NetworkPolicy', name).spec).match(/component":"(api|operator)"/g);
    expect(clientsOf('faibric-redis')).toEqual(['component":"api"', 'component":"operator"']);
    expect(clientsOf('faibric-postgres')).toEqual(['component":"api"']);
  });

  test('BuildKit hears the operator alone', () => {
    const policy = named(kind, 'NetworkPolicy', 'faibric-buildkit');
    const { ingress } = z.looseObject({ ingress: z.array(z.unknown()) }).parse(policy.spec);
    expect(ingress).toHaveLength(1);
    expect(JSON.stringify(ingress)).toContain('"app.kubernetes.io/component":"operator"');
  });
});
