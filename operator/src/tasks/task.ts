// The kinds of slow work and what names one piece of it. A task's key holds the digest of its input, so asking
// for the same work twice is one piece of work.

/** Kinds of slow work; each has its own limit on how much of it runs at once. */
export const TASK_KINDS = ['analyze', 'generate', 'build', 'probe'] as const;
/** A kind of slow work. */
export type TaskKind = (typeof TASK_KINDS)[number];

/** One piece of slow work on one revision of one app. Everything else is read when it starts. */
export interface TaskRequest {
  readonly kind: TaskKind;
  /** Unique per input. */
  readonly key: string;
  readonly namespace: string;
  readonly app: string;
  readonly appUid: string;
  readonly appId: string;
  readonly revisionName: string;
  readonly revision: number;
  /** For `analyze` and `generate`: ids of the changes to understand, in order, and the revision they start from. */
  readonly changes?: readonly string[];
  readonly previous?: number | undefined;
  /** For `probe`: the host to ask for. */
  readonly host?: string;
}
