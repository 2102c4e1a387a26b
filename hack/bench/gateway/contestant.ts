// One cache of the gateway bench: where it listens and what its requests carry besides the body.

/** A cache that is asked the same question over and over. */
export interface CacheContestant {
  readonly name: string;
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}
