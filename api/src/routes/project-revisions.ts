// Routes of an app's revisions: all in short, and one with its source.
import { type Request, type Response, Router } from 'express';
import { revisionNumberSchema } from '../contract/project-requests.ts';
import { ApiError } from '../errors.ts';
import { accountOf } from '../http/account.ts';
import { parseQuery } from '../http/query.ts';
import { allowOnly, sendJson } from '../http/send.ts';
import type { Projects } from '../projects/projects.ts';
import type { RevisionSource } from '../projects/revision-source.ts';
import { toRevision, toRevisionSummary } from '../projects/revision-view.ts';
import { idOf } from './project-request.ts';

/** What the routes need. */
export interface RevisionRoutes {
  readonly projects: Projects;
  readonly revisions: RevisionSource;
}

const requireRevisions = ({ revisions }: RevisionRoutes): void => {
  const problem = revisions.problem();
  if (problem !== null) throw new ApiError('unavailable', problem, { retryAfter: 2 });
};

const numberOf = (req: Request): number => {
  const number = revisionNumberSchema.safeParse(req.params.number);
  if (!number.success) throw new ApiError('invalid_id', 'The number of a revision is a whole number from 1.');
  return number.data;
};

const listRoute = (deps: RevisionRoutes) => (req: Request, res: Response) => {
  const id = idOf(req);
  parseQuery(req.url, []);
  const { app } = deps.projects.get(accountOf(res), id);
  requireRevisions(deps);
  const items = deps.revisions.of(app).map((revision) => toRevisionSummary(app, revision));
  sendJson(res, 200, { items: items.reverse(), total: items.length });
};

const getRoute = (deps: RevisionRoutes) => async (req: Request, res: Response) => {
  const id = idOf(req);
  const number = numberOf(req);
  parseQuery(req.url, []);
  const { app } = deps.projects.get(accountOf(res), id);
  requireRevisions(deps);
  const revision = await deps.revisions.read(app, number);
  if (revision === null) throw new ApiError('not_found', `The app has no revision ${number}.`);
  const { parent } = revision.spec;
  const before = parent === undefined ? null : await deps.revisions.read(app, parent);
  sendJson(res, 200, toRevision(app, revision, before));
};

/** Makes the router of `/api/projects/{id}/revisions/…`. */
export const revisionsRouter = (deps: RevisionRoutes): Router => {
  const router = Router({ caseSensitive: true });
  router.route('/api/projects/:id/revisions/').get(listRoute(deps)).all(allowOnly('GET', 'HEAD'));
  router.route('/api/projects/:id/revisions/:number/').get(getRoute(deps)).all(allowOnly('GET', 'HEAD'));
  return router;
};
