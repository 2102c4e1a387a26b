// What a check says: the file findings.json, which the operator reads. `ok` means that /out/app is complete and may be
// shipped; every diagnostic is a reason why not. Timings are for people and vary; all else is the same for equal input.
import type { Diagnostic } from '@faibric/crds';

export type { Diagnostic };

/** The content of findings.json. */
export interface Findings {
  ok: boolean;
  diagnostics: Diagnostic[];
  /** Milliseconds by step. */
  timings: Record<string, number>;
  /** Bytes of the app's own scripts and styles, plain and compressed. */
  bundle: { bytes: number; gzip: number };
}

/** Findings of a check that could not be finished. */
export function failed(diagnostic: Diagnostic): Findings {
  return { ok: false, diagnostics: [diagnostic], timings: {}, bundle: { bytes: 0, gzip: 0 } };
}

/** A clock by step: `await timed('bundle', () => …)`. */
export function makeTimer(): {
  timings: Record<string, number>;
  timed: <T>(step: string, run: () => Promise<T>) => Promise<T>;
} {
  const timings: Record<string, number> = {};
  const timed = async <T>(step: string, run: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    try {
      return await run();
    } finally {
      timings[step] = Math.round(performance.now() - start);
    }
  };
  return { timings, timed };
}
