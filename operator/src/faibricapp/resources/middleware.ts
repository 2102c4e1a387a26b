// Tells the API which app a request belongs to, from the routed host and not from the client: Traefik overwrites
// whatever the client sent under this header's name.
import type { Child } from '../actions.ts';
import { type AppShape, makeChild } from './common.ts';
import { idMiddlewareName } from './names.ts';

/** The Middleware of an app: sets X-Faibric-App. */
export const makeMiddleware = (app: AppShape): Child =>
  makeChild(
    app,
    { apiVersion: 'traefik.io/v1alpha1', kind: 'Middleware', name: idMiddlewareName(app.name) },
    { spec: { headers: { customRequestHeaders: { 'X-Faibric-App': app.appId } } } },
  );
