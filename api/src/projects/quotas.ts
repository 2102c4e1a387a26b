// What an account may still use: apps, and model tokens today (UTC). Both are counted from the cluster's own objects, so
// kubectl's apps count too and there is no second book to disagree. An app that is being created counts already, so that
// many requests at once make no more than one after another would. Tokens of deleted apps are forgotten with them.
import { ApiError } from '../errors.ts';
import type { Account } from '../http/account.ts';
import type { AppCache } from './app-cluster.ts';
import type { RevisionSource } from './revision-source.ts';
import { tokensOn } from './usage.ts';

/** What counting needs. */
export interface QuotaParts {
  readonly cache: AppCache;
  readonly revisions: Pick<RevisionSource, 'of'>;
  readonly rules: { readonly owner: string };
  readonly now: () => number;
}

/** The quotas of accounts. */
export interface Quotas {
  /** Throws when the account has as many apps as it may have. Call what it gives when the app is there, or is not. */
  takeApp(account: Account): () => void;
  /** Throws when today's tokens are used up; to be asked before work that may call a model. */
  requireTokens(account: Account): void;
  /** Tokens that models took today for apps of an owner. */
  tokensToday(owner: string): number;
}

/** Makes the quotas. */
export const makeQuotas = ({ cache, revisions, rules, now }: QuotaParts): Quotas => {
  const beingMade = new Map<string, number>();
  const appsOf = (owner: string) => cache.list().filter((app) => (app.spec.owner ?? rules.owner) === owner);
  const tokensToday = (owner: string): number => {
    const today = new Date(now()).toISOString().slice(0, 10);
    return appsOf(owner)
      .flatMap((app) => revisions.of(app))
      .reduce((sum, revision) => sum + tokensOn(revision, today), 0);
  };
  return {
    tokensToday,
    takeApp: ({ owner, limits }) => {
      const max = limits?.apps ?? null;
      const waiting = beingMade.get(owner) ?? 0;
      if (max !== null && appsOf(owner).length + waiting >= max) {
        throw new ApiError('quota_exceeded', `You may have ${max} apps. Delete one first.`, {
          field: 'apps',
        });
      }
      beingMade.set(owner, waiting + 1);
      return () => {
        const left = (beingMade.get(owner) ?? 1) - 1;
        if (left > 0) beingMade.set(owner, left);
        else beingMade.delete(owner);
      };
    },
    requireTokens: ({ owner, limits }) => {
      const max = limits?.tokensPerDay ?? null;
      if (max === null || tokensToday(owner) < max) return;
      throw new ApiError(
        'quota_exceeded',
        `You have used the ${max} model tokens of today. More come at midnight UTC.`,
        { field: 'tokens' },
      );
    },
  };
};
