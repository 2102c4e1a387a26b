// The manifests of an export: the FaibricApp for any cluster with Faibric, and plain Kubernetes objects for one without.
// A FaibricApp with its source needs no model: it is served as it is.
import { API_VERSION, type FaibricApp, type SourceFile } from '@faibric/crds';
import { stringify } from 'yaml';

const yaml = (...objects: readonly object[]): string =>
  objects.map((object) => stringify(object, { lineWidth: 110, aliasDuplicateObjects: false })).join('---\n');

/** The app as its prompt and changes; another model may write it differently. */
export const promptManifest = ({ metadata, spec }: FaibricApp): string => {
  const { revision: _pin, source: _source, suspend: _suspend, host: _host, ...wanted } = spec;
  return yaml({
    apiVersion: API_VERSION,
    kind: 'FaibricApp',
    metadata: { name: metadata.name },
    spec: wanted,
  });
};

/** The app as the source that was exported; asks no model. */
export const sourceManifest = (
  { metadata, spec }: FaibricApp,
  of: { readonly title: string; readonly files: readonly SourceFile[] },
): string => {
  const { owner, id, audience, access, replicas } = spec;
  const kept = { owner, id, audience, access, replicas };
  const wanted = { title: of.title, ...kept, source: { files: of.files } };
  return yaml({
    apiVersion: API_VERSION,
    kind: 'FaibricApp',
    metadata: { name: metadata.name },
    spec: wanted,
  });
};

const container = (image: string) => ({
  name: 'app',
  image,
  ports: [{ name: 'http', containerPort: 8080 }],
  readinessProbe: { httpGet: { path: '/', port: 'http' } },
  resources: { requests: { cpu: '5m', memory: '16Mi' }, limits: { memory: '64Mi' } },
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
  },
  volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
});

/** Deployment and Service of the image that the export's Dockerfile builds. */
export const plainManifests = (name: string): string => {
  const labels = { 'app.kubernetes.io/name': name };
  const pod = {
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 101,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [container(`registry.example.com/${name}:1`)],
    volumes: [{ name: 'tmp', emptyDir: {} }],
  };
  return yaml(
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, labels },
      spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, labels },
      spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
    },
  );
};
