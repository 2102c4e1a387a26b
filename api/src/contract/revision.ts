// Revisions of an app as the API shows them: one for each try at the prompt, a change, or a repair. A list gives them in
// short; source, diff and findings come with one revision alone, read when it is asked for.
import { diagnostic, modelCall, timings } from '@faibric/crds';
import { z } from 'zod';

/**
 * Where a revision stands. `working`: in work. `waiting`: a step failed and is tried again at `nextRetryTime`.
 * `accepted`: passed all checks and has an image, so it can be served. `rejected`: the checks refused it. `failed`: a
 * step failed for good. `cancelled`: on request. `superseded`: a newer change came before it was done.
 */
export const revisionStateSchema = z.enum([
  'working',
  'waiting',
  'accepted',
  'rejected',
  'failed',
  'cancelled',
  'superseded',
]);
/** Where a revision stands. */
export type RevisionState = z.infer<typeof revisionStateSchema>;

/** Tokens of a step, or of all. */
const tokens = z.number().int();

/** A revision in short. */
export const revisionSummarySchema = z.object({
  number: z.number().int(),
  /** The revision that it changes or repairs. */
  parent: z.number().int().nullable(),
  /** What was asked: the change that it answers, or the app's prompt. Empty when that change is no longer in the spec. */
  prompt: z.string(),
  /** Id of the change, null for the first prompt. */
  change: z.string().nullable(),
  /** 0 for the first try, then one more for each repair. */
  attempt: z.number().int(),
  engine: z.string(),
  model: z.string().nullable(),
  state: revisionStateSchema,
  /** Why it is not accepted, from the closed list of reasons, and in a sentence. */
  reason: z.string().nullable(),
  message: z.string(),
  /** True for the one that serves. */
  live: z.boolean(),
  title: z.string().nullable(),
  type: z.string().nullable(),
  /** How many findings the checks had. */
  findings: z.number().int(),
  tokens: z.object({
    analyze: tokens,
    generate: tokens,
    repair: tokens,
    total: tokens,
    /** True when some figures are estimates. */
    estimated: z.boolean(),
  }),
  /** Seconds per phase, as far as it got. */
  timings,
  nextRetryTime: z.string().nullable(),
  createdAt: z.string(),
});
/** A revision in short. */
export type RevisionSummary = z.infer<typeof revisionSummarySchema>;

/** Answer of `GET /api/projects/{id}/revisions/`: newest first, all that are kept. */
export const revisionListSchema = z.object({
  items: z.array(revisionSummarySchema),
  total: z.number().int(),
});

/** How one file differs from the parent's. `patch` is a unified diff. */
export const fileDiffSchema = z.object({
  path: z.string(),
  kind: z.enum(['added', 'removed', 'changed']),
  added: z.number().int(),
  removed: z.number().int(),
  patch: z.string(),
});
/** How one file differs from the parent's. */
export type FileDiff = z.infer<typeof fileDiffSchema>;

/** Answer of `GET /api/projects/{id}/revisions/{number}/`. */
export const revisionSchema = revisionSummarySchema.extend({
  /** The source; empty before it is written. */
  files: z.array(z.object({ path: z.string(), content: z.string() })),
  /** Against the parent; every file is `added` when there is none, or when it is no longer kept. */
  diff: z.array(fileDiffSchema),
  diagnostics: z.array(diagnostic),
  /** Model calls, oldest first. */
  calls: z.array(modelCall),
  services: z.array(z.string()),
  collections: z.array(z.string()),
  /** What was asked and is not in it. */
  limited: z.array(z.string()),
  image: z.string().nullable(),
  /** Size of the app's own script, in bytes. */
  bundle: z.object({ bytes: z.number().int(), gzip: z.number().int() }).nullable(),
  /** True when the end of a failed build's log is kept: `/logs/?source=build`. */
  hasBuildLog: z.boolean(),
});
/** A revision with its source. */
export type Revision = z.infer<typeof revisionSchema>;
