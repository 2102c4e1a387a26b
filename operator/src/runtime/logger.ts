// The logging port: the subset of pino's interface that the control loop uses, so that a pino logger fits as
// it is and a test can pass a silent one. Fields first, then the message, as pino wants it.

/** Writes one structured line. */
export type Log = (fields: Record<string, unknown>, message: string) => void;

/** A leveled logger; pino's Logger satisfies it. */
export interface Logger {
  debug: Log;
  info: Log;
  warn: Log;
  error: Log;
}

/** Discards everything. */
export const silentLogger: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
