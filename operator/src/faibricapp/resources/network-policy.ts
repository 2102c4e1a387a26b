// Generated code is a stranger's program: its pods may be reached by Traefik on the serving port, and may reach
// nothing. `egress: []` is written out so that a rule added by hand is seen as drift and removed.
import type { Child } from '../actions.ts';
import { type AppShape, makeChild, podSelector } from './common.ts';

/** The NetworkPolicy of an app; `traefikNamespace` is the only source that is let in. */
export const makeNetworkPolicy = (app: AppShape, traefikNamespace: string): Child =>
  makeChild(
    app,
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', name: app.name },
    {
      spec: {
        podSelector: { matchLabels: podSelector(app) },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [
          {
            from: [
              {
                namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': traefikNamespace } },
              },
            ],
            ports: [{ protocol: 'TCP', port: 8080 }],
          },
        ],
        egress: [],
      },
    },
  );
