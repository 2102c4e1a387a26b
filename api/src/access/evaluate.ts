// What an access rule means, as a pure function: rules, who asks and what for give a grant or a refusal. A grant with
// `only` is not a refusal: other authors' documents simply are not there for that asker.
import { type AccessRules, type AccessWho, DEFAULT_ACCESS } from '@faibric/crds';
import { ApiError } from '../errors.ts';
import { type AccessOperation, FULL_GRANT, type Grant } from './grant.ts';

/** Who asks: the owner of the app, or somebody on the app's own host. */
export type Asker =
  | { readonly kind: 'owner' }
  /** `author` is `u:<user id>` when signed in, else `v:<visitor id>`. */
  | { readonly kind: 'page'; readonly author: string; readonly signedIn: boolean };

/** Why not: a sign-in would help, or nothing would. */
export type Refusal = 'sign_in_required' | 'forbidden';

/** The rules of one collection: the owner's, else what the operator published, else everybody their own. */
export const rulesOf = (
  app: {
    readonly spec: { readonly access?: readonly ({ collection: string } & AccessRules)[] | undefined };
    readonly status?:
      | { readonly access?: readonly ({ collection: string } & AccessRules)[] | undefined }
      | undefined;
  },
  collection: string,
): AccessRules => {
  const named = (rule: { collection: string }): boolean => rule.collection === collection;
  return app.spec.access?.find(named) ?? app.status?.access?.find(named) ?? DEFAULT_ACCESS;
};

type Reach = 'all' | 'own' | Refusal;

const reach = (who: AccessWho, signedIn: boolean): Reach => {
  if (who === 'anyone') return 'all';
  if (who === 'visitor') return 'own';
  if (who === 'user') return signedIn ? 'all' : 'sign_in_required';
  return 'forbidden';
};

const isRefusal = (reached: Reach): reached is Refusal =>
  reached === 'sign_in_required' || reached === 'forbidden';

/** What the asker may do. `own` means nothing for a create: what is made is one's own in any case. */
export const evaluate = (rules: AccessRules, asker: Asker, operation: AccessOperation): Grant | Refusal => {
  if (asker.kind === 'owner') return FULL_GRANT;
  const { author, signedIn } = asker;
  const reached = [reach(rules[operation], signedIn)];
  // An update answers with the whole document, and what a filter deletes tells what is in it: neither reaches further than
  // reading does.
  if (operation === 'update' || operation === 'delete') reached.push(reach(rules.read, signedIn));
  const refusals = reached.filter(isRefusal);
  if (refusals.includes('forbidden')) return 'forbidden';
  if (refusals.length > 0) return 'sign_in_required';
  const only = operation !== 'create' && reached.includes('own') ? author : null;
  return { author, only };
};

const WORDS: Readonly<Record<AccessOperation, string>> = {
  read: 'read',
  create: 'add to',
  update: 'change',
  delete: 'delete from',
};

/** The error that a refusal becomes. */
export const refusalError = (refusal: Refusal, operation: AccessOperation, collection: string): ApiError =>
  refusal === 'sign_in_required'
    ? new ApiError('sign_in_required', `Sign in to ${WORDS[operation]} ${collection}.`)
    : new ApiError('forbidden', `Only the owner of this app may ${WORDS[operation]} ${collection}.`);
