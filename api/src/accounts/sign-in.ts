// Making an account, signing in and changing the password. Wrong handle, wrong password and disabled account give one
// answer after one amount of work. A sign-up takes no handle that some app in the cluster already names as its owner:
// the apps would become the newcomer's.
import { timingSafeEqual } from 'node:crypto';
import { RESERVED_WORDS } from '@faibric/crds';
import type { Passwords } from '../auth/passwords.ts';
import type { Throttle } from '../auth/throttle.ts';
import { hashToken, newToken } from '../auth/tokens.ts';
import type { AuthConfig, SignUp } from '../contract/account.ts';
import { ApiError } from '../errors.ts';
import type { AccountStore, Admission, ProofStore } from './account-store.ts';
import type { NoteEvent, SecurityEvent } from './security-events.ts';

/** Who may sign up, and under which handles. */
export interface SignUpRules {
  readonly signUp: AuthConfig['signUp'];
  /** Makes the first admin; null when the installation has none. */
  readonly setupToken: string | null;
  /** Owner of apps that name none: only the first admin may take it as a handle. */
  readonly defaultOwner: string;
  /** True when an app in the cluster has this owner. */
  readonly ownerInUse: (owner: string) => boolean;
}

/** What signing in is made of. */
export interface SignInParts {
  readonly store: AccountStore;
  readonly proofs: ProofStore;
  readonly passwords: Passwords;
  readonly throttle: Throttle;
  readonly note: NoteEvent;
  readonly rules: SignUpRules;
}

/** Where a request comes from. */
export interface Origin {
  readonly address: string;
  readonly userAgent: string;
}

/** Signing in. */
export interface SignIn {
  /** Makes an account; gives its id. */
  signUp(asked: SignUp, from: Origin): Promise<string>;
  /** Gives the id of the account, or throws. */
  logIn(asked: { readonly handle: string; readonly password: string }, from: Origin): Promise<string>;
  /** Sets a new password; every session and token of the account has ended then. */
  changePassword(change: PasswordChange, from: Origin): Promise<void>;
  /** Opens a session; gives the value of its cookie. */
  openSession(accountId: string, from: Origin): Promise<string>;
}

/** A password change. `current` may be missing only where the account has no password. */
export interface PasswordChange {
  readonly account: { readonly id: string; readonly handle: string };
  readonly current: string | undefined;
  readonly next: string;
}

const wrongCredentials = (): ApiError =>
  new ApiError('wrong_credentials', 'Handle or password is wrong, or the account is disabled.');
const inviteInvalid = (): ApiError =>
  new ApiError('forbidden', 'This invite is not valid any more. Ask an admin for another one.', {
    field: 'invite',
  });
const taken = (): ApiError =>
  new ApiError('conflict', 'This handle is taken. Choose another one.', { field: 'handle' });

/** True when a handle may never be an account's: hosts of the platform, and punycode. */
export const isReservedHandle = (handle: string): boolean =>
  RESERVED_WORDS.some((word) => word === handle) || handle.startsWith('xn--');

const isSetupToken = (invite: string, { setupToken }: SignUpRules): boolean =>
  setupToken !== null && timingSafeEqual(hashToken(invite), hashToken(setupToken));

/** Why this sign-up may happen; throws when it may not. */
const admit = ({ handle, invite }: SignUp, rules: SignUpRules): Admission => {
  if (isReservedHandle(handle)) throw taken();
  if (invite !== undefined && isSetupToken(invite, rules)) return { setup: true };
  if (handle === rules.defaultOwner) throw taken();
  if (invite !== undefined && rules.signUp !== 'closed') return { inviteHash: hashToken(invite) };
  if (rules.signUp !== 'open') {
    throw new ApiError(
      'forbidden',
      rules.signUp === 'closed' ? 'Sign-up is closed.' : 'Sign-up needs an invite of an admin.',
    );
  }
  return {};
};

const throttled = (wait: number): ApiError =>
  new ApiError('rate_limited', 'Too many failed tries. Wait a moment, then try again.', {
    retryAfter: Math.max(1, wait),
  });

const event = (name: SecurityEvent['event'], accountId: string | null, from: Origin): SecurityEvent => ({
  event: name,
  accountId,
  actorId: accountId,
  address: from.address,
  detail: {},
});

const signUp = async (parts: SignInParts, asked: SignUp, from: Origin): Promise<string> => {
  const { store, passwords, rules, note } = parts;
  const admission = admit(asked, rules);
  // An admin who invites somebody under a handle has chosen to give them what is there.
  const vouched = admission.setup === true || admission.inviteHash !== undefined;
  if (!vouched && rules.ownerInUse(asked.handle)) throw taken();
  const passwordHash = await passwords.hash(asked.password);
  const account = { handle: asked.handle, name: asked.name ?? null, passwordHash };
  const outcome = await store.signUp(account, admission);
  if (outcome.kind === 'taken') throw taken();
  if (outcome.kind === 'wrong_handle') {
    throw new ApiError('forbidden', 'This invite is for another handle.', { field: 'handle' });
  }
  if (outcome.kind !== 'ok') throw inviteInvalid();
  await note({ ...event('signed_up', outcome.id, from), detail: { role: outcome.role } });
  return outcome.id;
};

/** Checks a password under the throttle; throws when it is wrong. Gives the account's id. */
const check = async (
  { store, passwords, throttle, note }: SignInParts,
  { handle, password }: { readonly handle: string; readonly password: string },
  from: Origin,
): Promise<string> => {
  const { wait, succeeded } = await throttle.attempt({
    account: `platform:${handle}`,
    address: from.address,
  });
  if (wait > 0) {
    await note(event('sign_in_throttled', null, from));
    throw throttled(wait);
  }
  const found = await store.credentials(handle);
  const right = await passwords.verify(password, found?.passwordHash ?? null);
  if (found === null || !right) {
    // Not waited for: the row exists for known handles only, and its time would tell which those are.
    void note({ ...event('sign_in_failed', found?.id ?? null, from), actorId: null });
    throw wrongCredentials();
  }
  await succeeded();
  return found.id;
};

const changePassword = async (
  parts: SignInParts,
  { account, current, next }: PasswordChange,
  from: Origin,
): Promise<void> => {
  const { store, passwords, note } = parts;
  const found = await store.credentials(account.handle);
  if (current !== undefined) await check(parts, { handle: account.handle, password: current }, from);
  else if (found?.passwordHash !== null) {
    throw new ApiError('invalid_body', 'The current password is needed.', { field: 'currentPassword' });
  }
  await store.setPassword(account.id, await passwords.hash(next));
  await note(event('password_changed', account.id, from));
};

/** Makes signing in. */
export const makeSignIn = (parts: SignInParts): SignIn => ({
  signUp: (asked, from) => signUp(parts, asked, from),
  logIn: async (asked, from) => {
    const id = await check(parts, asked, from);
    await parts.note(event('signed_in', id, from));
    return id;
  },
  changePassword: (change, from) => changePassword(parts, change, from),
  openSession: async (accountId, from) => {
    const token = newToken();
    await parts.proofs.openSession(accountId, { tokenHash: hashToken(token), ...from });
    return token;
  },
});
