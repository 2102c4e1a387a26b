// One named statement on a pooled connection. Errors are sorted here: what means "not now" becomes 503, and a
// connection that failed is dropped from the pool, so that the pool is whole again as soon as Postgres is.
import type { Pool, QueryResult } from 'pg';
import { ApiError, unavailable } from '../errors.ts';

// SQLSTATE classes: 08 connection, 53 resources, 57P admin shutdown / crash / starting, 25006 read-only; 28, 3D000,
// 42P01, 42501 and 42883: the database is there but not prepared for us yet.
const AWAY = /^(08|57P|53300|25006|XX000|28|3D000|42P01|42501|42883)/;
const AWAY_NODE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
]);
const AWAY_TEXT = /terminated|timeout|timed out|Connection ended|not queryable|Client was closed/i;
const TOO_SLOW = new Set(['57014', '55P03', '40001', '40P01']);

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';

/** True for errors after which the connection may still be used: Postgres answered, and did not say goodbye. */
const connectionSurvives = (error: unknown): boolean =>
  /^[0-9A-Z]{5}$/.test(codeOf(error)) && !AWAY.test(codeOf(error));

/** True when Postgres itself said that the statement failed: nothing of it was done, and that is certain. */
export const wasRolledBack = (error: unknown): boolean =>
  connectionSurvives(error) || (error instanceof ApiError && connectionSurvives(error.cause));

/** Sorts an error of the database into one that a client may see; anything else stays as it is. */
export const databaseError = (error: unknown): unknown => {
  const code = codeOf(error);
  if (code === '53100' || code === '53200') {
    return new ApiError('storage_full', 'The database has no room left; nothing was stored.', {
      cause: error,
      retryAfter: 30,
    });
  }
  if (TOO_SLOW.has(code)) {
    return new ApiError('unavailable', 'The database took too long; nothing was changed.', {
      cause: error,
      retryAfter: 1,
    });
  }
  const away =
    AWAY.test(code) || AWAY_NODE.has(code) || (error instanceof Error && AWAY_TEXT.test(error.message));
  return away ? unavailable('The database', error) : error;
};

/** A statement with its values; `name` when connections should keep it prepared. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** Runs one statement in one round trip. */
export const runQuery = async (pool: Pool, { values, ...query }: Statement): Promise<QueryResult> => {
  try {
    const client = await pool.connect();
    try {
      const result = await client.query({ ...query, values: [...(values ?? [])] });
      client.release();
      return result;
    } catch (error) {
      client.release(!connectionSurvives(error));
      throw error;
    }
  } catch (error) {
    throw databaseError(error);
  }
};
