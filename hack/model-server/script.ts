// What the test server answers: a list of steps, each used for one request, the last one again and again. A step can be
// bound to requests that contain a text (`when`). Scripts are data, so that the command line takes them from a file.
import { z } from 'zod';

/** One answer. Without a fault it is a complete chat completion of `text`. */
export const step = z.object({
  /** Used only for requests whose messages contain this text. */
  when: z.string().optional(),
  text: z.string().default(''),
  /** Characters of each streamed piece. */
  pieceLength: z.int().min(1).default(40),
  finish: z.enum(['stop', 'length', 'content_filter']).default('stop'),
  refusal: z.string().optional(),
  /** Leaves the usage out, as some servers do. */
  noUsage: z.boolean().default(false),
  /** Answers with this status instead. */
  status: z.int().min(100).max(599).optional(),
  headers: z.record(z.string(), z.string()).default({}),
  /** Body for `status`, or instead of the protocol. */
  body: z.string().optional(),
  /** Never answers, or falls silent after so many pieces. */
  stallAfter: z.int().min(0).optional(),
  /** Breaks the connection after so many pieces. */
  disconnectAfter: z.int().min(0).optional(),
  /** Answers 400 when the request asks for a schema, as servers do that know none. */
  refuseSchema: z.boolean().default(false),
});

/** One answer, with its defaults. */
export type Step = z.infer<typeof step>;

/** A whole script. */
export const script = z.object({ steps: z.array(step).min(1) });

/** A script as it is written: defaults may be absent. */
export type Script = z.input<typeof script>;
