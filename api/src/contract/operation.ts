// What the API can do, one record per method and address: the source of the OpenAPI document, of the fuzzer's
// requests and of the matrix that tries every address as everybody. A route without an operation fails a test.
import type { z } from 'zod';
import type { ProblemCode } from './problem.ts';

/**
 * Who may call an operation. `anyone`: whoever reaches the platform's host. `app`: pages on an app's own host, under
 * its access rules. `account`: a signed-in account, for its own apps (admins for all). `owner`: on an app's data, the
 * app's owner from the platform's host. `admin`: admins.
 */
export type Caller = 'anyone' | 'app' | 'account' | 'owner' | 'admin';

/** A successful answer: its schema, or none without a body; `type` when it is not JSON. */
export interface Answer {
  readonly description: string;
  readonly schema?: z.ZodType;
  readonly type?: string;
  /** Of a text/event-stream: the schema of each event's data, by the event's name. */
  readonly events?: Readonly<Record<string, z.ZodType>>;
}

/** One operation. Paths are Express paths (`:id`); every one ends in a slash, except what other tools ask for by name. */
export interface Operation {
  /** `operationId`, unique; camelCase with a verb first. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly tag: 'projects' | 'documents' | 'gateway' | 'app users' | 'accounts' | 'platform';
  readonly summary: string;
  readonly description?: string;
  readonly callers: readonly Caller[];
  readonly params?: Readonly<Record<string, z.ZodType>>;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  /** Schema of the body; of type `bodyType`, by default application/json. */
  readonly body?: z.ZodType;
  readonly bodyType?: string;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Codes of its own, besides those that every operation may give. */
  readonly problems: readonly ProblemCode[];
}
