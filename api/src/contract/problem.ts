// The one error shape of the API (RFC 9457 problem documents) and its closed table of codes.
// Clients switch on `code`, which never changes its meaning; `detail` is for people and may be reworded.
import { z } from 'zod';

/** Every error code and the HTTP status that it is sent with. */
export const PROBLEM_STATUS = {
  invalid_json: 400,
  invalid_body: 400,
  invalid_character: 400,
  invalid_number: 400,
  too_complex: 400,
  invalid_query: 400,
  invalid_path: 400,
  invalid_id: 400,
  invalid_collection: 400,
  invalid_header: 400,
  invalid_request: 400,
  unknown_service: 400,
  rejected: 400,
  unauthorized: 401,
  sign_in_required: 401,
  session_ended: 401,
  wrong_credentials: 401,
  cross_site: 403,
  forbidden: 403,
  quota_exceeded: 403,
  not_found: 404,
  no_such_app: 404,
  no_such_document: 404,
  upstream_not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  email_taken: 409,
  version_mismatch: 412,
  payload_too_large: 413,
  document_too_large: 413,
  uri_too_long: 414,
  unsupported_media_type: 415,
  unknown_host: 421,
  idempotency_conflict: 422,
  rate_limited: 429,
  headers_too_large: 431,
  internal: 500,
  upstream_unreachable: 502,
  upstream_forbidden: 502,
  upstream_redirected: 502,
  upstream_too_large: 502,
  upstream_invalid: 502,
  upstream_refused: 502,
  unavailable: 503,
  storage_full: 503,
  service_not_configured: 503,
  upstream_rate_limited: 503,
  upstream_timeout: 504,
} as const;

/** A stable error code. */
export type ProblemCode = keyof typeof PROBLEM_STATUS;

/** The body of every error answer, sent as `application/problem+json`. */
export const problemSchema = z.object({
  /** `urn:faibric:problem:{code}`. */
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  /** What happened and what to do, in a sentence. */
  detail: z.string(),
  /** The field that the complaint is about, when there is one. */
  field: z.string().optional(),
});
export type ProblemDocument = z.infer<typeof problemSchema>;
