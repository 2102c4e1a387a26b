// What the sample upstreams' parts share: an answer, and the names that no sample knows.

/** An answer of a sample upstream. */
export interface SampleAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A good answer. */
export const answered = (body: unknown): SampleAnswer => ({ status: 200, body });

/** The answer to what is not known. */
export const notFound = (body: unknown): SampleAnswer => ({ status: 404, body });

/** A name that the samples do not know, so that an app's "not found" can be seen: any with UNKNOWN in it. */
export const isUnknown = (name: string): boolean => name.toUpperCase().includes('UNKNOWN');
