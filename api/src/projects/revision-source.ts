// What the projects API asks of the cluster about revisions: all of them in short from a cache that is kept up to date,
// and one of them whole, read when it is asked for. The short form has no source, plan, findings or log: those of all
// apps together would not fit into memory.
import { analysis, type FaibricApp, type FaibricRevision, revisionSpec, revisionStatus } from '@faibric/crds';
import { z } from 'zod';

/** A revision in short, as parsed from the API server's JSON. */
export const knownRevisionSchema = z.object({
  metadata: z.object({
    name: z.string(),
    uid: z.string(),
    resourceVersion: z.string(),
    creationTimestamp: z.string(),
    ownerReferences: z.array(z.object({ uid: z.string() })).default([]),
  }),
  spec: revisionSpec
    .omit({ files: true })
    .extend({ analysis: analysis.omit({ blueprint: true, limited: true }).optional() }),
  status: revisionStatus
    .omit({ log: true, diagnostics: true })
    .extend({
      diagnostics: z
        .array(z.unknown())
        .transform((found) => found.length)
        .optional(),
    })
    .default({}),
});
/** A revision in short; `status.diagnostics` is only how many there are. */
export type KnownRevision = z.output<typeof knownRevisionSchema>;

/** The revisions of all apps. */
export interface RevisionSource {
  /** An app's own revisions, oldest first. */
  of(app: FaibricApp): readonly KnownRevision[];
  /** Null when what `of` gives can be taken for the truth, else why it cannot. */
  problem(): string | null;
  /** One revision of the app whole, past the cache; null when there is none. */
  read(app: FaibricApp, number: number): Promise<FaibricRevision | null>;
}
