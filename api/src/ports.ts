// What the API needs of the outside world, as plain function types. Only main.ts knows who provides them;
// tests hand in their own.

/** Structured logging; pino fits. Never pass a header, a body or a key. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** The time in milliseconds since 1970. */
export type Clock = () => number;

/** One thing that must work before requests are taken: null when it does, else what is missing. */
export type ReadinessCheck = () => string | null | Promise<string | null>;
