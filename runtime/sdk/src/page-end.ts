// What a page knows beside its components (kept answers, who is signed in) ends with the page. In a browser that is by
// itself; where one process mounts an app again and again, as the render check does, each mount starts with nothing.
const resets: (() => void)[] = [];

/** Calls `reset` whenever the mounted app ends. For the load of a module, once for each. */
export const onPageEnd = (reset: () => void): void => void resets.push(reset);

/** The mounted app has ended. */
export function endPage(): void {
  for (const reset of resets) reset();
}
