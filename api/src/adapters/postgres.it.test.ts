// The time limits of a connection, as Postgres itself has them: a statement cannot forget what the connection sets.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testPostgresConfig } from '../../test/api-server.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { silent } from '../../test/silent-log.ts';
import { makeAccountsPool, makePool, prepareDatabase } from './postgres.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

test.each([
  ['documents', makePool],
  ['accounts', makeAccountsPool],
])(
  'Limits: statements of 3 s, locks of 1 s and idle transactions of 5 s end, in the pool of %s',
  async (_name, make) => {
    const config = testPostgresConfig(postgres, await postgres.database());
    const pool = make(config, silent);
    expect(await prepareDatabase(config, pool, silent)).toEqual([]);
    const setting = async (name: string) =>
      (await pool.query(`select current_setting('${name}') as value`)).rows[0].value;
    expect(await setting('statement_timeout')).toBe('3s');
    expect(await setting('lock_timeout')).toBe('1s');
    expect(await setting('idle_in_transaction_session_timeout')).toBe('5s');
    await expect(pool.query('select pg_sleep(10)')).rejects.toMatchObject({ code: '57014' });
    await pool.end();
  },
);
