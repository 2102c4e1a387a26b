// Who asks has changed: somebody signed in or out. What is shown was for another, so everything is asked again.
const listeners = new Set<() => void>();

/** Calls `listener` after somebody signed in or out; gives the function that ends it. */
export function onIdentityChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells that somebody signed in or out. */
export function identityChanged(): void {
  for (const listener of listeners) listener();
}
