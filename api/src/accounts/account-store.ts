// What accounts need of their storage. Tokens come in as their SHA-256 only, passwords as their hash. Outcomes that a
// client can cause are values; times are the database's, so that replicas with different clocks agree.
import type {
  ChangeAccount,
  CreateInvite,
  InviteView,
  ManagedAccount,
  Role,
  TokenView,
} from '../contract/account.ts';

/** An account as its own requests need it. */
export interface StoredAccount {
  readonly id: string;
  readonly handle: string;
  readonly name: string | null;
  readonly role: Role;
  readonly appsLimit: number | null;
  readonly tokensPerDay: number | null;
}

/** Why an account may be made: the first admin, an invite, an OpenID identity, or because sign-up is open. */
export interface Admission {
  readonly setup?: boolean;
  readonly inviteHash?: Buffer;
  readonly role?: Role;
  readonly identity?: OidcIdentity;
}

/** Who an OpenID provider says somebody is. */
export interface OidcIdentity {
  readonly issuer: string;
  readonly subject: string;
}

/** How a sign-up ended. */
export type SignUpOutcome =
  | { readonly kind: 'ok'; readonly id: string; readonly role: Role }
  | { readonly kind: 'taken' | 'invite_invalid' | 'wrong_handle' };

/** Accounts themselves. */
export interface AccountStore {
  signUp(
    account: { readonly handle: string; readonly name: string | null; readonly passwordHash: string | null },
    admission: Admission,
  ): Promise<SignUpOutcome>;
  /** Of an account that may sign in; null when there is none. */
  credentials(handle: string): Promise<{ readonly id: string; readonly passwordHash: string | null } | null>;
  find(id: string): Promise<StoredAccount | null>;
  findByIdentity(identity: OidcIdentity): Promise<{ readonly id: string; readonly disabled: boolean } | null>;
  /** Sets the password and ends every session and token of the account. */
  setPassword(id: string, passwordHash: string): Promise<void>;
  setRole(id: string, role: Role): Promise<'ok' | 'missing' | 'last_admin'>;
  list(): Promise<readonly ManagedAccount[]>;
  change(id: string, change: ChangeAccount | { deleted: true }): Promise<'ok' | 'missing' | 'last_admin'>;
  /** True until an admin was made. */
  needsSetup(): Promise<boolean>;
}

/** A session as its account sees it. */
export interface StoredSession {
  readonly id: string;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly address: string;
  readonly userAgent: string;
}

/** Whom a token proves. */
export interface Proven {
  readonly account: StoredAccount;
  /** Id of the session or token. */
  readonly proofId: string;
}

/** Sessions of browsers and personal access tokens. */
export interface ProofStore {
  openSession(
    accountId: string,
    session: { readonly tokenHash: Buffer; readonly address: string; readonly userAgent: string },
  ): Promise<void>;
  findSession(tokenHash: Buffer): Promise<Proven | null>;
  listSessions(accountId: string): Promise<readonly StoredSession[]>;
  endSession(tokenHash: Buffer): Promise<void>;
  /** Ends one session of the account, or all but one. */
  endSessions(
    accountId: string,
    which: { readonly id: string } | { readonly allBut: string },
  ): Promise<number>;
  /** Null when the account has as many tokens as it may have. */
  addToken(
    accountId: string,
    token: { readonly tokenHash: Buffer; readonly name: string; readonly days: number },
  ): Promise<TokenView | null>;
  findToken(tokenHash: Buffer): Promise<Proven | null>;
  listTokens(accountId: string): Promise<readonly TokenView[]>;
  endToken(accountId: string, id: string): Promise<boolean>;
}

/** Invites. */
export interface InviteStore {
  /** Null when too many are open. */
  add(
    invite: CreateInvite,
    made: { readonly tokenHash: Buffer; readonly by: string },
  ): Promise<InviteView | null>;
  list(): Promise<readonly InviteView[]>;
  end(id: string): Promise<boolean>;
}
