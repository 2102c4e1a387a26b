// Where the log lines and pieces of source come from that are told while an app is made. Each has an id that a browser
// gives back when it reconnects, so that nothing is missed. When the wire is away there is simply nothing to hear.
import type { WorkEntry } from '@faibric/crds';

/** One entry and its place in the stream. */
export interface WorkEvent {
  readonly id: string;
  readonly entry: WorkEntry;
}

/** The work of all apps. */
export interface WorkSource {
  /**
   * Tells of an app's entries after the one with id `after`; null: what is kept of the newest revision, then what comes.
   * Until the returned function is called.
   */
  follow(appId: string, after: string | null, listener: (event: WorkEvent) => void): () => void;
}

/** Nothing is told. */
export const NO_WORK: WorkSource = { follow: () => () => undefined };
