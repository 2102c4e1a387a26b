// Connections to Postgres: a pool for requests as the run-time role, and one owner connection at start for the
// migrations. Time limits are set by the connection itself, so that no statement can forget them.
import pg from 'pg';
import type { Log } from '../ports.ts';
import { checkDatabase } from '../store/durability.ts';
import { migrate } from '../store/migrate.ts';

/** Where Postgres is and who we are there. */
export interface PostgresConfig {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly owner: { readonly user: string; readonly password: string };
  readonly app: { readonly user: string; readonly password: string };
  /** The role that serves accounts, which the other cannot see. */
  readonly accounts: { readonly user: string; readonly password: string };
  readonly poolSize: number;
}

const CONNECT_TIMEOUT_MS = 2_000;
// For a pooled connection, waiting for a busy one included: a burst is queued, an overload is told so.
const POOL_WAIT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 3_000;
const ACCOUNTS_POOL_SIZE = 4;

const poolOf = (
  config: PostgresConfig,
  role: { readonly user: string; readonly password: string; readonly max: number },
  log: Log,
): pg.Pool => {
  const pool = new pg.Pool({
    host: config.host,
    port: config.port,
    database: config.database,
    ...role,
    connectionTimeoutMillis: POOL_WAIT_MS,
    idleTimeoutMillis: 60_000,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: 1_000,
    idle_in_transaction_session_timeout: 5_000,
    // For a server that is frozen and cannot keep its own limit.
    query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
    keepAlive: true,
    application_name: 'faibric-api',
  });
  // Without these listeners a dropped connection would end the process: the first is for idle connections, the second
  // for those at work, whose query fails besides.
  pool.on('error', (error) =>
    log.warn({ code: 'code' in error ? error.code : undefined }, 'lost a connection to Postgres'),
  );
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};

/** Makes the pool that serves documents; connects on first use. */
export const makePool = (config: PostgresConfig, log: Log): pg.Pool =>
  poolOf(config, { ...config.app, max: config.poolSize }, log);

/** Makes the pool that serves accounts, and nothing else. */
export const makeAccountsPool = (config: PostgresConfig, log: Log): pg.Pool =>
  poolOf(config, { ...config.accounts, max: ACCOUNTS_POOL_SIZE }, log);

/** Runs work on a connection of the owner role that is opened for it. */
export const asOwner = async <T>(
  config: PostgresConfig,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> => {
  const owner = new pg.Client({
    host: config.host,
    port: config.port,
    database: config.database,
    ...config.owner,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  owner.on('error', () => undefined);
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
};

/** Runs the migrations as the owner, then looks at the database as the run-time role; gives its complaints. */
export const prepareDatabase = async (
  config: PostgresConfig,
  pool: pg.Pool,
  log: Log,
): Promise<readonly string[]> => {
  const applied = await asOwner(config, (owner) => migrate(owner, config));
  if (applied.length > 0) log.info({ applied }, 'database migrated');
  const client = await pool.connect();
  try {
    return await checkDatabase(client);
  } finally {
    client.release();
  }
};
