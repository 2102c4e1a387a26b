// Whole collections, for an app's owner on the platform's host: which there are, what is in them, taking them out and in.
import { z } from 'zod';
import { flagText } from './query.ts';

/** Answer of the list of collections. */
export const collectionListSchema = z.object({
  collections: z.array(z.object({ name: z.string(), documents: z.number().int(), bytes: z.number().int() })),
  documents: z.number().int(),
  bytes: z.number().int(),
  /** What the app may have. */
  limits: z.object({
    documents: z.number().int(),
    bytes: z.number().int(),
    collections: z.number().int(),
  }),
});
export type CollectionList = z.infer<typeof collectionListSchema>;

/** Fields of a collection as a sample of its documents has them; nothing is declared anywhere. */
export const collectionFieldsSchema = z.object({
  /** Documents that were looked at. */
  sampled: z.number().int(),
  fields: z.array(
    z.object({
      name: z.string(),
      /** Share of the sample that has the field, 0 to 1. */
      share: z.number(),
      /** JSON types and how many documents of the sample have the field with that type. */
      types: z.record(z.string(), z.number().int()),
      /** Up to five of its most frequent values, as text of at most 100 characters. */
      examples: z.array(z.string()),
    }),
  ),
});
export type CollectionFields = z.infer<typeof collectionFieldsSchema>;

/** Query of an export. */
export const exportQuerySchema = z.strictObject({
  format: z.enum(['json', 'jsonl', 'csv'], 'must be json, jsonl or csv').default('json'),
  /** As in a list. */
  filter: z.string().optional(),
});

/** Query of an import. `types=false`: all cells of a CSV stay text. */
export const importQuerySchema = z.strictObject({ types: flagText(true) });

/** Answer of an import. `errors` holds the first hundred; `stopped` says why it ended early, if it did. */
export const importReportSchema = z.object({
  imported: z.number().int(),
  failed: z.number().int(),
  errors: z.array(z.object({ row: z.number().int(), reason: z.string() })),
  stopped: z.string().nullable(),
});
