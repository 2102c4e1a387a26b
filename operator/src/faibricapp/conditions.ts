// Reading and merging conditions. lastTransitionTime moves only when the *status* changes: a better message is no
// transition, and the same facts must give byte-equal status.
import type { Reason } from '@faibric/crds';

/** A condition of an app or a revision, as far as merging cares. */
export interface Condition<T extends string = string> {
  type: T;
  status: 'True' | 'False' | 'Unknown';
  reason: Reason;
  message: string;
  lastTransitionTime: string;
  observedGeneration?: number | undefined;
}

/** A condition before it is known since when it holds. */
export type NewCondition<T extends string = string> = Omit<Condition<T>, 'lastTransitionTime'>;

/** Longest message that the schema takes. */
const MESSAGE_MAX = 4000;

/** RFC 3339 with milliseconds. */
export const timeOf = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** The condition of a type. */
export const conditionOf = <T extends string>(
  conditions: readonly Condition<T>[] | undefined,
  type: T,
): Condition<T> | undefined => conditions?.find((condition) => condition.type === type);

/** True when the condition of that type has that status. */
export const isCondition = <T extends string>(
  conditions: readonly Condition<T>[] | undefined,
  type: T,
  status: Condition['status'],
): boolean => conditionOf(conditions, type)?.status === status;

/** `next` with the times of `before` where the status is the same; types that are not in `next` are gone. */
export const withTimes = <T extends string>(
  before: readonly Condition<T>[] | undefined,
  next: readonly NewCondition<T>[],
  now: number,
): Condition<T>[] =>
  next.map((condition) => {
    const old = conditionOf(before, condition.type);
    const lastTransitionTime = old?.status === condition.status ? old.lastTransitionTime : timeOf(now);
    return { ...condition, message: condition.message.slice(0, MESSAGE_MAX), lastTransitionTime };
  });

/** `before` with `changes` merged in by type and `forget` taken out; order is kept. */
export const mergeConditions = <T extends string>(
  before: readonly Condition<T>[] | undefined,
  { changes = [], forget = [] }: { changes?: readonly NewCondition<T>[]; forget?: readonly T[] },
  now: number,
): Condition<T>[] => {
  const changed = new Set(changes.map((condition) => condition.type));
  const kept = (before ?? []).filter(({ type }) => !changed.has(type) && !forget.includes(type));
  return [...kept, ...withTimes(before, changes, now)];
};
