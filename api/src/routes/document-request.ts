// What the requests of the Database API have in common: which collection, which document, which version, which key, and
// whether it may. The app comes from the routed host and must equal the path's; a mismatch looks exactly like no app.
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { AccessOperation, Authorize, Grant } from '../access/grant.ts';
import { COLLECTION_PATTERN } from '../contract/document.ts';
import type { DocumentStore, Idempotency } from '../db/document-store.ts';
import type { Place } from '../db/place.ts';
import { ApiError } from '../errors.ts';
import type { Limiter } from '../http/rate-limit.ts';
import { appOf } from '../http/scope.ts';

/** What the routes of documents need. */
export interface DatabaseRoutes {
  readonly store: DocumentStore;
  /** Gives the grant of each request; asked once, after the limits and before the body is read. */
  readonly authorize: Authorize;
  readonly reads: Limiter;
  readonly writes: Limiter;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/;
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** The collection that the path names, in the app that the request came for. */
export const placeOf = (req: Request, res: Response): Place => {
  const appId = appOf(res, req.params.app);
  const { collection } = req.params;
  if (typeof collection !== 'string' || !COLLECTION_PATTERN.test(collection)) {
    throw new ApiError(
      'invalid_collection',
      'A collection is named by 1 to 63 lower-case letters, digits, - and _, starting with a letter.',
    );
  }
  return { appId, collection };
};

/** The document that the path names. */
export const idOf = (req: Request): string => {
  const { id } = req.params;
  if (typeof id !== 'string' || !UUID.test(id)) throw new ApiError('invalid_id', 'A document id is a UUID.');
  return id;
};

/** The version that If-Match asks for; `*` and no header ask for none. */
export const versionOf = (req: Request): { version?: number } => {
  const header = req.headers['if-match'];
  if (header === undefined || header === '*') return {};
  const match = /^"(\d{1,9})"$/.exec(header);
  if (!match)
    throw new ApiError('invalid_header', 'If-Match must be one ETag like "3", or *.', { field: 'If-Match' });
  return { version: Number(match[1]) };
};

/** The key of a create that may be repeated. It belongs to its author: who guesses it sees nothing of the first answer. */
export const onceOf = (
  req: Request,
  { place, grant, body }: { readonly place: Place; readonly grant: Grant; readonly body: unknown },
): Idempotency | undefined => {
  const key = req.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key)) {
    throw new ApiError(
      'invalid_header',
      'Idempotency-Key must be 1 to 200 printable characters without spaces.',
    );
  }
  return {
    keyHash: digest(`${grant.author ?? ''}\n${key}`),
    requestHash: digest(`${place.collection}\n${JSON.stringify(body)}`),
  };
};

/** Takes one of the app's requests, or throws 429. */
export const take = (limiter: Limiter, appId: string): void => {
  const wait = limiter(appId);
  if (wait > 0) {
    throw new ApiError('rate_limited', 'This app makes too many requests. Try again in a moment.', {
      retryAfter: Math.max(1, wait),
    });
  }
};

/** What every route does first: the place, the checks of its own, the app's rate, and then the grant. */
export const enter = async (
  { authorize, reads, writes }: DatabaseRoutes,
  { req, res, place }: { readonly req: Request; readonly res: Response; readonly place: Place },
  operation: AccessOperation,
): Promise<Grant> => {
  take(operation === 'read' ? reads : writes, place.appId);
  return authorize(req, res, { place, operation });
};
