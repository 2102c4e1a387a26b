// What an account may use: an admin's override, else the installation's default. Admins have no limit on apps unless
// one is set for them: they are who would raise it. For tokens a day 0 means none.
import type { AccountLimits } from '../contract/account.ts';
import type { StoredAccount } from './account-store.ts';

/** The installation's defaults. */
export interface DefaultLimits {
  readonly appsPerUser: number;
  readonly tokensPerDay: number;
}

/** The limits that hold for an account. */
export const limitsOf = (account: StoredAccount, defaults: DefaultLimits): AccountLimits => {
  const ordinary = account.role === 'admin' ? null : defaults.appsPerUser;
  const tokens = account.tokensPerDay ?? defaults.tokensPerDay;
  return { apps: account.appsLimit ?? ordinary, tokensPerDay: tokens === 0 ? null : tokens };
};
