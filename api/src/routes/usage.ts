// Routes of what models cost: of one app, and of all apps of an account.
import { type Request, type Response, Router } from 'express';
import { usageQuerySchema } from '../contract/usage.ts';
import { ApiError } from '../errors.ts';
import { accountOf } from '../http/account.ts';
import { readQuery } from '../http/read-query.ts';
import { allowOnly, sendJson } from '../http/send.ts';
import type { CatalogEntry } from '../projects/project-catalog.ts';
import type { Projects } from '../projects/projects.ts';
import type { RevisionSource } from '../projects/revision-source.ts';
import { type Prices, type UsedApp, usageOf, usageOfAll } from '../projects/usage.ts';
import { idOf, platformOnly } from './project-request.ts';

/** What the routes need. */
export interface UsageRoutes {
  readonly projects: Projects;
  readonly revisions: RevisionSource;
  /** Null: no prices are configured. */
  readonly prices: Prices | null;
}

const usedApp = ({ revisions }: UsageRoutes, entry: CatalogEntry): UsedApp => ({
  entry,
  revisions: revisions.of(entry.app),
});

const requireRevisions = ({ revisions }: UsageRoutes): void => {
  const problem = revisions.problem();
  if (problem !== null) throw new ApiError('unavailable', problem, { retryAfter: 2 });
};

const oneRoute = (deps: UsageRoutes) => (req: Request, res: Response) => {
  const id = idOf(req);
  const query = readQuery(req.url, usageQuerySchema);
  const entry = deps.projects.get(accountOf(res), id);
  requireRevisions(deps);
  sendJson(res, 200, usageOf(usedApp(deps, entry), deps.prices, query));
};

const allRoute = (deps: UsageRoutes) => (req: Request, res: Response) => {
  const query = readQuery(req.url, usageQuerySchema);
  const entries = deps.projects.all(accountOf(res));
  requireRevisions(deps);
  const apps = entries.map((entry) => usedApp(deps, entry));
  sendJson(res, 200, usageOfAll(apps, deps.prices, query));
};

/** Makes the router of `/api/usage/` and `/api/projects/{id}/usage/`. */
export const usageRouter = (deps: UsageRoutes): Router => {
  const router = Router({ caseSensitive: true });
  router.route('/api/usage/').all(platformOnly).get(allRoute(deps)).all(allowOnly('GET', 'HEAD'));
  router.route('/api/projects/:id/usage/').get(oneRoute(deps)).all(allowOnly('GET', 'HEAD'));
  return router;
};
