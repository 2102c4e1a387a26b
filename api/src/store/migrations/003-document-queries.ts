// What lists read and are fast by. Postgres may not use an index for an operator that is not leakproof (`@>`, `->`, `like`)
// before it has applied a row policy, so no index on `data` would ever serve the run-time role on the table itself. The view
// has the policy's own condition in its text instead, where the planner is free to order things; writes stay on the table.
import type { Migration } from './migration.ts';

// The owner must get past its own forced policy for the view to work when it is not a superuser. It serves no requests.
const VIEW = `
do $$ begin
  execute format('create policy owner_reads on faibric.documents for select to %I using (true)', current_user);
end $$;

create view faibric.app_documents as
  select id, app_id, collection, data, version, bytes, created_at, updated_at, author
  from faibric.documents where app_id = current_setting('faibric.app', true);

-- Each visitor's own documents, in a collection where everybody has some.
create index documents_own on faibric.documents (app_id, collection, author, created_at, id) where author is not null;
`;

/** The view that lists read, and the index of own documents. */
export const documentQueries: Migration = { name: '003-document-queries', sql: VIEW };
