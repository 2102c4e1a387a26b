// What every engine is: `analyze` understands a prompt, `generate` writes the source. Both answer with an Outcome:
// a failure that is foreseen is a value with a reason from the closed list, never a throw. Engines keep no state, so
// a recorded analysis can be handed to `generate` by another process, days later.
import type { Blueprint, Diagnostic, Reason } from '@faibric/crds';

/** Source of an app: path under `src/` to text. */
export type SourceFiles = Readonly<Record<string, string>>;

/** The engines that `auto` chooses from. */
export type EngineName = 'builtin' | 'blueprint' | 'freeform';

/** Why an engine could not answer; each is a condition reason of the resources. */
export type FailureReason = Extract<
  Reason,
  | 'PromptUnsupported'
  | 'ModelNotConfigured'
  | 'LLMUnavailable'
  | 'LLMRateLimited'
  | 'LLMTimeout'
  | 'LLMUnauthorized'
  | 'LLMRefused'
  | 'LLMTruncated'
  | 'LLMInvalid'
  | 'BudgetExceeded'
  | 'Cancelled'
>;

/** Tokens of one step; `estimated` when the server gave no figures; `calls` counts requests that were sent. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly calls: number;
  readonly estimated?: boolean;
}

/** What a step cost when it asked no model. */
export const NO_TOKENS: Tokens = { input: 0, output: 0, calls: 0 };

/** The end of a step. `retriable: false` holds until the spec changes or a retry is asked for. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly tokens: Tokens; readonly model?: string }
  | {
      readonly ok: false;
      readonly reason: FailureReason;
      readonly message: string;
      readonly retriable: boolean;
      readonly retryAfterSeconds?: number;
      readonly tokens: Tokens;
      readonly model?: string;
    };

/** What an engine understood of the prompt and all changes. JSON data: it is stored in the revision as it is. */
export interface Analysis {
  readonly engine: EngineName;
  readonly title: string;
  readonly type: string;
  readonly blueprint: Blueprint;
  readonly services: readonly string[];
  readonly collections: readonly string[];
  readonly limited: readonly string[];
}

/** A revision that came before: what a modification starts from. */
export interface Previous {
  readonly analysis: Analysis;
  readonly files: SourceFiles;
}

/** One entry of spec.changes. */
export interface Change {
  readonly id: string;
  readonly prompt: string;
}

/**
 * Input of `analyze`. Without `previous`, the prompt and all `changes` are understood from the start. With it,
 * `previous` already holds every change but the last one.
 */
export interface AnalyzeInput {
  readonly prompt: string;
  readonly changes: readonly Change[];
  readonly appId: string;
  readonly title?: string;
  readonly previous?: Previous;
}

/** Input of `generate`. `diagnostics` and `rejected` are there for a repair: what was wrong with which files. */
export interface GenerateInput {
  readonly prompt: string;
  readonly changes: readonly Change[];
  readonly appId: string;
  readonly analysis: Analysis;
  readonly previous?: Previous;
  readonly diagnostics?: readonly Diagnostic[];
  readonly rejected?: SourceFiles;
}

/** One sign of life: a sentence for people, and where there is one the file that is being written. */
export interface Progress {
  readonly message: string;
  readonly file?: string;
  readonly characters?: number;
}

/** A piece of a file as it is written; `offset` 0 starts the file anew. Only for people who watch. */
export interface CodePiece {
  readonly path: string;
  readonly offset: number;
  readonly text: string;
}

/** What a step may use of the world: how to be stopped and how to tell. */
export interface EngineIo {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onCode?: (piece: CodePiece) => void;
  /** Tokens that may still be used; no call is made that could pass it. Absent: no limit. */
  readonly tokensLeft?: number;
  /** Model to ask instead of the configured one (spec.model). */
  readonly model?: string;
}

/** Turns a prompt into source in two steps. */
export interface Engine {
  readonly name: EngineName;
  analyze(input: AnalyzeInput, io: EngineIo): Promise<Outcome<Analysis>>;
  generate(input: GenerateInput, io: EngineIo): Promise<Outcome<SourceFiles>>;
}

/** Resolves spec.engine: `auto` is freeform when a model is configured, else builtin. */
export function selectEngine(
  wanted: 'auto' | EngineName,
  modelConfigured: boolean,
):
  | { readonly ok: true; readonly engine: EngineName }
  | { readonly ok: false; readonly reason: FailureReason } {
  if (wanted === 'auto') return { ok: true, engine: modelConfigured ? 'freeform' : 'builtin' };
  if (wanted !== 'builtin' && !modelConfigured) return { ok: false, reason: 'ModelNotConfigured' };
  return { ok: true, engine: wanted };
}
