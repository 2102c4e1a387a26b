// Puts accounts together, for mode `single` (one local user, nothing stored) and for mode `accounts`. The one place where
// these parts meet, so that the server and its tests are made of the same.
import { makeTokenCookie, type PublicAddress } from '../auth/cookies.ts';
import type { Passwords } from '../auth/passwords.ts';
import type { Throttle } from '../auth/throttle.ts';
import type { AuthConfig } from '../contract/account.ts';
import { MAX_LOGINS_PER_SECOND } from '../contract/limits.ts';
import type { IdentifyAccount } from '../http/account.ts';
import { makeLimiter } from '../http/rate-limit.ts';
import type { Clock, Log } from '../ports.ts';
import type { ManageParts } from '../routes/accounts.ts';
import type { AuthRoutes } from '../routes/auth.ts';
import type { OidcRoutes } from '../routes/oidc.ts';
import { type DefaultLimits, limitsOf } from './account-limits.ts';
import type { AccountStore, InviteStore, ProofStore } from './account-store.ts';
import { makeIdentify } from './identify.ts';
import { makeOidc, type OidcFlowStore, type OidcSettings } from './oidc.ts';
import { type EventStore, makeNoteEvent } from './security-events.ts';
import { makeSignIn, type SignUpRules } from './sign-in.ts';

/** What the app's routes need of accounts. */
export interface Accounts {
  readonly identify: IdentifyAccount;
  /** How often an open stream's proof is checked again, in milliseconds. */
  readonly recheckMs: number;
  readonly auth: AuthRoutes;
  /** Null in mode `single`. */
  readonly manage: ManageParts | null;
  /** Null without an OpenID provider. */
  readonly oidc: OidcRoutes | null;
}

/** What accounts are made of. */
export interface AccountsParts {
  readonly stores: {
    readonly accounts: AccountStore;
    readonly proofs: ProofStore;
    readonly invites: InviteStore;
    readonly events: EventStore;
    readonly flows: OidcFlowStore;
  };
  readonly passwords: Passwords;
  readonly throttle: Throttle;
  readonly log: Log;
  readonly now: Clock;
  readonly address: PublicAddress;
  /** Origin of the dashboard: `http://faibric.localhost`. */
  readonly origin: string;
  readonly rules: SignUpRules;
  readonly limits: DefaultLimits;
  /** The OpenID provider, or null. */
  readonly oidc: OidcSettings | null;
}

const RECHECK_MS = 15_000;
// Each makes an account and hashes a password; an office that signs up together waits a little.
const SIGN_UPS_PER_SECOND = 0.1;
const SIGN_UP_BURST = 20;

/** Mode `single`: whoever reaches the platform's host is the one local user, who is an admin. */
export const makeSingleAccount = (owner: string): Accounts => ({
  identify: async () => ({ id: 'local', owner, role: 'admin' }),
  recheckMs: RECHECK_MS,
  auth: {
    config: async () => ({ mode: 'single', signUp: 'closed', setup: false, oidc: null }),
    limitsOf: () => ({ apps: null, tokensPerDay: null }),
    accounts: null,
  },
  manage: null,
  oidc: null,
});

const makeConfig =
  ({ rules, stores, oidc }: AccountsParts) =>
  async (): Promise<AuthConfig> => ({
    mode: 'accounts',
    signUp: rules.signUp,
    setup: rules.setupToken !== null && (await stores.accounts.needsSetup()),
    oidc: oidc === null ? null : { name: oidc.name },
  });

/** Mode `accounts`. */
export const makeAccounts = (parts: AccountsParts): Accounts => {
  const { stores, passwords, throttle, log, now, rules, origin } = parts;
  const { accounts: store, proofs, invites, events } = stores;
  const cookie = makeTokenCookie('faibric-session', parts.address);
  const note = makeNoteEvent(events, log);
  const limitsFor: AuthRoutes['limitsOf'] = (account) => limitsOf(account, parts.limits);
  const provider = parts.oidc;
  const account = {
    ...{ store, proofs, note, cookie },
    signIn: makeSignIn({ store, proofs, passwords, throttle, note, rules }),
    logIns: makeLimiter({ perSecond: MAX_LOGINS_PER_SECOND, burst: MAX_LOGINS_PER_SECOND, now }),
    signUps: makeLimiter({ perSecond: SIGN_UPS_PER_SECOND, burst: SIGN_UP_BURST, now }),
  };
  return {
    identify: makeIdentify({ proofs, cookie, limitsOf: limitsFor }),
    recheckMs: RECHECK_MS,
    auth: { config: makeConfig(parts), limitsOf: limitsFor, accounts: account },
    // In the fragment, which browsers send to nobody.
    manage: { ...account, invites, events, inviteUrl: (token) => `${origin}/#invite=${token}` },
    oidc: provider && {
      oidc: makeOidc({ settings: provider, flows: stores.flows, store, note, rules, log }),
      cookie: makeTokenCookie('faibric-oidc', parts.address),
    },
  };
};
