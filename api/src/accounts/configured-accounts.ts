// Accounts as the configuration wants them: which mode, who may sign up, which limits. Only what main.ts would otherwise
// have to know; the parts meet in accounts.ts.
import { createHmac } from 'node:crypto';
import type { Pool } from 'pg';
import { makeMemoryThrottle } from '../auth/memory-throttle.ts';
import { makePasswords, type Passwords } from '../auth/passwords.ts';
import { makeThrottle, type Throttle, type ThrottleStore } from '../auth/throttle.ts';
import type { Config } from '../config.ts';
import type { Clock, Log } from '../ports.ts';
import type { AppCache } from '../projects/app-cluster.ts';
import { makeEventStore, makeInviteStore } from '../store/account-invites.ts';
import { makeProofStore } from '../store/account-proofs.ts';
import { makeAccountStore } from '../store/accounts.ts';
import { makeOidcFlowStore } from '../store/oidc-flows.ts';
import { type Accounts, makeAccounts, makeSingleAccount } from './accounts.ts';
import type { OidcSettings } from './oidc.ts';

/** What slows and bounds sign-ins. */
export interface SignInGuards {
  readonly passwords: Passwords;
  readonly throttle: Throttle;
}

/** What comes from outside the configuration. */
export interface AccountAdapters extends SignInGuards {
  /** A pool of the role that serves accounts. */
  readonly pool: Pool;
  readonly cache: AppCache;
  readonly log: Log;
  readonly now: Clock;
}

/**
 * The password of the database role that serves accounts, unless one is given. Derived from the owner role's, so that an
 * installation needs no further secret and every replica knows the same.
 */
export const accountsRolePassword = ({ env }: Config): string =>
  env.PGACCOUNTSPASSWORD ??
  createHmac('sha256', env.PGOWNERPASSWORD).update(`faibric role ${env.PGACCOUNTSUSER}`).digest('base64url');

/** Origin of the dashboard, as browsers see it. */
export const originOfDashboard = ({ env }: Config): string => {
  const usual = env.FAIBRIC_PUBLIC_SCHEME === 'https' ? 443 : 80;
  const port = env.FAIBRIC_PUBLIC_PORT === usual ? '' : `:${env.FAIBRIC_PUBLIC_PORT}`;
  return `${env.FAIBRIC_PUBLIC_SCHEME}://faibric.${env.FAIBRIC_DOMAIN}${port}`;
};

/** The OpenID provider of the configuration, or null. */
const oidcSettings = (config: Config): OidcSettings | null => {
  const { env } = config;
  const { FAIBRIC_OIDC_ISSUER: issuer, FAIBRIC_OIDC_CLIENT_ID: clientId } = env;
  if (issuer === undefined || clientId === undefined) return null;
  return {
    issuer,
    clientId,
    clientSecret: env.FAIBRIC_OIDC_CLIENT_SECRET ?? null,
    name: env.FAIBRIC_OIDC_NAME,
    scopes: env.FAIBRIC_OIDC_SCOPES,
    groupsClaim: env.FAIBRIC_OIDC_GROUPS_CLAIM,
    adminGroup: env.FAIBRIC_OIDC_ADMIN_GROUP ?? null,
    createAccounts: env.FAIBRIC_OIDC_CREATE_ACCOUNTS === 'true',
    redirectUri: `${originOfDashboard(config)}/api/auth/oidc/callback/`,
  };
};

/** True when an app in the cluster has this owner. */
export const makeOwnerInUse =
  (cache: AppCache) =>
  (owner: string): boolean =>
    cache.list().some((app) => app.spec.owner === owner);

/** The one queue of password hashes and the one throttle of the process; app users share both. */
export const makeGuards = (now: Clock, shared: ThrottleStore | null): SignInGuards => ({
  passwords: makePasswords(),
  throttle: makeThrottle({ shared, local: makeMemoryThrottle(), now }),
});

/** Makes accounts of the configured mode. */
export const configuredAccounts = (config: Config, adapters: AccountAdapters): Accounts => {
  const { env } = config;
  if (env.FAIBRIC_AUTH_MODE === 'single') return makeSingleAccount(env.FAIBRIC_DEFAULT_OWNER);
  const { pool, cache, ...rest } = adapters;
  return makeAccounts({
    ...rest,
    stores: {
      accounts: makeAccountStore(pool),
      proofs: makeProofStore(pool),
      invites: makeInviteStore(pool),
      events: makeEventStore(pool),
      flows: makeOidcFlowStore(pool),
    },
    address: { domain: env.FAIBRIC_DOMAIN, scheme: env.FAIBRIC_PUBLIC_SCHEME },
    origin: originOfDashboard(config),
    rules: {
      signUp: env.FAIBRIC_SIGN_UP,
      setupToken: env.FAIBRIC_SETUP_TOKEN ?? null,
      defaultOwner: env.FAIBRIC_DEFAULT_OWNER,
      ownerInUse: makeOwnerInUse(cache),
    },
    oidc: oidcSettings(config),
    limits: { appsPerUser: env.FAIBRIC_APPS_PER_USER, tokensPerDay: env.FAIBRIC_TOKENS_PER_DAY },
  });
};
