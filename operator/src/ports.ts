// What the operator needs of the world besides Kubernetes. Adapters implement these, main.ts joins the two, and tests
// give their own: nothing else in here knows of BuildKit, HTTP or a model.
import type { Diagnostic, WorkEntry } from '@faibric/crds';
import type { SourceFiles } from './engines/engine.ts';

/** What goes into the build sandbox: the source and who it is for. Nothing else enters. */
export interface BuildInput {
  readonly appId: string;
  readonly revision: number;
  readonly title: string;
  /** Language of the page, for example `de`. */
  readonly language?: string;
  readonly files: SourceFiles;
}

/** What the checks in the sandbox found. */
export interface Findings {
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly bundle?: { readonly bytes: number; readonly gzip: number } | undefined;
}

/** Why a build gave no answer. All but BuildFailed may heal by themselves. */
export type BuildFailureReason =
  | 'BuildUnavailable'
  | 'BuildFailed'
  | 'BuildTimeout'
  | 'RegistryUnavailable'
  | 'Cancelled';

/** The end of a step of a build. */
export type BuildOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly reason: BuildFailureReason;
      readonly message: string;
      /** End of the log. */
      readonly log: string;
    };

/** One build, prepared: its two halves share the same cached steps. */
export interface PreparedBuild {
  /** Runs the checks and gives their findings. */
  check(): Promise<BuildOutcome<Findings>>;
  /** Builds and pushes the image; gives the reference by digest to pull it with. */
  exportImage(): Promise<BuildOutcome<string>>;
  /** Removes what was prepared. */
  dispose(): Promise<void>;
}

/** What a build may use of the world. */
export interface BuildIo {
  readonly signal: AbortSignal;
  /** Hears of each line that the builder prints. */
  readonly onLine?: (line: string) => void;
}

/** Builds apps in a sandbox. */
export interface Builder {
  prepare(input: BuildInput, io: BuildIo): Promise<PreparedBuild>;
}

/** Takes in what is told while an app is made. Never waits and never fails. */
export interface WorkStream {
  append(appId: string, entry: WorkEntry): void;
}

/** Nobody watches. */
export const NO_WORK_STREAM: WorkStream = { append: () => undefined };

/** One answer of an app's address. */
export interface Answer {
  readonly status: number;
  /** Value of X-Faibric-Revision. */
  readonly revision: string | undefined;
}

/** Asks for an app's page through Traefik. Throws when nothing answers. */
export type AskHost = (host: string, signal: AbortSignal) => Promise<Answer>;

/** Counts and times what the operator does for apps. */
export interface DomainMetrics {
  step(step: string, outcome: 'ok' | 'failed', seconds: number): void;
  tokens(step: string, input: number, output: number): void;
}
