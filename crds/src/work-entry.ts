// What is told while an app is made: log lines and pieces of source, for people who watch. The operator writes entries to
// a capped, expiring stream in Redis and the API reads them; this is their form on that wire. Nothing depends on them:
// what counts is in the resources, and without Redis there are simply no entries.
import { z } from 'zod';

/** Steps that tell something. */
export const workSteps = ['analyze', 'generate', 'validate', 'build'] as const;
/** A step that tells something. */
export type WorkStep = (typeof workSteps)[number];

/** One entry: `log` has lines of text, `code` a piece of a file that begins at `offset` (0 starts the file anew). */
export const workEntry = z.object({
  revision: z.int().min(1),
  step: z.enum(workSteps),
  kind: z.enum(['log', 'code']),
  text: z.string().max(20_000),
  path: z.string().max(200).optional(),
  offset: z.int().min(0).optional(),
});
/** One entry of an app's work. */
export type WorkEntry = z.infer<typeof workEntry>;

/** Name of the Redis stream of an app. */
export const workStreamKey = (appId: string): string => `faibric:work:${appId}`;
/** The field of a stream entry that holds the JSON text of a `workEntry`. */
export const WORK_FIELD = 'e';
/** Entries that a stream keeps, about; and how long after the last one it is kept, in seconds. */
export const WORK_STREAM_LIMITS = { entries: 1000, expireSeconds: 1800 } as const;
