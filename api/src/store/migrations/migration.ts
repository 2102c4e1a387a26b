// One step of the schema: plain SQL that the owner role runs in a transaction of its own. A migration that was released is
// never changed, only followed by another; names sort in the order in which they run.

/** One step of the schema. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** SQL that holds every row of a table to the app of the transaction, also for the table's owner. */
export const appOnly = (table: string): string => `
alter table faibric.${table} enable row level security;
alter table faibric.${table} force row level security;
create policy app_only on faibric.${table}
  using (app_id = current_setting('faibric.app', true))
  with check (app_id = current_setting('faibric.app', true));`;
