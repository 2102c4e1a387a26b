// The query of a request, checked against the very schema that its operation publishes. Flat and strict (query.ts): an
// unknown name or one that is given twice is refused before the schema sees it.
import type { z } from 'zod';
import { ApiError } from '../errors.ts';
import { parseQuery } from './query.ts';

/** Reads the query of a request target; the first complaint becomes the error, with the name it is about. */
export const readQuery = <T extends z.ZodObject>(target: string, schema: T): z.output<T> => {
  const found = Object.fromEntries(parseQuery(target, Object.keys(schema.shape)));
  const result = schema.safeParse(found);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.join('.') ?? 'query';
  throw new ApiError('invalid_query', `The query parameter ${field} ${issue?.message ?? 'is not valid'}.`, {
    field,
  });
};
