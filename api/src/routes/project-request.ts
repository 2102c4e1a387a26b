// What the routes below `/api/projects/{id}/` share: the id in the path, the account that asks, bodies that say nothing.
import type { Request, RequestHandler } from 'express';
import { projectIdSchema } from '../contract/project-requests.ts';
import { ApiError } from '../errors.ts';
import { scopeOf } from '../http/scope.ts';

/** The app id in the path. */
export const idOf = (req: Request): string => {
  const id = projectIdSchema.safeParse(req.params.id);
  if (!id.success) {
    throw new ApiError('invalid_id', 'An app id is 2 to 20 lower-case letters and digits.');
  }
  return id.data;
};

/** The scope guard lets no app's host come to the platform's routes; this is the second lock on the same door. */
export const platformOnly: RequestHandler = (_req, res, next) => {
  if (scopeOf(res).kind !== 'platform') {
    throw new ApiError('not_found', 'There is nothing at this address.');
  }
  next();
};
