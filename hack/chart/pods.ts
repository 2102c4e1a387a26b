// Reads pod templates out of rendered workloads, in one form for Pods, Deployments and StatefulSets, so that
// invariants ("every pod is restricted") can be asserted over all of them.
import { z } from 'zod';
import type { Manifest } from './render.ts';

const probe = z.looseObject({}).optional();
const container = z.looseObject({
  name: z.string(),
  image: z.string(),
  securityContext: z.looseObject({}).default({}),
  env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })).default([]),
  ports: z.array(z.looseObject({ name: z.string(), containerPort: z.number() })).default([]),
  resources: z.looseObject({
    requests: z.record(z.string(), z.unknown()).default({}),
    limits: z.record(z.string(), z.unknown()).default({}),
  }),
  livenessProbe: probe,
  readinessProbe: probe,
});
const podSpec = z.looseObject({
  enableServiceLinks: z.boolean().optional(),
  automountServiceAccountToken: z.boolean().optional(),
  hostNetwork: z.boolean().optional(),
  hostPID: z.boolean().optional(),
  securityContext: z.looseObject({}).default({}),
  containers: z.array(container),
  initContainers: z.array(container).default([]),
  volumes: z.array(z.looseObject({ name: z.string() })).default([]),
});
const workload = z.looseObject({
  template: z.looseObject({
    metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
    spec: podSpec,
  }),
});

/** A pod as a workload would make it. */
export type Pod = {
  readonly owner: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: z.infer<typeof podSpec>;
};

/** The pods that the rendered objects would run. */
export const podsOf = (manifests: readonly Manifest[]): Pod[] =>
  manifests.flatMap((object) => {
    const { name, namespace = '', labels } = object.metadata;
    if (object.kind === 'Pod') return [{ owner: name, namespace, labels, spec: podSpec.parse(object.spec) }];
    if (object.kind !== 'Deployment' && object.kind !== 'StatefulSet') return [];
    const { template } = workload.parse(object.spec);
    return [{ owner: name, namespace, labels: template.metadata.labels, spec: template.spec }];
  });

const allowedVolumes = new Set([
  'emptyDir',
  'configMap',
  'secret',
  'persistentVolumeClaim',
  'projected',
  'downwardAPI',
]);

/** What keeps a pod from the restricted Pod Security Standard; empty when nothing does. */
export const restrictedViolations = (pod: Pod): string[] => {
  const { spec } = pod;
  const found: string[] = [];
  if (spec.hostNetwork || spec.hostPID) found.push('shares a namespace with its host');
  if (spec.securityContext.runAsNonRoot !== true) found.push('runAsNonRoot is not set');
  if (!(Number(spec.securityContext.runAsUser) > 0)) found.push('runs as root');
  const profile = z.looseObject({ type: z.string() }).safeParse(spec.securityContext.seccompProfile);
  if (profile.data?.type !== 'RuntimeDefault') found.push('no seccomp profile');
  for (const volume of spec.volumes) {
    const kind = Object.keys(volume).find((key) => key !== 'name') ?? 'none';
    if (!allowedVolumes.has(kind)) found.push(`volume of kind ${kind}`);
  }
  for (const one of [...spec.containers, ...spec.initContainers]) found.push(...containerViolations(one));
  return found;
};

const containerViolations = ({ name, securityContext }: z.infer<typeof container>): string[] => {
  const wanted = {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  };
  const differs = Object.entries(wanted).filter(
    ([key, value]) => JSON.stringify(securityContext[key]) !== JSON.stringify(value),
  );
  const problems = differs.map(([key]) => `${name}: ${key}`);
  return securityContext.privileged === true ? [...problems, `${name}: privileged`] : problems;
};
