// The whole HTTP surface, in the order in which a request meets it. Everything it needs is an argument, so that a
// test runs the same app as production with its own store, cluster and clock.
import express, { type Express, type RequestHandler } from 'express';
import { admit } from './access/admit.ts';
import type { Accounts } from './accounts/accounts.ts';
import type { AppData } from './app-data.ts';
import { MAX_URL_BYTES } from './contract/limits.ts';
import { ApiError } from './errors.ts';
import { type IdentifyAccount, identifyAccount } from './http/account.ts';
import { besideDocuments } from './http/beside-documents.ts';
import { endWithAccount } from './http/end-with-account.ts';
import { requireKnownHost } from './http/known-host.ts';
import { observeRequests } from './http/observe-requests.ts';
import { requireSameOrigin } from './http/same-origin.ts';
import { guardScope, scopeOf } from './http/scope.ts';
import { securityHeaders } from './http/security-headers.ts';
import { handleErrors, notFound } from './http/send.ts';
import type { Metrics } from './metrics.ts';
import type { Clock, Log } from './ports.ts';
import { accountsRouter } from './routes/accounts.ts';
import { appUsersRouter } from './routes/app-users.ts';
import { authRouter } from './routes/auth.ts';
import { authProofsRouter } from './routes/auth-proofs.ts';
import { databaseRouter } from './routes/database.ts';
import { documentAccessRouter } from './routes/document-access.ts';
import { announceWrites, documentEventsRouter } from './routes/document-events.ts';
import { type GatewayRoutes, gatewayRouter } from './routes/gateway.ts';
import { healthRouter, type Readiness } from './routes/health.ts';
import { oidcRouter } from './routes/oidc.ts';
import { openApiRouter } from './routes/openapi.ts';
import { ownedAppUsersRouter } from './routes/owned-app-users.ts';
import { type ProjectRoutes, projectsRouter } from './routes/projects.ts';
import { webPages } from './routes/web-pages.ts';

/** Everything that the app is made of. */
export interface AppParts {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly now: Clock;
  readonly proxySecret: string;
  /** The domain under which apps have their hosts; frames of it are allowed. */
  readonly domain: string;
  /** Folder of the web page's build, or null when there is none. */
  readonly webDir: string | null;
  readonly readiness: Readiness;
  /** Who asks on the platform's host, and the routes of accounts. */
  readonly accounts: Accounts;
  readonly data: AppData;
  readonly projects: ProjectRoutes;
  readonly gateway: GatewayRoutes;
}

const refuseLongUrls: RequestHandler = (req, _res, next) => {
  if (req.url.length > MAX_URL_BYTES) throw new ApiError('uri_too_long', 'The address is too long.');
  next();
};

/** Accounts exist on the platform's host only: an app's page proves none, whatever cookies it has. Files need none. */
const identifyOnPlatform = (identify: IdentifyAccount): RequestHandler =>
  identifyAccount(async (req, res) =>
    scopeOf(res).kind === 'platform' && req.path.startsWith('/api/') ? identify(req, res) : null,
  );

const useAppData = (app: Express, { access, editor, database, live, appUsers }: AppData): void => {
  app.use('/api/v1/db/:app/', admit(access), announceWrites(live));
  // Before the routes of documents, for which `events` and `access` would be ids.
  app.use(documentEventsRouter(database, live), documentAccessRouter(editor));
  app.use(databaseRouter(database));
  app.use(appUsersRouter(appUsers), ownedAppUsersRouter(appUsers.users, access));
};

/** Makes the Express app. */
export const makeApp = (parts: AppParts): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  // Routes parse their own queries, strictly; Express' parser never runs.
  app.set('query parser', false);
  app.set('trust proxy', false);
  app.use(observeRequests(parts), securityHeaders, refuseLongUrls);
  app.use(besideDocuments(healthRouter(parts.readiness)));
  app.use(guardScope(parts.proxySecret), requireKnownHost(parts.domain), requireSameOrigin);
  const { identify, recheckMs } = parts.accounts;
  app.use(identifyOnPlatform(identify), endWithAccount(identify, recheckMs));
  const { auth, oidc, manage } = parts.accounts;
  app.use(
    besideDocuments(
      // First: a hit of its cache is the cheapest answer there is, and each router in front of it costs time.
      gatewayRouter(parts.gateway),
      authRouter(auth),
      authProofsRouter(auth.accounts),
      oidcRouter(auth, oidc),
      accountsRouter(manage),
    ),
  );
  useAppData(app, parts.data);
  app.use(projectsRouter(parts.projects));
  app.use(openApiRouter());
  if (parts.webDir !== null) app.use(webPages(parts.webDir, parts.domain));
  app.use(notFound, handleErrors(parts));
  return app;
};
