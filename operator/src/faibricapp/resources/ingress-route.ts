// The route of an app: its pages from its own Service, `/api/` from Faibric's API on the same origin. Hosts come
// from validated DNS labels only, but they enter a rule language: anything else is refused here once more.
import type { Child } from '../actions.ts';
import { type AppShape, makeChild } from './common.ts';
import { idMiddlewareName } from './names.ts';

/** Where the API is and how Traefik proves itself to it. */
export interface ApiTarget {
  /** A Service name in `namespace`, or `name@provider`, a service Traefik knows by itself. */
  readonly service: string;
  readonly namespace: string;
  /** Middleware that sets X-Faibric-Proxy, for example `faibric-proxy@file`. */
  readonly proxyMiddleware: string;
}

const HOST = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

const hostRule = (app: AppShape): string => {
  const hosts = app.customHost ? [app.host, app.customHost] : [app.host];
  const bad = hosts.find((host) => !HOST.test(host));
  // A backtick or parenthesis would end the rule and begin another (claim C2).
  if (bad !== undefined) throw new Error(`cannot route host ${JSON.stringify(bad)}: it is no DNS name`);
  const rules = hosts.map((host) => `Host(\`${host}\`)`);
  return rules.length === 1 ? `${rules[0]}` : `(${rules.join(' || ')})`;
};

const apiService = (api: ApiTarget): object =>
  api.service.includes('@')
    ? { kind: 'TraefikService', name: api.service }
    : { kind: 'Service', name: api.service, namespace: api.namespace, port: 80 };

/** The IngressRoute of an app. */
export const makeIngressRoute = (app: AppShape, api: ApiTarget): Child => {
  const hosts = hostRule(app);
  return makeChild(
    app,
    { apiVersion: 'traefik.io/v1alpha1', kind: 'IngressRoute', name: app.name },
    {
      spec: {
        entryPoints: ['web'],
        routes: [
          { kind: 'Rule', match: hosts, services: [{ kind: 'Service', name: app.name, port: 80 }] },
          {
            kind: 'Rule',
            match: `${hosts} && PathPrefix(\`/api/\`)`,
            middlewares: [{ name: idMiddlewareName(app.name) }, { name: api.proxyMiddleware }],
            services: [apiService(api)],
          },
        ],
      },
    },
  );
};
