// The operations of the projects API. All of them are for accounts on the platform's host, each for its own apps
// (admins for all): anything of another's app is answered like an app that is not there.
import { logsQuerySchema, logsSchema } from '../logs.ts';
import type { Operation } from '../operation.ts';
import { deletedProjectSchema, projectListSchema, projectProgressSchema, projectSchema } from '../project.ts';
import {
  createProjectSchema,
  deleteProjectQuerySchema,
  exportQuerySchema,
  listProjectsQuerySchema,
  noParametersSchema,
  projectIdSchema,
  quickUpdateSchema,
  revisionNumberSchema,
  rollbackSchema,
} from '../project-requests.ts';
import { revisionListSchema, revisionSchema } from '../revision.ts';
import { allUsageSchema, usageQuerySchema, usageSchema } from '../usage.ts';

const common = { tag: 'projects', callers: ['account'] } as const;
const params = { id: projectIdSchema };
const EVENTS = 'text/event-stream';

/** An action on one app that answers with the app as it is then; the work goes on. */
const action = (of: {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly body?: Operation['body'];
  readonly problems?: Operation['problems'];
}): Operation => ({
  ...common,
  id: of.id,
  method: 'POST',
  path: `/api/projects/:id/${of.name}/`,
  summary: of.summary,
  params,
  body: of.body ?? noParametersSchema,
  answers: { 202: { description: 'Written; the operator acts on it.', schema: projectSchema } },
  problems: ['not_found', 'conflict', 'rejected', 'unavailable', ...(of.problems ?? [])],
});

/** Creating, listing, following, changing and deleting apps. */
export const PROJECT_OPERATIONS: readonly Operation[] = [
  {
    ...common,
    id: 'listProjects',
    method: 'GET',
    path: '/api/projects/',
    summary: 'Lists apps, newest first; searchable and paged.',
    description:
      'A user sees own apps, an admin all. `q` holds words that must all occur in title, prompt, name or host.',
    query: listProjectsQuerySchema,
    answers: { 200: { description: 'A page of apps.', schema: projectListSchema } },
    problems: ['invalid_query', 'unavailable'],
  },
  {
    ...common,
    id: 'createProject',
    method: 'POST',
    path: '/api/projects/',
    summary: 'Creates an app from a prompt; the operator starts at once.',
    body: createProjectSchema,
    answers: { 201: { description: 'The app.', schema: projectSchema } },
    problems: ['rejected', 'quota_exceeded', 'conflict', 'unavailable'],
  },
  {
    ...common,
    id: 'followProjects',
    method: 'GET',
    path: '/api/projects/events/',
    summary: 'Follows all apps: `snapshot` first, then `project`, `deleted`, `closing`.',
    answers: { 200: { description: 'Server-sent events.', type: EVENTS } },
    problems: ['unavailable'],
  },
  {
    ...common,
    id: 'getProject',
    method: 'GET',
    path: '/api/projects/:id/',
    summary: 'Gives one app.',
    params,
    answers: { 200: { description: 'The app.', schema: projectSchema } },
    problems: ['not_found', 'unavailable'],
  },
  {
    ...common,
    id: 'deleteProject',
    method: 'DELETE',
    path: '/api/projects/:id/',
    summary: 'Deletes an app with its documents and users.',
    params,
    query: deleteProjectQuerySchema,
    answers: { 200: { description: 'What was deleted.', schema: deletedProjectSchema } },
    problems: ['not_found', 'unavailable'],
  },
  {
    ...common,
    id: 'getProjectProgress',
    method: 'GET',
    path: '/api/projects/:id/progress/',
    summary: 'Gives the part of an app that moves while it is made.',
    params,
    answers: { 200: { description: 'Steps and progress.', schema: projectProgressSchema } },
    problems: ['not_found', 'unavailable'],
  },
  {
    ...common,
    id: 'followProject',
    method: 'GET',
    path: '/api/projects/:id/events/',
    summary: 'Follows one app; ends when it is deleted.',
    params,
    answers: { 200: { description: 'Server-sent events.', type: EVENTS } },
    problems: ['not_found', 'unavailable'],
  },
  action({
    id: 'quickUpdateProject',
    name: 'quick_update',
    summary: 'Changes an app by a sentence: appends it to the changes.',
    body: quickUpdateSchema,
    problems: ['quota_exceeded'],
  }),
  action({
    id: 'rollbackProject',
    name: 'rollback',
    summary: 'Holds an app at an accepted revision; `null` goes back to the newest. Asks no model.',
    body: rollbackSchema,
  }),
  action({
    id: 'cancelProject',
    name: 'cancel',
    summary: 'Stops the work in progress; the app keeps its last good revision.',
  }),
  action({ id: 'retryProject', name: 'retry', summary: 'Tries again what failed.' }),
  action({ id: 'suspendProject', name: 'suspend', summary: 'Stops the pods; data and revisions stay.' }),
  action({ id: 'resumeProject', name: 'resume', summary: 'Starts the pods again.' }),
  {
    ...common,
    id: 'listRevisions',
    method: 'GET',
    path: '/api/projects/:id/revisions/',
    summary: 'Lists the revisions that are kept, newest first.',
    params,
    answers: { 200: { description: 'The revisions in short.', schema: revisionListSchema } },
    problems: ['not_found', 'unavailable'],
  },
  {
    ...common,
    id: 'getRevision',
    method: 'GET',
    path: '/api/projects/:id/revisions/:number/',
    summary: 'Gives a revision with its source, its diff against the parent, and its findings.',
    params: { ...params, number: revisionNumberSchema },
    answers: { 200: { description: 'The revision.', schema: revisionSchema } },
    problems: ['not_found', 'unavailable'],
  },
  {
    ...common,
    id: 'getUsage',
    method: 'GET',
    path: '/api/projects/:id/usage/',
    summary: 'Tells what models cost for this app: tokens and money by step, day and model.',
    params,
    query: usageQuerySchema,
    answers: { 200: { description: 'The figures.', schema: usageSchema } },
    problems: ['not_found', 'invalid_query', 'unavailable'],
  },
  {
    ...common,
    id: 'getAllUsage',
    method: 'GET',
    path: '/api/usage/',
    summary:
      'Tells what models cost for all apps of the account (an admin: of everybody), also by app and owner.',
    query: usageQuerySchema,
    answers: { 200: { description: 'The figures.', schema: allUsageSchema } },
    problems: ['invalid_query', 'unavailable'],
  },
  {
    ...common,
    id: 'exportProject',
    method: 'GET',
    path: '/api/projects/:id/export/',
    summary: 'Gives an app as a zip: a Vite project that needs nothing of Faibric’s, and manifests.',
    params,
    query: exportQuerySchema,
    answers: { 200: { description: 'The zip.', type: 'application/zip' } },
    problems: ['not_found', 'invalid_query', 'unavailable', 'service_not_configured'],
  },
  {
    ...common,
    id: 'getLogs',
    method: 'GET',
    path: '/api/projects/:id/logs/',
    summary: 'Gives the last lines that the app printed, or of its last failed build.',
    description:
      'With `follow=true` server-sent events `line` and at last `end`, for at most ten minutes and 2 MiB.',
    params,
    query: logsQuerySchema,
    answers: { 200: { description: 'The lines.', schema: logsSchema } },
    problems: ['not_found', 'invalid_query', 'unavailable'],
  },
];
