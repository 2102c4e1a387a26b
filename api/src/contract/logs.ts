// Logs of an app: what its pods print, and the end of a build that failed. Bounded both ways: lines in an answer, time and
// size in a stream.
import { z } from 'zod';
import { MAX_LOG_LINES } from './limits.ts';
import { revisionNumberSchema } from './project-requests.ts';
import { flagText, wholeNumberText } from './query.ts';

/** Query of `GET /api/projects/{id}/logs/`. */
export const logsQuerySchema = z.strictObject({
  /** `app`: the pods that run now. `build`: the log of a build that failed, of the newest or the named revision. */
  source: z.enum(['app', 'build'], 'must be app or build').default('app'),
  tail: wholeNumberText({ min: 1, max: MAX_LOG_LINES, fallback: 200, clamp: true }),
  /** For `build` only. */
  revision: revisionNumberSchema.optional(),
  /** For `app` only: server-sent events `line` and at last `end`. */
  follow: flagText(false),
});

/** One line. `pod` and `time` are null in a build's log. */
export const logLineSchema = z.object({
  pod: z.string().nullable(),
  time: z.string().nullable(),
  text: z.string(),
});
/** One line of a log. */
export type LogLine = z.infer<typeof logLineSchema>;

/** Answer of `GET /api/projects/{id}/logs/`: oldest first within a pod. */
export const logsSchema = z.object({ source: z.enum(['app', 'build']), lines: z.array(logLineSchema) });

/** Server-sent events of `?follow=true`. `end` says why it ends: after some time, at some size, or with the pods. */
export const logEventSchemas = {
  line: logLineSchema,
  end: z.object({ reason: z.enum(['time', 'size', 'pods']) }),
} as const;
