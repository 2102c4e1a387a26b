// The control of the live bench: the least that any app on this cluster costs. A Deployment, a Service and an
// IngressRoute of the server image, applied at once, until the address answers; no build, no operator.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { KubeProxy } from '../e2e/lib/kube-proxy.ts';
import { untilFirstAnswer } from './first-answer.ts';

const NAMESPACE = 'faibric-apps';

const deploymentSchema = z.object({
  spec: z.object({
    template: z.object({
      spec: z.object({
        containers: z.array(
          z.object({ name: z.string(), env: z.array(z.looseObject({ name: z.string() })) }),
        ),
      }),
    }),
  }),
});

/** The server image that the operator puts apps on, read from its Deployment. */
async function serverImage(api: KubeProxy): Promise<string> {
  const path = '/apis/apps/v1/namespaces/faibric-system/deployments/faibric-operator';
  const { spec } = deploymentSchema.parse(await api.request('GET', path));
  const found = spec.template.spec.containers[0]?.env.find((one) => one.name === 'FAIBRIC_SERVER_IMAGE');
  return z.string().parse(found?.value);
}

function podSpec(image: string) {
  return {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'app',
        image,
        ports: [{ containerPort: 8080 }],
        readinessProbe: { httpGet: { path: '/_faibric/healthz', port: 8080 }, periodSeconds: 1 },
        resources: { requests: { cpu: '5m', memory: '16Mi' }, limits: { memory: '32Mi' } },
        volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      },
    ],
    volumes: [{ name: 'tmp', emptyDir: { medium: 'Memory', sizeLimit: '8Mi' } }],
  };
}

function objects(name: string, image: string): [path: string, body: object][] {
  const labels = { 'faibric.dev/bench': name };
  const route = {
    match: `Host(\`${name}.localhost\`) && PathPrefix(\`/_faibric/healthz\`)`,
    kind: 'Rule',
    services: [{ name, port: 80 }],
  };
  return [
    [
      `/api/v1/namespaces/${NAMESPACE}/services`,
      { metadata: { name }, spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] } },
    ],
    [
      `/apis/traefik.io/v1alpha1/namespaces/${NAMESPACE}/ingressroutes`,
      {
        apiVersion: 'traefik.io/v1alpha1',
        kind: 'IngressRoute',
        metadata: { name },
        spec: { entryPoints: ['web'], routes: [route] },
      },
    ],
    [
      `/apis/networking.k8s.io/v1/namespaces/${NAMESPACE}/networkpolicies`,
      {
        metadata: { name },
        spec: { podSelector: { matchLabels: labels }, ingress: [{}], policyTypes: ['Ingress'] },
      },
    ],
    [
      `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`,
      {
        metadata: { name },
        spec: {
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: podSpec(image) },
        },
      },
    ],
  ];
}

/** Milliseconds from the last object accepted to the first answer. */
export async function controlSample(api: KubeProxy): Promise<number> {
  const name = `bench-control-${randomBytes(3).toString('hex')}`;
  const made = objects(name, await serverImage(api));
  const port = process.env.FAIBRIC_HTTP_PORT ?? '80';
  const since = performance.now();
  try {
    for (const [path, body] of made) await api.request('POST', path, body);
    return await untilFirstAnswer(`http://${name}.localhost:${port}/_faibric/healthz`, since);
  } finally {
    for (const [path] of made) await api.request('DELETE', `${path}/${name}`).catch(() => undefined);
  }
}
