// How an app looks on the wire. A project is a view of a FaibricApp resource: nothing here is stored anywhere else.
// `id` is the app id (stable, part of the host), `name` the name of the resource in Kubernetes.
import { workSteps } from '@faibric/crds';
import { z } from 'zod';

/** The six steps from prompt to running app, in order. */
export const STEP_NAMES = ['analyze', 'generate', 'validate', 'build', 'deploy', 'route'] as const;
/** One of the six steps. */
export type StepName = (typeof STEP_NAMES)[number];

/** Where one step stands. `failed` means stalled: it needs a change of the spec or an answer from a person. */
export const stepSchema = z.object({
  name: z.enum(STEP_NAMES),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** A CamelCase reason from the resource's closed list, or null before the step was looked at. */
  reason: z.string().nullable(),
  /** A sentence for people; may be empty. */
  message: z.string(),
  /** When the step last changed state, ISO 8601, or null. */
  since: z.string().nullable(),
});
export type Step = z.infer<typeof stepSchema>;

/** What the operator is doing or waiting for right now. */
export const progressSchema = z.object({
  step: z.string(),
  message: z.string(),
  since: z.string().nullable(),
});

/** An app as the API shows it. */
export const projectSchema = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  owner: z.string(),
  prompt: z.string(),
  engine: z.string(),
  /** Derived, for display only: Pending, Analyzing, …, Ready, Failed, Suspended, Deleting. Decide on `ready` and `steps`. */
  phase: z.string(),
  ready: z.boolean(),
  suspended: z.boolean(),
  /** True from the moment its deletion was asked for until the resource is gone. */
  deleting: z.boolean(),
  type: z.string().nullable(),
  host: z.string(),
  /** Where the app answers, or will; link to it only when `ready`. */
  url: z.string(),
  steps: z.array(stepSchema),
  progress: progressSchema.nullable(),
  /** Set when nothing more will happen by itself: why, and what to do. */
  stalled: z.object({ reason: z.string(), message: z.string() }).nullable(),
  /** What was asked and is not in the app, one entry a thing. */
  limited: z.array(z.string()),
  /** Number of the revision that is live, or null. */
  revision: z.number().int().nullable(),
  latestRevision: z.number().int().nullable(),
  /** Number of the revision that the app is held at (rollback), or null: the newest accepted one serves. */
  pinned: z.number().int().nullable(),
  /** The modifications asked for so far, oldest first. */
  changes: z.array(z.object({ id: z.string(), prompt: z.string() })),
  services: z.array(z.string()),
  collections: z.array(z.string()),
  /** Model tokens spent on this app in all. */
  tokens: z.number().int(),
  createdAt: z.string(),
});
export type Project = z.infer<typeof projectSchema>;

/** Answer of `GET /api/projects/`. `total` counts all that match, not only this page. */
export const projectListSchema = z.object({
  items: z.array(projectSchema),
  total: z.number().int(),
  limit: z.number().int(),
  offset: z.number().int(),
});
export type ProjectList = z.infer<typeof projectListSchema>;

/** Answer of `GET /api/projects/{id}/progress/`. */
export const projectProgressSchema = projectSchema.pick({
  id: true,
  phase: true,
  ready: true,
  url: true,
  steps: true,
  progress: true,
  stalled: true,
  limited: true,
});
export type ProjectProgress = z.infer<typeof projectProgressSchema>;

/**
 * Answer of `DELETE /api/projects/{id}/`. `documents` is how many were deleted; null when they were kept on request
 * (`dataKept`), or when the database went away at that moment and they are deleted as soon as it is back.
 */
export const deletedProjectSchema = z.object({
  id: z.string(),
  name: z.string(),
  documents: z.number().int().nullable(),
  dataKept: z.boolean(),
});
export type DeletedProject = z.infer<typeof deletedProjectSchema>;

/** What every event of work says: the revision and the step that it is about. */
const work = { revision: z.number().int(), step: z.enum(workSteps) };

/**
 * Server-sent events of `/api/projects/events/` and `/api/projects/{id}/events/`, by event name:
 * `snapshot` (the whole list, first on every connection, so a reconnect never misses a change),
 * `project` (one app, new or changed), `deleted` (one app is gone), `closing` (this server stops: reconnect).
 * The stream of one app starts with `project` instead of `snapshot`, and has two more: `log` (lines of text) and `code`
 * (a piece of a file that begins at `offset`; 0 starts the file anew). These carry an id: a reconnect with
 * `Last-Event-ID` goes on after it, as far as they are kept. A comment line every 15 s keeps a stream open.
 */
export const projectEventSchemas = {
  log: z.object({ ...work, text: z.string() }),
  code: z.object({ ...work, path: z.string(), offset: z.number().int(), text: z.string() }),
  snapshot: z.object({ items: z.array(projectSchema) }),
  project: projectSchema,
  deleted: z.object({ id: z.string() }),
  closing: z.object({}),
} as const;
/** Name of a server-sent event. */
export type ProjectEventName = keyof typeof projectEventSchemas;
