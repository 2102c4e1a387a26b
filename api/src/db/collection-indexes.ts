// What an index on a large collection could serve in a list. Collections below the size that pays get none: a scan of a few
// thousand documents is quick, and every index makes all writes of all apps a little dearer.
import type { Condition } from './condition.ts';
import type { ListRequest } from './document-store.ts';
import type { Place } from './place.ts';

/** An index on one collection: on all its content (equality, elements), on one field's order, or on one field's text. */
export type IndexWish =
  | { readonly kind: 'content' }
  | { readonly kind: 'order'; readonly field: string; readonly descending: boolean }
  | { readonly kind: 'text'; readonly field: string };

/** Indexes of large collections, made when lists ask for them. */
export interface CollectionIndexes {
  /** Tells what lists of a collection would like; makes it later and in the background when it pays. */
  wish(place: Place, wishes: readonly IndexWish[]): void;
  /** True when the collection has indexes of its own, which only a plan for its very name can use. */
  has(place: Place): boolean;
}

const wishesOfCondition = (condition: Condition): readonly IndexWish[] => {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.parts.flatMap(wishesOfCondition);
    case 'equal':
      return [{ kind: 'content' }];
    case 'contains':
      return typeof condition.value === 'string'
        ? [{ kind: 'content' }, { kind: 'text', field: condition.field }]
        : [{ kind: 'content' }];
    case 'compare':
      return [{ kind: 'order', field: condition.field, descending: false }];
    default:
      // A negation matches most documents, so nothing is faster than reading them; and missing fields are in no index.
      return [];
  }
};

/** What a list would like to have. */
export const wishesOf = ({ where, order }: ListRequest): readonly IndexWish[] => {
  const byField = order.length === 1 ? order[0] : undefined;
  const ordered: readonly IndexWish[] =
    byField !== undefined && typeof byField.by === 'object'
      ? [{ kind: 'order', field: byField.by.field, descending: byField.descending }]
      : [];
  return where === null ? ordered : [...wishesOfCondition(where), ...ordered];
};
