// Routes of the projects API, in platform scope. Streams start with the whole state, so a browser that reconnects
// has missed nothing; there is nothing to resume.
import { type Request, type Response, Router } from 'express';
import { DEFAULT_PAGE_SIZE, MAX_OFFSET, MAX_PAGE_SIZE } from '../contract/limits.ts';
import { createProjectSchema, type Project, quickUpdateSchema } from '../contract/project.ts';
import { ApiError } from '../errors.ts';
import type { EventStream, EventStreams } from '../http/event-stream.ts';
import { flag, parseQuery, wholeNumber } from '../http/query.ts';
import { readBody } from '../http/read-body.ts';
import { scopeOf } from '../http/scope.ts';
import { allowOnly, sendJson } from '../http/send.ts';
import type { ProjectChange, Projects } from '../projects/projects.ts';

/** What the routes need. */
export interface ProjectRoutes {
  readonly projects: Projects;
  readonly streams: EventStreams;
}

const APP_ID = /^[a-z0-9]{2,20}$/;

const idOf = (req: Request): string => {
  const { id } = req.params;
  if (typeof id !== 'string' || !APP_ID.test(id)) {
    throw new ApiError('invalid_id', 'An app id is 2 to 20 lower-case letters and digits.');
  }
  return id;
};

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

const sendChange = (stream: EventStream, change: ProjectChange): void => {
  if ('project' in change) stream.send('project', change.project);
  else stream.send('deleted', { id: change.deletedId });
};

/** Opens a stream that is subscribed for as long as it is open. */
const follow = (
  deps: ProjectRoutes,
  res: Response,
  listen: (stream: EventStream, change: ProjectChange) => void,
) => {
  let unsubscribe: () => void = () => undefined;
  const stream = deps.streams.open(res, () => unsubscribe());
  unsubscribe = deps.projects.subscribe((change) => listen(stream, change));
  return stream;
};

const streamAll = (deps: ProjectRoutes) => (req: Request, res: Response) => {
  parseQuery(req.url, []);
  const items = deps.projects.list();
  follow(deps, res, sendChange).send('snapshot', { items });
};

const streamOne = (deps: ProjectRoutes) => (req: Request, res: Response) => {
  parseQuery(req.url, []);
  const id = idOf(req);
  const project = deps.projects.get(id);
  const stream = follow(deps, res, (open, change) => {
    const changed = 'project' in change ? change.project.id : change.deletedId;
    if (changed !== id) return;
    sendChange(open, change);
    if ('deletedId' in change) open.end();
  });
  stream.send('project', project);
};

const listRoute =
  ({ projects }: ProjectRoutes) =>
  (req: Request, res: Response) => {
    const query = parseQuery(req.url, ['limit', 'offset']);
    const limit = wholeNumber(query, 'limit', {
      min: 1,
      max: MAX_PAGE_SIZE,
      fallback: DEFAULT_PAGE_SIZE,
      clamp: true,
    });
    const offset = wholeNumber(query, 'offset', { min: 0, max: MAX_OFFSET, fallback: 0 });
    const all = projects.list();
    sendJson(res, 200, { items: all.slice(offset, offset + limit), total: all.length, limit, offset });
  };

const createRoute =
  ({ projects }: ProjectRoutes) =>
  async (req: Request, res: Response) => {
    parseQuery(req.url, []);
    const project = await projects.create(await readBody(req, createProjectSchema));
    res.setHeader('Location', `/api/projects/${project.id}/`);
    sendJson(res, 201, project);
  };

const quickUpdateRoute =
  ({ projects }: ProjectRoutes) =>
  async (req: Request, res: Response) => {
    const id = idOf(req);
    parseQuery(req.url, []);
    const { prompt } = await readBody(req, quickUpdateSchema);
    sendJson(res, 202, await projects.quickUpdate(id, prompt));
  };

const deleteRoute =
  ({ projects }: ProjectRoutes) =>
  async (req: Request, res: Response) => {
    const id = idOf(req);
    const keepData = flag(parseQuery(req.url, ['keep_data']), 'keep_data');
    sendJson(res, 200, await projects.remove(id, keepData));
  };

/** Makes the router of `/api/projects/…`. */
export const projectsRouter = (deps: ProjectRoutes): Router => {
  const router = Router({ caseSensitive: true });
  const { projects } = deps;
  const get = (send: (project: Project) => unknown) => (req: Request, res: Response) => {
    const id = idOf(req);
    parseQuery(req.url, []);
    sendJson(res, 200, send(projects.get(id)));
  };
  // The guard lets no app's host come here; this is the second lock on the same door.
  router.use('/api/projects', (_req, res, next) => {
    if (scopeOf(res).kind !== 'platform')
      throw new ApiError('not_found', 'There is nothing at this address.');
    next();
  });
  router
    .route('/api/projects/')
    .get(listRoute(deps))
    .post(createRoute(deps))
    .all(allowOnly('GET', 'HEAD', 'POST'));
  router.route('/api/projects/events/').head(allowOnly('GET')).get(streamAll(deps)).all(allowOnly('GET'));
  router
    .route('/api/projects/:id/')
    .get(get((project) => project))
    .delete(deleteRoute(deps))
    .all(allowOnly('GET', 'HEAD', 'DELETE'));
  router.route('/api/projects/:id/progress/').get(get(toProgress)).all(allowOnly('GET', 'HEAD'));
  router.route('/api/projects/:id/events/').head(allowOnly('GET')).get(streamOne(deps)).all(allowOnly('GET'));
  router.route('/api/projects/:id/quick_update/').post(quickUpdateRoute(deps)).all(allowOnly('POST'));
  return router;
};
