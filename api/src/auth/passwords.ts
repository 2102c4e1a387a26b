// Passwords as argon2id hashes in PHC strings. Hashing is meant to be expensive (19 MiB and two passes each), so that
// few run at once and few more wait: beyond that the caller gets 503 instead of the process running out of memory.
// The text is hashed as it came: no Unicode normalisation, so forms that look alike stay different passwords.
import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { ApiError } from '../errors.ts';

/** Hashes and checks passwords. */
export interface Passwords {
  /** Gives the PHC string to store. */
  hash(password: string): Promise<string>;
  /** With `stored` null (no such user) it takes the same time as with a real hash and gives false. */
  verify(password: string, stored: string | null): Promise<boolean>;
}

/** How many hashes may be computed at once, and how many callers may wait for their turn. */
export interface HashQueue {
  readonly atOnce: number;
  readonly waiting: number;
}

// OWASP's recommendation for argon2id: m=19 MiB, t=2, p=1. Raising it re-hashes nobody: a hash names its own cost.
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const SALT_BYTES = 16;
const TAG_BYTES = 32;
// Node's thread pool has four threads; two stay free for files and name look-ups.
const QUEUE: HashQueue = { atOnce: 2, waiting: 48 };

const PHC =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

const derive = (parameters: Argon2Parameters): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, tag) => (error === null ? resolve(tag) : reject(error)));
  });

const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

const overloaded = (): ApiError =>
  new ApiError('unavailable', 'Too many people sign in at the moment. Try again in a moment.', {
    retryAfter: 2,
  });

/** Runs work with a bound on what runs and on what waits. */
const makeQueue = ({ atOnce, waiting }: HashQueue) => {
  const line: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      if (line.length >= waiting) throw overloaded();
      await new Promise<void>((resolve) => line.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      // The place is handed on, not freed and taken again: nobody can slip in between.
      const next = line.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
};

const hashWith = async (password: string, salt: Buffer): Promise<string> => {
  const tag = await derive({ message: password, nonce: salt, tagLength: TAG_BYTES, ...COST });
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(salt)}$${base64(tag)}`;
};

const matches = async (password: string, stored: string): Promise<boolean> => {
  const match = PHC.exec(stored);
  if (match === null) throw new Error('a stored password hash is not an argon2id PHC string');
  const [memory, passes, parallelism] = match.slice(1, 4).map(Number) as [number, number, number];
  const [nonce, tag] = match.slice(4).map((text) => Buffer.from(text, 'base64')) as [Buffer, Buffer];
  const found = await derive({
    message: password,
    nonce,
    parallelism,
    tagLength: tag.length,
    memory,
    passes,
  });
  return timingSafeEqual(found, tag);
};

/** Makes the one queue of a process; tests make smaller ones. */
export const makePasswords = (queue: HashQueue = QUEUE): Passwords => {
  const inTurn = makeQueue(queue);
  // Of the same cost as a real one and of no password: its tag is random.
  const nobody = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(randomBytes(SALT_BYTES))}$${base64(randomBytes(TAG_BYTES))}`;
  return {
    hash: (password) => inTurn(() => hashWith(password, randomBytes(SALT_BYTES))),
    verify: async (password, stored) => {
      const equal = await inTurn(() => matches(password, stored ?? nobody));
      return equal && stored !== null;
    },
  };
};
