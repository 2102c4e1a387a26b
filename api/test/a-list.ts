// A request for a list, with defaults; the parts given replace them.
import type { ListRequest } from '../src/db/document-store.ts';

/** The newest 500 documents with their total, unless the parts say otherwise. */
export const aList = (parts: Partial<ListRequest> = {}): ListRequest => ({
  limit: 500,
  offset: 0,
  after: null,
  order: [{ by: 'created_at', descending: true }],
  where: null,
  count: true,
  fields: null,
  ...parts,
});
