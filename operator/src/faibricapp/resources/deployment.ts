// The pods of an app, under the *restricted* standard. The template depends on the revision and the app only, never
// on the operator's version: an upgrade must not restart a hundred apps.
import { LABELS } from '@faibric/crds';
import type { Child } from '../actions.ts';
import { type AppShape, childLabels, makeChild, podSelector } from './common.ts';

/** What a Deployment runs. */
export interface Served {
  readonly revision: number;
  /** By digest. */
  readonly image: string;
  /** Seconds until Kubernetes calls a rollout stuck. */
  readonly deadlineSeconds: number;
}

const HEALTH = { path: '/_faibric/healthz', port: 'http', scheme: 'HTTP' };

const container = (image: string) => ({
  name: 'app',
  image,
  imagePullPolicy: 'IfNotPresent',
  ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
  readinessProbe: { httpGet: HEALTH, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 3 },
  livenessProbe: { httpGet: HEALTH, periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 3 },
  // Traefik learns of a leaving pod a moment after it is told to stop: serve until then.
  lifecycle: { preStop: { sleep: { seconds: 2 } } },
  resources: { requests: { cpu: '5m', memory: '16Mi' }, limits: { memory: '64Mi' } },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
});

// No volume: the server writes to /dev/shm, memory that every container has. The kubelet looks for mounted volumes in
// steps of 300 ms, which every start of every app would pay.
const podSpec = (app: AppShape, image: string) => ({
  serviceAccountName: app.name,
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  terminationGracePeriodSeconds: 10,
  securityContext: {
    runAsNonRoot: true,
    runAsUser: 10001,
    runAsGroup: 10001,
    seccompProfile: { type: 'RuntimeDefault' },
  },
  containers: [container(image)],
});

/** The Deployment that serves one revision of an app. */
export const makeDeployment = (app: AppShape, served: Served): Child => {
  const revision = { [LABELS.revision]: String(served.revision) };
  return makeChild(
    app,
    { apiVersion: 'apps/v1', kind: 'Deployment', name: app.name, labels: revision },
    {
      spec: {
        replicas: app.replicas,
        revisionHistoryLimit: 1,
        progressDeadlineSeconds: served.deadlineSeconds,
        selector: { matchLabels: podSelector(app) },
        // The old revision's pods go only when the new one's are ready.
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        template: {
          metadata: { labels: { ...childLabels(app), ...revision } },
          spec: podSpec(app, served.image),
        },
      },
    },
  );
};
