// What the gateway asks of the way out, and what it gets. A request is built from a row alone: host and headers never
// come from a client.

/** Who is asked. */
export interface UpstreamTarget {
  /** Name of the service. */
  readonly name: string;
  readonly title: string;
  readonly base: URL;
  readonly allowPrivate: boolean;
}

/** One request; with a form it is a POST. */
export interface UpstreamRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly form?: URLSearchParams;
}

/** What an upstream answered: status, parsed JSON (undefined when it is none), and whether it marked its values as samples. */
export interface UpstreamAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly sample: boolean;
  readonly retryAfter: number | null;
}

/** Makes one request to an upstream; throws an ApiError with a code `upstream_…`. */
export type AskUpstream = (target: UpstreamTarget, request: UpstreamRequest) => Promise<UpstreamAnswer>;

/** Reads an entry of the Secret with the service keys; null when it is not set. */
export type ReadKey = (entry: string) => string | null;
