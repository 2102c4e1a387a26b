// A log that keeps nothing.
import type { Log } from '../src/ports.ts';

const nothing = (): void => undefined;

/** A log that keeps nothing. */
export const silent: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
