// What the database must be before a request is taken: acknowledged has to mean durable, and the run-time
// role must be unable to see past the policies. A wrong setting here is a reason not to start.
import type { ClientBase } from 'pg';
import { z } from 'zod';

const settingRow = z.array(z.object({ name: z.string(), setting: z.string() }));
const roleRow = z.array(
  z.object({ rolsuper: z.boolean(), rolbypassrls: z.boolean(), owns: z.boolean(), unforced: z.boolean() }),
);

// "local" and stronger all wait for this server's own disk; only "off" answers before it.
const weakSettings = (rows: z.infer<typeof settingRow>): string[] =>
  rows
    .filter((row) => row.setting === 'off')
    .map((row) => `${row.name} is off: acknowledged writes could be lost`);

const ROLE = `
select r.rolsuper, r.rolbypassrls,
  exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'faibric' and c.relowner = r.oid) as owns,
  exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'app_id'
          where n.nspname = 'faibric' and c.relkind = 'r'
            and not (c.relrowsecurity and c.relforcerowsecurity)) as unforced
from pg_roles r where r.rolname = current_user`;

const weakRole = (row: z.infer<typeof roleRow>[number]): string[] => [
  ...(row.rolsuper || row.rolbypassrls ? ['the run-time role bypasses row-level security'] : []),
  ...(row.owns ? ['the run-time role owns tables'] : []),
  ...(row.unforced ? ['a table with rows of apps does not force row-level security'] : []),
];

/** Complaints about the database as the run-time role sees it; empty when it may be used. */
export const checkDatabase = async (client: ClientBase): Promise<readonly string[]> => {
  const settings = await client.query(
    "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')",
  );
  const role = roleRow.parse((await client.query(ROLE)).rows)[0];
  if (role === undefined) return ['the run-time role does not exist'];
  return [...weakSettings(settingRow.parse(settings.rows)), ...weakRole(role)];
};
