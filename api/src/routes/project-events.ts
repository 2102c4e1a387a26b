// Server-sent events of the projects API. A stream starts with the whole state, so a browser that reconnects has missed
// no change of an app, whatever happened meanwhile.
import type { Request, Response } from 'express';
import { accountOf } from '../http/account.ts';
import type { EventStream, EventStreams } from '../http/event-stream.ts';
import { parseQuery } from '../http/query.ts';
import type { ProjectChange, Projects } from '../projects/projects.ts';
import { idOf } from './project-request.ts';

/** What streams need. */
export interface ProjectEventRoutes {
  readonly projects: Projects;
  readonly streams: EventStreams;
}

const sendChange = (stream: EventStream, change: ProjectChange): void => {
  if ('project' in change) stream.send('project', change.project);
  else stream.send('deleted', { id: change.deletedId });
};

/** Opens a stream that is subscribed for as long as it is open. */
const follow = (
  deps: ProjectEventRoutes,
  res: Response,
  listen: (stream: EventStream, change: ProjectChange) => void,
): EventStream => {
  let unsubscribe: () => void = () => undefined;
  const stream = deps.streams.open(res, () => unsubscribe());
  unsubscribe = deps.projects.subscribe(accountOf(res), (change) => listen(stream, change));
  return stream;
};

/** `GET /api/projects/events/`: all apps of the account. */
export const streamAll = (deps: ProjectEventRoutes) => (req: Request, res: Response) => {
  parseQuery(req.url, []);
  const items = deps.projects.all(accountOf(res)).map(({ project }) => project);
  follow(deps, res, sendChange).send('snapshot', { items });
};

/** `GET /api/projects/{id}/events/`: one app; ends when it is deleted. */
export const streamOne = (deps: ProjectEventRoutes) => (req: Request, res: Response) => {
  parseQuery(req.url, []);
  const id = idOf(req);
  const { project } = deps.projects.get(accountOf(res), id);
  const stream = follow(deps, res, (open, change) => {
    const changed = 'project' in change ? change.project.id : change.deletedId;
    if (changed !== id) return;
    sendChange(open, change);
    if ('deletedId' in change) open.end();
  });
  stream.send('project', project);
};
