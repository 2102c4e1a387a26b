// What one request may do with the documents of a collection. The rules and who asks give a grant; the store holds
// the request to it in the same statement that reads or writes, so that there is no moment in between.
import type { Request, Response } from 'express';
import type { Place } from '../db/place.ts';

/** What a request wants to do with documents. */
export type AccessOperation = 'read' | 'create' | 'update' | 'delete';

/** A permission: `author` is stamped on what is created (null: nobody), `only` limits it to one author's documents. */
export interface Grant {
  readonly author: string | null;
  readonly only: string | null;
}

/** Everything is allowed and nothing is stamped: the app's owner. */
export const FULL_GRANT: Grant = { author: null, only: null };

/** Gives the grant of a request, or throws the ApiError that refuses it. */
export type Authorize = (
  req: Request,
  res: Response,
  asked: { readonly place: Place; readonly operation: AccessOperation },
) => Grant | Promise<Grant>;
