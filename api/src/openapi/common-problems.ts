// The problems that an operation may answer with whatever it does: what the server, the guards before the routes and
// the reader of bodies refuse. An operation's record names only its own, and this adds the rest, so that the document
// holds every code that a client can meet.
import type { Operation } from '../contract/operation.ts';
import { PROBLEM_STATUS, type ProblemCode } from '../contract/problem.ts';

// Node and the first lines of the app.
const ALWAYS: readonly ProblemCode[] = [
  'invalid_header',
  'invalid_path',
  'uri_too_long',
  'headers_too_large',
  'internal',
];
// Behind the guard: who asks, for what, and the stores behind nearly everything.
const GUARDED: readonly ProblemCode[] = [
  'invalid_query',
  'unauthorized',
  'session_ended',
  'unknown_host',
  'not_found',
  'no_such_app',
  'unavailable',
];
const OF_BODIES: readonly ProblemCode[] = [
  'invalid_json',
  'invalid_body',
  'invalid_character',
  'invalid_number',
  'too_complex',
  'payload_too_large',
  'unsupported_media_type',
];

/** An app's pages are held to its access rules, a user of the platform to what is not for admins alone. */
const mayForbid = ({ path, callers }: Operation): boolean =>
  path.startsWith('/api/v1/db/') || callers.includes('admin');

/** Rules may ask for a user of the app. */
const mayAskForUser = ({ path, callers }: Operation): boolean =>
  path.startsWith('/api/v1/db/') && callers.includes('app');

/** Health paths stand before every guard. */
const isGuarded = ({ path }: Operation): boolean => path.startsWith('/api/');

/** Every code that an operation may answer with, by status and name. */
export const problemsOf = (operation: Operation): ProblemCode[] => {
  const codes = new Set<ProblemCode>([
    ...ALWAYS,
    ...(isGuarded(operation) ? GUARDED : []),
    ...(operation.method === 'GET' ? [] : (['cross_site'] as const)),
    ...(operation.body === undefined ? [] : OF_BODIES),
    ...(mayAskForUser(operation) ? (['sign_in_required'] as const) : []),
    ...(mayForbid(operation) ? (['forbidden'] as const) : []),
    ...(operation.params === undefined ? [] : (['invalid_id'] as const)),
    ...operation.problems,
  ]);
  const statusThenName = (a: ProblemCode, b: ProblemCode): number =>
    PROBLEM_STATUS[a] - PROBLEM_STATUS[b] || (a < b ? -1 : 1);
  return [...codes].sort(statusThenName);
};
