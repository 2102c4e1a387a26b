// Server-sent events of the projects API. A stream starts with the whole state, so a browser that reconnects has missed
// no change of an app, whatever happened meanwhile.
import type { Request, Response } from 'express';
import { ApiError } from '../errors.ts';
import { accountOf } from '../http/account.ts';
import type { EventStream, EventStreams } from '../http/event-stream.ts';
import { parseQuery } from '../http/query.ts';
import type { ProjectChange, Projects } from '../projects/projects.ts';
import type { WorkEvent, WorkSource } from '../projects/work-source.ts';
import { idOf } from './project-request.ts';

/** What streams need. */
export interface ProjectEventRoutes {
  readonly projects: Projects;
  readonly streams: EventStreams;
  readonly work: WorkSource;
}

const sendChange = (stream: EventStream, change: ProjectChange): void => {
  if ('project' in change) stream.send('project', change.project);
  else stream.send('deleted', { id: change.deletedId });
};

const sendWork = (stream: EventStream, { id, entry }: WorkEvent): void => {
  const { revision, step, kind, text, path = '', offset = 0 } = entry;
  const data = kind === 'log' ? { revision, step, text } : { revision, step, path, offset, text };
  stream.send(kind, data, id);
};

/** Opens a stream that is subscribed for as long as it is open. */
const follow = (
  deps: ProjectEventRoutes,
  res: Response,
  listen: (stream: EventStream, change: ProjectChange) => void,
): { stream: EventStream; onClose: (work: () => void) => void } => {
  const ends: (() => void)[] = [];
  const stream = deps.streams.open(res, () => {
    for (const end of ends) end();
  });
  ends.push(deps.projects.subscribe(accountOf(res), (change) => listen(stream, change)));
  return { stream, onClose: (work) => ends.push(work) };
};

// The id of a Redis stream's entry.
const EVENT_ID = /^\d{1,15}-\d{1,15}$/;

/** The last event that a browser saw before it lost its connection; null when it comes anew. */
const lastEventId = (req: Request): string | null => {
  const given = req.headers['last-event-id'];
  if (given === undefined || given === '') return null;
  if (typeof given === 'string' && EVENT_ID.test(given)) return given;
  throw new ApiError('invalid_header', 'Last-Event-ID is not the id of an event of this stream.', {
    field: 'Last-Event-ID',
  });
};

/** `GET /api/projects/events/`: all apps of the account. */
export const streamAll = (deps: ProjectEventRoutes) => (req: Request, res: Response) => {
  parseQuery(req.url, []);
  const items = deps.projects.all(accountOf(res)).map(({ project }) => project);
  follow(deps, res, sendChange).stream.send('snapshot', { items });
};

/** `GET /api/projects/{id}/events/`: one app; ends when it is deleted. */
export const streamOne = (deps: ProjectEventRoutes) => (req: Request, res: Response) => {
  parseQuery(req.url, []);
  const id = idOf(req);
  const after = lastEventId(req);
  const { project } = deps.projects.get(accountOf(res), id);
  const { stream, onClose } = follow(deps, res, (open, change) => {
    const changed = 'project' in change ? change.project.id : change.deletedId;
    if (changed !== id) return;
    sendChange(open, change);
    if ('deletedId' in change) open.end();
  });
  stream.send('project', project);
  onClose(deps.work.follow(id, after, (event) => sendWork(stream, event)));
};
