// Mode `accounts` in tests: the real parts over the real database. Sign-up is open unless a test says otherwise; the first
// admin comes by the setup token.
import type pg from 'pg';
import { type Accounts, makeAccounts } from '../src/accounts/accounts.ts';
import { makeOwnerInUse } from '../src/accounts/configured-accounts.ts';
import type { OidcSettings } from '../src/accounts/oidc.ts';
import { makeMemoryThrottle } from '../src/auth/memory-throttle.ts';
import { makePasswords } from '../src/auth/passwords.ts';
import { makeThrottle } from '../src/auth/throttle.ts';
import type { AuthConfig } from '../src/contract/account.ts';
import type { Clock, Log } from '../src/ports.ts';
import type { AppCache } from '../src/projects/app-cluster.ts';
import { makeEventStore, makeInviteStore } from '../src/store/account-invites.ts';
import { makeProofStore } from '../src/store/account-proofs.ts';
import { makeAccountStore } from '../src/store/accounts.ts';
import { makeOidcFlowStore } from '../src/store/oidc-flows.ts';

/** The token that makes the first admin of a test server. */
export const SETUP_TOKEN = 'the-token-of-the-first-admin';

/** Settings of mode `accounts` in a test. */
export interface AccountOptions {
  readonly signUp?: AuthConfig['signUp'];
  readonly appsPerUser?: number;
  readonly tokensPerDay?: number;
  readonly oidc?: OidcSettings;
}

/** Accounts over a database of a test. */
export const testAccounts = (
  options: AccountOptions & {
    readonly pool: pg.Pool;
    readonly cache: AppCache;
    readonly log: Log;
    readonly now: Clock;
  },
): Accounts => {
  const { pool, cache, log, now } = options;
  return makeAccounts({
    stores: {
      accounts: makeAccountStore(pool),
      proofs: makeProofStore(pool),
      invites: makeInviteStore(pool),
      events: makeEventStore(pool),
      flows: makeOidcFlowStore(pool),
    },
    passwords: makePasswords(),
    throttle: makeThrottle({ shared: null, local: makeMemoryThrottle(), now }),
    log,
    now,
    address: { domain: 'localhost', scheme: 'http' },
    origin: 'http://faibric.localhost',
    rules: {
      signUp: options.signUp ?? 'open',
      setupToken: SETUP_TOKEN,
      defaultOwner: 'me',
      ownerInUse: makeOwnerInUse(cache),
    },
    oidc: options.oidc ?? null,
    limits: { appsPerUser: options.appsPerUser ?? 20, tokensPerDay: options.tokensPerDay ?? 0 },
  });
};
