// What a client sends to the projects API: bodies and queries. A prompt is text for a model: what it may not hold is
// refused here, before anything is written.
import { z } from 'zod';
import {
  DEFAULT_PAGE_SIZE,
  MAX_OFFSET,
  MAX_PAGE_SIZE,
  MAX_PROMPT_LENGTH,
  MIN_PROMPT_LENGTH,
} from './limits.ts';
import { flagText, wholeNumberText } from './query.ts';

// Control characters but tab and line breaks never belong in a prompt, and etcd, terminals and models all
// treat them differently. Unpaired surrogates cannot be stored as UTF-8.
const CONTROL = /[^\P{Cc}\t\n\r]/u;

/** A prompt: 3 to 8,000 characters, no control characters but tab and line breaks. */
export const promptSchema = z
  .string()
  .trim()
  .min(MIN_PROMPT_LENGTH, `a prompt has at least ${MIN_PROMPT_LENGTH} characters`)
  .max(MAX_PROMPT_LENGTH, `a prompt has at most ${MAX_PROMPT_LENGTH} characters`)
  .refine((text) => !CONTROL.test(text), 'a prompt holds no control characters but tab and line breaks')
  .refine((text) => text.isWellFormed(), 'a prompt is well-formed Unicode');

/** A DNS label of at most 40 characters: the readable part of an app's name. */
export const projectNameSchema = z
  .string()
  .max(40)
  .regex(
    /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
    'use lower-case letters, digits and inner hyphens, starting with a letter',
  );

/** Body of `POST /api/projects/`. */
export const createProjectSchema = z.strictObject({
  prompt: promptSchema,
  name: projectNameSchema.optional(),
  title: z.string().trim().min(1).max(80).optional(),
  engine: z.enum(['auto', 'builtin', 'blueprint', 'freeform']).optional(),
  model: z.string().trim().min(1).max(200).optional(),
});
export type CreateProject = z.infer<typeof createProjectSchema>;

/** Body of `POST /api/projects/{id}/quick_update/`. */
export const quickUpdateSchema = z.strictObject({ prompt: promptSchema });
export type QuickUpdate = z.infer<typeof quickUpdateSchema>;

/** Body of `POST /api/projects/{id}/rollback/`: the revision to serve, or null for the newest. */
export const rollbackSchema = z.strictObject({ revision: z.number().int().min(1).max(1_000_000).nullable() });

/** Body of actions that need nothing said: `{}`. */
export const noParametersSchema = z.strictObject({});

/** `{id}` of a project in a path. */
export const projectIdSchema = z
  .string()
  .regex(/^[a-z0-9]{2,20}$/, 'an app id is 2 to 20 lower-case letters and digits');

/** `{number}` of a revision in a path. */
export const revisionNumberSchema = z
  .string()
  .regex(/^[1-9]\d{0,6}$/, 'the number of a revision is a whole number from 1')
  .transform(Number)
  .meta({ type: 'integer', minimum: 1 });

/** Query of `GET /api/projects/{id}/export/`: a revision, by default the one that serves. */
export const exportQuerySchema = z.strictObject({ revision: revisionNumberSchema.optional() });

const ORDERS = ['created_at', 'title', 'name', 'phase', 'tokens'] as const;
const orderBy = z.enum(
  ORDERS.flatMap((name) => [name, `-${name}` as const]),
  `must be one of ${ORDERS.join(', ')}, with - before it for descending`,
);

/** Query of `GET /api/projects/`. */
export const listProjectsQuerySchema = z.strictObject({
  limit: wholeNumberText({ min: 1, max: MAX_PAGE_SIZE, fallback: DEFAULT_PAGE_SIZE, clamp: true }),
  offset: wholeNumberText({ min: 0, max: MAX_OFFSET, fallback: 0 }),
  /** Words that must all occur in title, prompt, name or host. */
  q: z.string().max(200).optional(),
  phase: z.string().max(40).optional(),
  ready: z
    .enum(['true', 'false'], 'must be true or false')
    .transform((text) => text === 'true')
    .optional()
    .meta({ type: 'boolean' }),
  type: z.string().max(40).optional(),
  owner: z.string().max(40).optional(),
  order_by: orderBy.default('-created_at'),
});
export type ListProjectsQuery = z.output<typeof listProjectsQuerySchema>;

/** Query of `DELETE /api/projects/{id}/`. */
export const deleteProjectQuerySchema = z.strictObject({ keep_data: flagText(false) });
