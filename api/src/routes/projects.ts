// Routes of the projects API, on the platform's host alone. What they may touch is decided by the account, in
// `projects`; here is only HTTP.
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Project } from '../contract/project.ts';
import {
  createProjectSchema,
  deleteProjectQuerySchema,
  listProjectsQuerySchema,
  noParametersSchema,
  quickUpdateSchema,
  rollbackSchema,
} from '../contract/project-requests.ts';
import { accountOf } from '../http/account.ts';
import { parseQuery } from '../http/query.ts';
import { readBody } from '../http/read-body.ts';
import { readQuery } from '../http/read-query.ts';
import { allowOnly, sendJson, sendJsonText } from '../http/send.ts';
import type { ProjectAction, ProjectActions } from '../projects/project-actions.ts';
import type { Quotas } from '../projects/quotas.ts';
import { type ProjectEventRoutes, streamAll, streamOne } from './project-events.ts';
import { type ExportRoutes, exportRouter } from './project-export.ts';
import { type LogRoutes, logsRouter } from './project-logs.ts';
import { idOf, platformOnly } from './project-request.ts';
import { type RevisionRoutes, revisionsRouter } from './project-revisions.ts';
import { type UsageRoutes, usageRouter } from './usage.ts';

/** What the routes need. */
export interface ProjectRoutes
  extends ProjectEventRoutes,
    RevisionRoutes,
    UsageRoutes,
    ExportRoutes,
    LogRoutes {
  readonly actions: ProjectActions;
  readonly quotas: Quotas;
}

type Route = (deps: ProjectRoutes) => (req: Request, res: Response) => void | Promise<void>;

const toProgress = ({ id, phase, ready, url, steps, progress, stalled, limited }: Project) => ({
  id,
  phase,
  ready,
  url,
  steps,
  progress,
  stalled,
  limited,
});

const listRoute: Route = (deps) => (req, res) => {
  const query = readQuery(req.url, listProjectsQuerySchema);
  const { entries, total } = deps.projects.list(accountOf(res), query);
  const items = entries.map(({ json }) => json).join(',');
  const { limit, offset } = query;
  sendJsonText(res, 200, `{"items":[${items}],"total":${total},"limit":${limit},"offset":${offset}}`);
};

const createRoute: Route = (deps) => async (req, res) => {
  parseQuery(req.url, []);
  const account = accountOf(res);
  const project = await deps.projects.create(account, await readBody(req, createProjectSchema));
  res.setHeader('Location', `/api/projects/${project.id}/`);
  sendJson(res, 201, project);
};

const getRoute: Route = (deps) => (req, res) => {
  const id = idOf(req);
  parseQuery(req.url, []);
  sendJsonText(res, 200, deps.projects.get(accountOf(res), id).json);
};

const progressRoute: Route = (deps) => (req, res) => {
  const id = idOf(req);
  parseQuery(req.url, []);
  sendJson(res, 200, toProgress(deps.projects.get(accountOf(res), id).project));
};

const deleteRoute: Route = (deps) => async (req, res) => {
  const id = idOf(req);
  const { keep_data: keepData } = readQuery(req.url, deleteProjectQuerySchema);
  sendJson(res, 200, await deps.projects.remove(accountOf(res), id, keepData));
};

/** A route that changes an app: `chosen` reads what the body asks for. The app is looked up before the body is read. */
const actionRoute =
  (chosen: (actions: ProjectActions, req: Request) => Promise<ProjectAction>): Route =>
  (deps) =>
  async (req, res) => {
    const id = idOf(req);
    parseQuery(req.url, []);
    const account = accountOf(res);
    deps.projects.get(account, id);
    const action = await chosen(deps.actions, req);
    sendJson(res, 202, await deps.projects.act(account, id, action));
  };

/** An action without parameters. */
const plainAction = (action: (actions: ProjectActions) => ProjectAction): Route =>
  actionRoute(async (actions, req) => {
    await readBody(req, noParametersSchema);
    return action(actions);
  });

const ACTIONS: Readonly<Record<string, Route>> = {
  quick_update: actionRoute(async (actions, req) =>
    actions.quickUpdate((await readBody(req, quickUpdateSchema)).prompt),
  ),
  rollback: actionRoute(async (actions, req) =>
    actions.rollback((await readBody(req, rollbackSchema)).revision),
  ),
  cancel: plainAction((actions) => actions.cancel()),
  retry: plainAction((actions) => actions.retry()),
  suspend: plainAction((actions) => actions.suspend(true)),
  resume: plainAction((actions) => actions.suspend(false)),
};

// After these a model may be called.
const MAY_SPEND = new Set(['quick_update', 'retry']);

const tokensLeft =
  ({ quotas }: ProjectRoutes): RequestHandler =>
  (_req, res, next) => {
    quotas.requireTokens(accountOf(res));
    next();
  };

/** Makes the router of `/api/projects/…`. */
export const projectsRouter = (deps: ProjectRoutes): Router => {
  const router = Router({ caseSensitive: true });
  router.use('/api/projects', platformOnly);
  router
    .route('/api/projects/')
    .get(listRoute(deps))
    .post(createRoute(deps))
    .all(allowOnly('GET', 'HEAD', 'POST'));
  router.route('/api/projects/events/').head(allowOnly('GET')).get(streamAll(deps)).all(allowOnly('GET'));
  router
    .route('/api/projects/:id/')
    .get(getRoute(deps))
    .delete(deleteRoute(deps))
    .all(allowOnly('GET', 'HEAD', 'DELETE'));
  router.route('/api/projects/:id/progress/').get(progressRoute(deps)).all(allowOnly('GET', 'HEAD'));
  router.route('/api/projects/:id/events/').head(allowOnly('GET')).get(streamOne(deps)).all(allowOnly('GET'));
  for (const [name, route] of Object.entries(ACTIONS)) {
    const checks = MAY_SPEND.has(name) ? [tokensLeft(deps)] : [];
    router.route(`/api/projects/:id/${name}/`).post(checks, route(deps)).all(allowOnly('POST'));
  }
  router.use(revisionsRouter(deps), usageRouter(deps), exportRouter(deps), logsRouter(deps));
  return router;
};
