// What a gateway service is: a row of data. The table's own rows and the Helm value gateway.services.NAME are checked
// by this one schema, so adding a service needs no code. What no schema can say (a template that names no
// parameter, a parameter that would shadow the key) is checked by check-row.ts when the table is loaded.
import { z } from 'zod';
import { MAX_CACHE_SECONDS, MAX_FAN_OUT } from '../contract/limits.ts';
import { mapping } from './mapping.ts';

const NAME = /^[a-z][A-Za-z0-9_]{0,39}$/;
const UPSTREAM_NAME = /^[A-Za-z_][A-Za-z0-9_.[\]-]{0,59}$/;
const HEADER = /^[A-Za-z][A-Za-z0-9-]{0,59}$/;
const seconds = z.int().min(0).max(MAX_CACHE_SECONDS);
const sentence = z.string().min(1).max(300);
const printable = z
  .string()
  .max(500)
  .regex(/^[ -~]*$/);

/** One parameter of an action: its type and bounds, and how it is written in the upstream's request. */
export const parameterRow = z.strictObject({
  /** `list` is a list of texts; `date` is a day as YYYY-MM-DD. */
  type: z.enum(['text', 'integer', 'number', 'boolean', 'list', 'date']),
  description: sentence.optional(),
  required: z.boolean().default(false),
  default: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).optional(),
  enum: z.array(z.string()).min(1).max(100).optional(),
  /** Regular expression that the whole text, or each item of a list, must match. */
  pattern: z.string().max(300).optional(),
  /** What to say when the pattern does not match, for example "use a symbol like AAPL". */
  hint: sentence.optional(),
  /** Least value of a number, least length of a text, fewest items of a list. */
  min: z.number().optional(),
  max: z.number().optional(),
  case: z.enum(['upper', 'lower']).optional(),
  /** Name in the upstream's query; default: the parameter's own. */
  as: z.string().regex(UPSTREAM_NAME).optional(),
  /** What joins the items of a list. */
  separator: z.string().max(3).default(','),
  /** One upstream call for each item of the list. */
  each: z.boolean().default(false),
  /** Another name under which one item may be given instead of the list. */
  alias: z.string().regex(NAME).optional(),
  /** How a date is written: as it is, or as Unix seconds of the day's start or of its end (UTC). */
  format: z.enum(['iso', 'unix', 'unixEnd']).default('iso'),
});
/** One parameter of an action. */
export type ParameterRow = z.infer<typeof parameterRow>;

// A query value that no client sets: a text, or one that follows from another parameter.
const fixedValue = z.union([
  z.string().max(500),
  z.strictObject({ by: z.string().regex(NAME), is: z.record(z.string(), z.string().max(500)) }),
]);

/** An answer with status 200 that is none: what stands where, and which error it is. */
const failureRow = z.strictObject({
  at: z.string().regex(/^\/.+$/),
  equals: z.union([z.string(), z.number(), z.boolean()]).optional(),
  code: z.enum(['upstream_not_found', 'upstream_rate_limited', 'upstream_refused', 'upstream_invalid']),
});

/** One action of a service. */
export const actionRow = z.strictObject({
  description: sentence,
  example: z.record(z.string(), z.unknown()).default({}),
  /** Path with `{parameter}` as whole segments, below the service's base address. */
  path: z.string().regex(/^(\/[A-Za-z0-9._~{}-]*)+$/, 'must be segments like /v1/items/{id}'),
  query: z.record(z.string().regex(UPSTREAM_NAME), fixedValue).default({}),
  parameters: z.record(z.string().regex(NAME), parameterRow).default({}),
  /** Groups of parameters of which exactly one must be given. */
  oneOf: z
    .array(z.array(z.string().regex(NAME)).min(1))
    .min(2)
    .optional(),
  /** How long an answer counts as fresh. */
  ttlSeconds: seconds.min(1),
  /** How much longer it is given out, marked as stale, while one refresh runs. */
  staleSeconds: seconds.default(0),
  /** How much longer than fresh it is given out, marked as stale, when the upstream fails. Default: staleSeconds. */
  staleIfErrorSeconds: seconds.optional(),
  /** `app`: no app gets an answer that was made for another. */
  scope: z.enum(['shared', 'app']).default('shared'),
  /** Name of a normaliser that Faibric has. */
  normaliser: z.string().optional(),
  /** What to take from the answer, and where from; absent: all of it. */
  select: mapping.optional(),
  failures: z.array(failureRow).max(10).default([]),
});
/** One action of a service. */
export type ActionRow = z.infer<typeof actionRow>;

/** Where a service's key stands in the Secret, and where it goes in a request. */
export const keyRow = z.strictObject({
  /** Entry of the Secret with the service keys. */
  entry: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{2,59}$/, 'must be the name of a Secret entry, like EXAMPLE_API_KEY'),
  /** `path`: at `{key}` of the path. `clientCredentials`: OAuth 2, section 4.4; entry and secretEntry are id and secret. */
  in: z.enum(['query', 'header', 'bearer', 'path', 'basic', 'clientCredentials']),
  /** Name of the query parameter or header. */
  name: z.string().regex(UPSTREAM_NAME).optional(),
  /** Text before the key in a header, for example "Client-ID ". */
  prefix: printable.optional(),
  /** Second Secret entry: the password of `basic`, the secret of `clientCredentials`. */
  secretEntry: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{2,59}$/)
    .optional(),
  /** Where tokens of `clientCredentials` come from. */
  tokenUrl: z.string().optional(),
  /** The service answers without a key, too. */
  optional: z.boolean().default(false),
});
/** Where a service's key stands, and where it goes. */
export type KeyRow = z.infer<typeof keyRow>;

/** One service. */
export const serviceRow = z.strictObject({
  title: z.string().min(1).max(60),
  /** https://host[:port][/path]. */
  baseUrl: z.string(),
  /** The documentation that the row was written by. */
  documentation: z
    .string()
    .regex(/^https:\/\//)
    .optional(),
  /** Calls cost money: only apps whose plan or owner names the service may use it, and a daily limit holds. */
  paid: z.boolean().default(false),
  /** The base address may lie in a private network. For upstreams of your own. */
  allowPrivate: z.boolean().default(false),
  /** False: ask it also while the key is not set. */
  requireKey: z.boolean().default(true),
  /** False: leave the service out. */
  enabled: z.boolean().default(true),
  key: keyRow.optional(),
  /** Headers of every request, for example a version. */
  headers: z.record(z.string().regex(HEADER), printable).default({}),
  /** Action of a request that names none. */
  defaultAction: z.string().regex(NAME),
  actions: z.record(z.string().regex(NAME), actionRow),
});
/** One service, defaults filled in. */
export type ServiceRow = z.infer<typeof serviceRow>;
/** One service as it is written. */
export type ServiceRowInput = z.input<typeof serviceRow>;

/** Most items of a list that makes one call each. */
export const MAX_EACH = MAX_FAN_OUT;

/** Name of a service. */
export const SERVICE_NAME = /^[a-z][a-z0-9_-]{0,39}$/;
