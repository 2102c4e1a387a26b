// Waiting for the world in tests: asks again until it is so, with a bound that fails the test.

/** Resolves once the condition holds; throws after `ms`. */
export const until = async (
  condition: () => boolean | Promise<boolean>,
  what: string,
  ms = 30_000,
): Promise<void> => {
  const end = performance.now() + ms;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
