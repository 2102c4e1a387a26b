// Sign-ins under way at an OpenID provider, on Postgres: the browser may come back to another replica than it left. Each
// is given out once; what nobody came back for is swept by the next one that begins.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { OidcFlowStore } from '../accounts/oidc.ts';
import { runQuery } from './run-query.ts';

const flowRow = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });
const MAX_AGE = `interval '10 minutes'`;

const BEGIN = {
  name: 'oidc-begin',
  text: `with gone as (delete from faibric_accounts.oidc_flows where created_at < now() - ${MAX_AGE})
    insert into faibric_accounts.oidc_flows (token_hash, state, nonce, verifier) values ($1, $2, $3, $4)`,
};
const TAKE = {
  name: 'oidc-take',
  text: `delete from faibric_accounts.oidc_flows where token_hash = $1
    returning state, nonce, verifier, created_at > now() - ${MAX_AGE} as young`,
};

/** Makes the store on a pool of the role that serves accounts. */
export const makeOidcFlowStore = (pool: Pool): OidcFlowStore => ({
  begin: async (tokenHash, { state, nonce, verifier }) => {
    await runQuery(pool, { ...BEGIN, values: [tokenHash, state, nonce, verifier] });
  },
  take: async (tokenHash) => {
    const { rows } = await runQuery(pool, { ...TAKE, values: [tokenHash] });
    const found = z.array(flowRow.extend({ young: z.boolean() })).parse(rows)[0];
    return found?.young === true ? flowRow.parse(found) : null;
  },
});
