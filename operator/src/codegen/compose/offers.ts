// What a section offers under the access rules of its collection: to add, to edit, to delete, and to whom. This guards
// nothing (the API does); it keeps an app from offering what would be refused. A page that nobody reads without an account
// asks to sign in first, so inside it everybody is signed in.
import type { Blueprint, BlueprintCollection } from '@faibric/crds';
import { type Code, raw, tsx } from './code.ts';

type Access = BlueprintCollection['access'];

/** To whom something is offered: all, on one's own documents, to those who are signed in, or nobody. */
export type Offer = 'all' | 'mine' | 'signed-in' | 'nobody';

/** What a section offers. */
export interface Offers {
  readonly add: Offer;
  readonly edit: Offer;
  readonly remove: Offer;
  /** The section has to know who is signed in. */
  readonly asksUser: boolean;
}

/** Whether a collection shows nothing without an account. */
const isGated = ({ read, create }: Access): boolean =>
  read === 'user' || (read !== 'anyone' && create === 'user');

/** Whether any rule of the plan speaks of accounts. */
export const hasAccounts = (plan: Blueprint): boolean =>
  plan.collections.some(({ access }) => Object.values(access).includes('user'));

/** Whether a page with these collections asks to sign in first. A site stays open: it has more to show. */
export const isGatedPage = (plan: Blueprint, collections: readonly BlueprintCollection[]): boolean =>
  plan.type !== 'site' && collections.some(({ access }) => isGated(access));

/** Whether only the owner of the app reads a collection, so that no section can show it. */
export const isOwnersOnly = ({ access }: BlueprintCollection): boolean => access.read === 'owner';

/** What a section of the collection offers. */
export function offersOf(plan: Blueprint, collection: BlueprintCollection): Offers {
  const { access } = collection;
  const inside = isGatedPage(plan, [collection]);
  const offer = (who: Access['update']): Offer => {
    if (who === 'user') return inside ? 'all' : 'signed-in';
    if (who === 'owner') return 'nobody';
    return who === 'visitor' && access.read !== 'visitor' ? 'mine' : 'all';
  };
  const add = access.create === 'visitor' ? 'all' : offer(access.create);
  const all = { add, edit: offer(access.update), remove: offer(access.delete) };
  return { ...all, asksUser: Object.values(all).includes('signed-in') };
}

/** The condition of an offer on one document; undefined where there is none to ask. */
export const conditionOf = (offer: Offer, one: string): string | undefined =>
  offer === 'mine' ? `${one}.mine` : offer === 'signed-in' ? 'user !== null' : undefined;

/** The opposite of a condition of `conditionOf`. */
export const not = (condition: string): string =>
  condition.includes(' !== ') ? condition.replace(' !== ', ' === ') : `!${condition}`;

/** The line by which a section knows who is signed in. */
export const userLine = ({ asksUser }: Offers): Code =>
  asksUser ? tsx`const { user } = useUser();` : raw('');
