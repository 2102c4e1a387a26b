// What app users need of the database. Passwords and tokens are hashes here; every call names its app and Postgres holds
// it to that.
import type { AppUser, AppUserList } from '../contract/app-user.ts';

/** A user with the hash that a log-in compares with. */
export interface StoredAppUser {
  readonly user: AppUser;
  readonly password: string;
}

/** A new user and the first session. `visitor` is the author whose documents become the user's. */
export interface NewAppUser {
  readonly email: string;
  readonly name: string | null;
  readonly password: string;
  readonly token: Buffer;
  readonly visitor: string | null;
}

/** A password change: `old` is the hash that was checked, `keep` the session that asked. */
export interface PasswordChange {
  readonly userId: string;
  readonly old: string;
  readonly next: string;
  readonly keep: Buffer;
}

/** Users and sessions of all apps. */
export interface AppUserStore {
  /** The new user's id, or why there is none. */
  create(appId: string, user: NewAppUser): Promise<{ readonly id: string } | 'taken' | 'full'>;
  find(appId: string, email: string): Promise<StoredAppUser | null>;
  /** The user of a live session; notes its use. */
  sessionUser(appId: string, token: Buffer): Promise<AppUser | null>;
  /** False when the user or the password is no longer what was checked. */
  startSession(
    appId: string,
    checked: { readonly userId: string; readonly password: string; readonly token: Buffer },
  ): Promise<boolean>;
  endSession(appId: string, token: Buffer): Promise<void>;
  /** Ends all other sessions; false when the password is no longer what was checked. */
  changePassword(appId: string, change: PasswordChange): Promise<boolean>;
  list(appId: string, page: { readonly limit: number; readonly offset: number }): Promise<AppUserList>;
  /** Deletes a user and their sessions, not what they wrote; false when there is none. */
  delete(appId: string, userId: string): Promise<boolean>;
}
