// The calls of the projects API and the reducer of its events. Features share this through lib, because no
// feature may import another. Every list in the page comes through `reduceProjects`, newest first.
import type { Project, ProjectEventName } from '@faibric/api/contract';
import {
  deletedProjectSchema,
  projectEventSchemas,
  projectListSchema,
  projectSchema,
} from '@faibric/api/contract';
import { requestJson } from './http.ts';

/** Address of the event stream of all apps. */
export const EVENTS_URL = '/api/projects/events/';
/** Names of its events. */
export const EVENT_NAMES = Object.keys(projectEventSchemas) as ProjectEventName[];
/** Cache key of the list. */
export const PROJECTS_KEY = ['projects'] as const;

/** Something that changes the list: an event of the stream, or the answer to our own call. */
export type ProjectsAction =
  | { type: 'snapshot'; items: readonly Project[] }
  | { type: 'project'; project: Project }
  | { type: 'deleted'; id: string }
  | { type: 'deleting'; id: string };

/** All apps, as many as the API gives in one page; the stream's snapshot brings the rest. */
export async function listProjects(): Promise<Project[]> {
  return (await requestJson(projectListSchema, { path: '/api/projects/?limit=500' })).items;
}

/** Creates an app from a sentence. */
export function createProject(prompt: string): Promise<Project> {
  return requestJson(projectSchema, { path: '/api/projects/', method: 'POST', body: { prompt } });
}

/** Deletes an app with its revisions and documents. */
export async function deleteProject(id: string): Promise<void> {
  await requestJson(deletedProjectSchema, {
    path: `/api/projects/${encodeURIComponent(id)}/`,
    method: 'DELETE',
  });
}

function newestFirst(items: readonly Project[]): Project[] {
  return items.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || a.id.localeCompare(b.id));
}

/** The list after an action. Unknown ids are added by `project` and ignored by the rest. */
export function reduceProjects(list: readonly Project[], action: ProjectsAction): Project[] {
  switch (action.type) {
    case 'snapshot':
      return newestFirst(action.items);
    case 'project':
      return newestFirst([...list.filter((one) => one.id !== action.project.id), action.project]);
    case 'deleted':
      return list.filter((one) => one.id !== action.id);
    case 'deleting':
      return list.map((one) => (one.id === action.id ? { ...one, deleting: true } : one));
  }
}

/** Reads one event of the stream; undefined for what changes nothing or is not understood. */
export function parseProjectEvent(type: string, data: string): ProjectsAction | undefined {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return undefined;
  }
  if (type === 'snapshot') {
    const parsed = projectEventSchemas.snapshot.safeParse(json);
    return parsed.success ? { type, items: parsed.data.items } : undefined;
  }
  if (type === 'project') {
    const parsed = projectEventSchemas.project.safeParse(json);
    return parsed.success ? { type, project: parsed.data } : undefined;
  }
  if (type === 'deleted') {
    const parsed = projectEventSchemas.deleted.safeParse(json);
    return parsed.success ? { type, id: parsed.data.id } : undefined;
  }
  return undefined;
}
