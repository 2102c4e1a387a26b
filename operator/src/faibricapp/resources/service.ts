// The stable address of an app's pods inside the cluster. Only Traefik is let in (see network-policy.ts).
import type { Child } from '../actions.ts';
import { type AppShape, makeChild, podSelector } from './common.ts';

/** The Service of an app: port 80 to the pods' `http`. */
export const makeService = (app: AppShape): Child =>
  makeChild(
    app,
    { apiVersion: 'v1', kind: 'Service', name: app.name },
    {
      spec: {
        type: 'ClusterIP',
        selector: podSelector(app),
        ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
      },
    },
  );
