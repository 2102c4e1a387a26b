// Route of an app's logs: the last lines as JSON, or as a stream that is bounded in time and size.
import { type Request, type Response, Router } from 'express';
import { MAX_LOG_STREAM_BYTES, MAX_LOG_STREAM_MS } from '../contract/limits.ts';
import { type LogLine, logsQuerySchema } from '../contract/logs.ts';
import { ApiError } from '../errors.ts';
import { accountOf } from '../http/account.ts';
import type { EventStreams } from '../http/event-stream.ts';
import { readQuery } from '../http/read-query.ts';
import { allowOnly, sendJson } from '../http/send.ts';
import type { PodLogs } from '../projects/pod-logs.ts';
import type { CatalogEntry } from '../projects/project-catalog.ts';
import type { Projects } from '../projects/projects.ts';
import type { RevisionSource } from '../projects/revision-source.ts';
import { idOf } from './project-request.ts';

/** What the route needs. */
export interface LogRoutes {
  readonly projects: Projects;
  readonly revisions: RevisionSource;
  readonly podLogs: PodLogs;
  readonly streams: EventStreams;
}

const buildLines = async (
  { revisions }: LogRoutes,
  { app, project }: CatalogEntry,
  asked: { readonly revision?: number | undefined; readonly tail: number },
): Promise<LogLine[]> => {
  const problem = revisions.problem();
  if (problem !== null) throw new ApiError('unavailable', problem, { retryAfter: 2 });
  const number = asked.revision ?? project.latestRevision;
  const revision = number === null ? null : await revisions.read(app, number);
  if (asked.revision !== undefined && revision === null) {
    throw new ApiError('not_found', `The app has no revision ${asked.revision}.`);
  }
  const lines = (revision?.status?.log ?? '').split('\n').filter((line) => line !== '');
  return lines.slice(-asked.tail).map((text) => ({ pod: null, time: null, text }));
};

const podLines = async ({ podLogs }: LogRoutes, { app }: CatalogEntry, tail: number): Promise<LogLine[]> => {
  const pods = await podLogs.pods(app);
  // A pod that goes in this very moment, or has not started, has nothing to say.
  const lines = await Promise.all(pods.map((pod) => podLogs.tail(pod, tail).catch(() => [])));
  return lines.flat();
};

const bytesOf = ({ text }: LogLine): number => text.length + 100;

/** Follows all pods that run now until the time or the size is reached, or they end. */
const streamLines = async (
  { podLogs, streams }: LogRoutes,
  res: Response,
  of: { readonly pods: readonly string[]; readonly tail: number },
): Promise<void> => {
  const ending = new AbortController();
  const stream = streams.open(res, () => ending.abort());
  let reason: 'time' | 'size' | 'pods' = 'pods';
  const stop = (why: 'time' | 'size'): void => {
    if (ending.signal.aborted) return;
    reason = why;
    ending.abort();
  };
  const timer = setTimeout(() => stop('time'), MAX_LOG_STREAM_MS);
  let left = MAX_LOG_STREAM_BYTES;
  const follow = async (pod: string): Promise<void> => {
    for await (const line of podLogs.follow(pod, of.tail, ending.signal)) {
      left -= bytesOf(line);
      if (left < 0) stop('size');
      if (ending.signal.aborted) return;
      stream.send('line', line);
    }
  };
  // A pod that goes, or an API server that hangs up, ends that pod's lines and nothing else.
  await Promise.all(of.pods.map((pod) => follow(pod).catch(() => undefined)));
  clearTimeout(timer);
  stream.send('end', { reason });
  stream.end();
};

const logsRoute = (deps: LogRoutes) => async (req: Request, res: Response) => {
  const id = idOf(req);
  const { source, tail, follow, revision } = readQuery(req.url, logsQuerySchema);
  const entry = deps.projects.get(accountOf(res), id);
  if (source === 'build') {
    if (follow)
      throw new ApiError('invalid_query', 'A build’s log cannot be followed; see /events/.', {
        field: 'follow',
      });
    sendJson(res, 200, { source, lines: await buildLines(deps, entry, { revision, tail }) });
    return;
  }
  if (follow) await streamLines(deps, res, { pods: await deps.podLogs.pods(entry.app), tail });
  else sendJson(res, 200, { source, lines: await podLines(deps, entry, tail) });
};

/** Makes the router of `/api/projects/{id}/logs/`. */
export const logsRouter = (deps: LogRoutes): Router => {
  const router = Router({ caseSensitive: true });
  router.route('/api/projects/:id/logs/').get(logsRoute(deps)).all(allowOnly('GET', 'HEAD'));
  return router;
};
