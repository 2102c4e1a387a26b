// How long a failed step waits before it is tried again. The count lives in the revision's status, so a restart of the
// operator does not try everything at once.

const FIRST_SECONDS = 5;
const LONGEST_SECONDS = 300;
const LONGEST_WISH_SECONDS = 3600;

/** Seconds until the next try after `failures` in a row; a server's own wish (Retry-After) is kept up to an hour. */
export const pauseSeconds = (failures: number, wish?: number): number => {
  const own = Math.min(FIRST_SECONDS * 2 ** Math.max(0, failures - 1), LONGEST_SECONDS);
  return Math.max(own, Math.min(wish ?? 0, LONGEST_WISH_SECONDS));
};
