// Slows down guessing of passwords, per account and per address, without ever locking anybody out: after some free
// tries each failure doubles the pause, up to a cap, and quiet forgets it all. A try counts as failed from its
// beginning, so that a thousand at the same moment are one thousand tries and not one. An address from which an account
// signed in before is throttled by itself alone: strangers who guess cannot keep the owner out.
import { createHash } from 'node:crypto';

/** Pauses: none for the first `free` tries, then `baseMs` doubling up to `capMs`; forgotten `forgetMs` after the last. */
export interface Pauses {
  readonly free: number;
  readonly baseMs: number;
  readonly capMs: number;
  readonly forgetMs: number;
}

/** One counter and its rule. */
export interface Counter {
  readonly key: string;
  readonly pauses: Pauses;
}

/** Where counters live. `take` looks at all and counts in all or in none; null means that the store is away. */
export interface ThrottleStore {
  /** Milliseconds to wait; 0 when the try was granted (and counted). */
  take(counters: readonly Counter[], now: number): Promise<number | null>;
  /** Applies what a success changes. */
  settle(done: Settled): Promise<void>;
  isKnown(key: string, now: number): Promise<boolean | null>;
}

/** What a success changes: counters to forget, counters that get one try back, a key to know until a time. */
export interface Settled {
  readonly forget: readonly string[];
  readonly giveBack: readonly string[];
  readonly known: { readonly key: string; readonly until: number };
}

/** Whose sign-in is tried, and from where. */
export interface Attempt {
  /** The account as the client named it, with its realm: `platform:ada`, `app:k3x9q2:ada@example.org`. */
  readonly account: string;
  readonly address: string;
}

/** A try. `wait` is in seconds; 0: go on. It counts as failed until `succeeded` is called. */
export interface Try {
  readonly wait: number;
  succeeded(): Promise<void>;
}

/** Grants tries. */
export interface Throttle {
  attempt(attempt: Attempt): Promise<Try>;
}

const MINUTE = 60_000;
/** For one account, from anywhere: a try a minute at most once a dozen have failed. */
export const ACCOUNT_PAUSES: Pauses = { free: 5, baseMs: 1_000, capMs: MINUTE, forgetMs: 15 * MINUTE };
/** For one address, over all accounts: an office behind one address has more free tries. */
export const ADDRESS_PAUSES: Pauses = { free: 30, baseMs: 1_000, capMs: 2 * MINUTE, forgetMs: 15 * MINUTE };
const KNOWN_MS = 30 * 24 * 60 * MINUTE;

// Keys are digests: what people type as their name may be long, or their password.
const digest = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);

const keysOf = ({ account, address }: Attempt) => ({
  account: `a:${digest(account)}`,
  address: `i:${digest(address)}`,
  pair: `p:${digest(account, address)}`,
  known: `k:${digest(account, address)}`,
});

/** Makes the throttle on a shared store, with a store in this process for when the shared one is away. */
export const makeThrottle = (parts: {
  readonly shared: ThrottleStore | null;
  readonly local: ThrottleStore;
  readonly now: () => number;
}): Throttle => {
  const { shared, local, now } = parts;
  const ask = async <T>(work: (store: ThrottleStore) => Promise<T | null>): Promise<T | null> =>
    (shared === null ? null : await work(shared)) ?? (await work(local));
  // Counted here too: a shared store that was emptied, or goes away now, does not give all tries back.
  const take = async (counters: readonly Counter[]): Promise<number> => {
    const wait = (await shared?.take(counters, now())) ?? 0;
    return wait > 0 ? wait : ((await local.take(counters, now())) ?? 0);
  };
  const settle = async (done: Settled): Promise<void> => {
    await Promise.all([local.settle(done), shared?.settle(done)]);
  };
  return {
    attempt: async (attempt) => {
      const keys = keysOf(attempt);
      const known = (await ask((store) => store.isKnown(keys.known, now()))) === true;
      const account = { key: known ? keys.pair : keys.account, pauses: ACCOUNT_PAUSES };
      const address = known ? [] : [{ key: keys.address, pauses: ADDRESS_PAUSES }];
      return {
        wait: (await take([account, ...address])) / 1_000,
        succeeded: () =>
          settle({
            forget: [keys.account, keys.pair],
            // Only the try that was counted: a success of one's own must not wipe out failures with others' accounts.
            giveBack: address.map(({ key }) => key),
            known: { key: keys.known, until: now() + KNOWN_MS },
          }),
      };
    },
  };
};

/** The pause after the n-th try, in milliseconds. */
export const pauseAfter = (tries: number, { free, baseMs, capMs }: Pauses): number =>
  tries < free ? 0 : Math.min(capMs, baseMs * 2 ** Math.min(tries - free, 30));
