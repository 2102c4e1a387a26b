// Puts access together: which apps there are, who asks, and what the rules allow. The one place where these parts meet, so
// that the server and its tests are made of the same.
import type { AppUserStore } from '../app-users/app-user-store.ts';
import { makeTokenCookie, type PublicAddress } from '../auth/cookies.ts';
import type { AppCache } from '../projects/app-cluster.ts';
import type { AdmitParts } from './admit.ts';
import { makeAppIndex } from './app-index.ts';
import { makeAuthorize } from './authorize.ts';
import type { Authorize } from './grant.ts';
import { type IdentifyParts, makeIdentifyAsker } from './identify-asker.ts';
import { makeVisitors } from './visitors.ts';

/** What access is made of. */
export interface AccessParts {
  readonly cache: AppCache;
  readonly users: AppUserStore;
  readonly visitorSecret: string;
  readonly address: PublicAddress;
  /** Owner of apps that name none. */
  readonly defaultOwner: string;
}

/** Access to apps' data. */
export interface Access extends AdmitParts {
  readonly users: AppUserStore;
  readonly askers: IdentifyParts;
  readonly authorize: Authorize;
}

/** Makes it. */
export const makeAccess = ({ cache, users, visitorSecret, address, defaultOwner }: AccessParts): Access => {
  const apps = makeAppIndex(cache);
  const askers = {
    cookies: {
      visitor: makeTokenCookie('faibric-visitor', address),
      user: makeTokenCookie('faibric-user', address),
    },
    visitors: makeVisitors(visitorSecret),
    users,
  };
  return {
    apps,
    defaultOwner,
    users,
    askers,
    authorize: makeAuthorize({ apps, identify: makeIdentifyAsker(askers) }),
  };
};
