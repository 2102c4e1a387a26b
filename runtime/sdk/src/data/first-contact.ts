// A browser gets its identity, a cookie that scripts cannot see, with its first answer from the Database API. Two first
// requests side by side would get two, and what was shown to one would not be `mine` to the other; so the very first one
// goes alone, and all others, streams too, wait for its answer. A browser that was here before waits for nothing.

const KNOWN = 'faibric:known';

let known = false;
let first: Promise<void> | undefined;
let tellKnown = (): void => {};
const becameKnown = new Promise<void>((resolve) => {
  tellKnown = resolve;
});

function isKnown(): boolean {
  try {
    known ||= localStorage.getItem(KNOWN) !== null;
  } catch {
    // No storage (a private window): the first request of each page goes alone.
  }
  return known;
}

function remember(): void {
  known = true;
  tellKnown();
  try {
    localStorage.setItem(KNOWN, '1');
  } catch {
    // As above.
  }
}

/** Whether the browser has its identity, so that nothing has to wait. */
export const hasIdentity = (): boolean => isKnown();

/** Resolves when the browser has its identity. */
export const afterFirstContact = async (): Promise<void> => {
  if (!isKnown()) await becameKnown;
};

/** Sends a request to the Database API: alone if it is the first, else after the first one's answer. */
export async function inTurn<T>(send: () => Promise<T>): Promise<T> {
  while (!isKnown() && first) await first;
  if (isKnown()) return await send();
  const sent = send();
  const end = (): void => {
    first = undefined;
  };
  first = sent.then(remember).then(end, end);
  return await sent;
}
