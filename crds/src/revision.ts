// FaibricRevision: one accepted or rejected try at an app. What it was made from never changes, and each paid
// answer (analysis, files) is written once, the moment it is there. Rollback points at one of these; it asks no model.
import { z } from 'zod';
import { tokenUse } from './app.ts';
import { revisionConditions } from './conditions.ts';
import { API_VERSION } from './names.ts';
import { objectMeta } from './object-meta.ts';
import { cel, diagnostic, listMap, sourceFiles, text, time, whole } from './schema-parts.ts';

const count = (description: string) => whole({ min: 0, max: 1_000_000 }, description);

/** What an engine understood of the prompt; `blueprint` is parsed by its own schema (blueprint.ts). */
export const analysis = z
  .object({
    engine: z
      .enum(['builtin', 'blueprint', 'freeform', 'source'])
      .meta({ description: 'Engine that made it.' }),
    title: text(200, 'Name of the app.'),
    type: text(40, 'Kind of app.'),
    services: z.array(text(100, 'Name.')).max(100).meta({ description: 'Gateway services it needs.' }),
    collections: z
      .array(text(100, 'Name.'))
      .max(100)
      .meta({ description: 'Collections it keeps documents in.' }),
    limited: z
      .array(text(500, 'One thing.'))
      .max(50)
      .meta({ description: 'What was asked and is not done.' }),
    blueprint: z
      .record(z.string(), z.unknown())
      .meta({
        description: 'The plan, as docs/spec/blueprint.md describes it.',
        'x-kubernetes-preserve-unknown-fields': true,
      })
      .optional(),
  })
  .meta({ description: 'What the engine understood. Written once.' });

const once = (field: string) => ({
  rule: `!has(oldSelf.${field}) || (has(self.${field}) && self.${field} == oldSelf.${field})`,
  message: `${field} is written once; a new answer makes a new revision`,
});
const fixed = (field: string) => ({
  rule: `has(self.${field}) == has(oldSelf.${field}) && (!has(self.${field}) || self.${field} == oldSelf.${field})`,
  message: `${field} of a revision cannot change`,
});

/** What a revision is made from, and the answers it got. */
export const revisionSpec = z
  .object({
    app: text(63, 'Name of its FaibricApp.'),
    number: whole({ min: 1, max: 1_000_000 }, 'Number within the app, from 1.'),
    parent: whole({ min: 1, max: 1_000_000 }, 'Revision that it changes or repairs.').optional(),
    change: text(63, 'The entry of spec.changes that it answers; absent for the first prompt.').optional(),
    input: text(128, 'SHA-256 of prompt, changes, source, engine, model and attempt.'),
    engine: z
      .enum(['builtin', 'blueprint', 'freeform', 'source'])
      .meta({ description: 'Engine that works on it, auto already resolved.' }),
    model: text(200, 'Model that is asked.').optional(),
    attempt: count('0 for the first try, then one more for each repair.').default(0),
    analysis: analysis.optional(),
    files: sourceFiles('The source. Written once.').optional(),
  })
  .meta({
    description: 'What it is made from, and the answers.',
    ...cel(
      ...['app', 'number', 'parent', 'change', 'input', 'engine', 'model', 'attempt'].map(fixed),
      once('analysis'),
      once('files'),
    ),
  });

/** A model call: the intent is written before it is made, the outcome after. */
export const modelCall = z.object({
  id: text(100, 'Digest of what was asked.'),
  step: z.enum(['analyze', 'generate', 'repair']).meta({ description: 'What it was for.' }),
  state: z
    .enum(['Started', 'Succeeded', 'Failed'])
    .meta({ description: 'Started without an outcome means that the operator ended while it ran.' }),
  model: text(200, 'Model asked.').optional(),
  startedAt: time('When the intent was written.'),
  finishedAt: time('When the outcome was written.').optional(),
  inputTokens: count('Tokens sent.').optional(),
  outputTokens: count('Tokens received.').optional(),
  reason: text(100, 'Why it failed.').optional(),
});

const seconds = (description: string) => z.number().min(0).meta({ description });

/** Seconds spent per phase, as measured by the operator's monotonic clock. */
export const timings = z
  .object({
    analyze: seconds('Understanding the prompt.'),
    generate: seconds('Writing the source.'),
    validate: seconds('All checks.'),
    build: seconds('Building and pushing the image.'),
    deploy: seconds('From the apply to ready pods.'),
    route: seconds('From ready pods to the address answering.'),
  })
  .partial();

/** What was observed of a revision. */
export const revisionStatus = z
  .object({
    conditions: revisionConditions,
    calls: z
      .array(modelCall)
      .max(50)
      .meta({ description: 'Model calls, intents included.', ...listMap('id') }),
    diagnostics: z.array(diagnostic).max(100).meta({ description: 'Findings of the checks.' }),
    image: text(500, 'The image, by digest.'),
    bundle: z
      .object({ bytes: count('Size of the script.'), gzip: count('Compressed size.') })
      .meta({ description: 'Size of the app’s own script, in bytes.' }),
    tokens: tokenUse.meta({ description: 'Tokens this revision used.' }),
    timings: timings.meta({ description: 'Seconds per phase.' }),
    attempts: count('Failed tries in a row of the step in work.'),
    nextRetryTime: time('When the step is tried again.'),
    log: text(16_000, 'End of the build log, kept when the build failed.'),
  })
  .partial()
  .meta({ description: 'What was observed; written by the operator alone.' });

/** A FaibricRevision as read from the API server. */
export const faibricRevision = z.object({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('FaibricRevision'),
  metadata: objectMeta,
  spec: revisionSpec,
  status: revisionStatus.optional(),
});

/** A FaibricRevision as read from the API server. */
export type FaibricRevision = z.infer<typeof faibricRevision>;
/** What a revision is made from. */
export type RevisionSpec = z.infer<typeof revisionSpec>;
/** What was observed of a revision. */
export type RevisionStatus = z.infer<typeof revisionStatus>;
/** What an engine understood of the prompt. */
export type RevisionAnalysis = z.infer<typeof analysis>;
/** A model call with its intent and outcome. */
export type ModelCall = z.infer<typeof modelCall>;
/** Seconds spent per phase. */
export type Timings = z.infer<typeof timings>;
