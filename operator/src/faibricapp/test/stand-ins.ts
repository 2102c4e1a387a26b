// Stand-ins for the engines and the builder: they count what is asked of them and answer as a test scripts it.
import type { Analysis, Engine, EngineIo, Outcome, SourceFiles } from '../../engines/engine.ts';
import type { Builder, BuildOutcome, Findings } from '../../ports.ts';

/** What the stand-ins do and what was asked of them. */
export interface Script {
  analyzed: number;
  generated: number;
  checked: number;
  exported: number;
  /** Replaces the answer of `generate`. */
  generate?: (call: number, io: EngineIo) => Outcome<SourceFiles> | Promise<Outcome<SourceFiles>> | undefined;
  /** Replaces the findings. */
  check?: (files: SourceFiles) => BuildOutcome<Findings> | undefined;
  exportImage?: () => BuildOutcome<string> | undefined;
  /** Revisions whose pods never become ready. */
  sick: Set<number>;
}

/** Everything succeeds. */
export const newScript = (): Script => ({
  analyzed: 0,
  generated: 0,
  checked: 0,
  exported: 0,
  sick: new Set(),
});

/** The rules of the one collection that the stand-in plans. */
export const THINGS_ACCESS = {
  read: 'anyone',
  create: 'anyone',
  update: 'visitor',
  delete: 'visitor',
} as const;

const TOKENS = { input: 100, output: 10, calls: 1 };

/** An engine that answers at once. */
export const makeEngine = (script: Script): Engine => ({
  name: 'freeform',
  analyze: async (input) => {
    script.analyzed += 1;
    const analysis = {
      engine: 'freeform',
      title: input.title ?? 'Test app',
      type: 'list',
      blueprint: { collections: [{ name: 'things', access: THINGS_ACCESS }] },
      services: [],
      collections: ['things'],
      limited: [],
    };
    // Only the reconciler reads it here, and of the blueprint it takes the access rules alone.
    return { ok: true, value: analysis as unknown as Analysis, tokens: TOKENS };
  },
  generate: async (input, io) => {
    script.generated += 1;
    const scripted = script.generate?.(script.generated, io);
    if (scripted) return scripted;
    const text = `// ${input.changes.map(({ prompt }) => prompt).join(', ')}\nexport default function App() { return null; }\n`;
    return { ok: true, value: { 'src/App.tsx': text }, tokens: TOKENS };
  },
});

/** A builder that answers at once. */
export const makeBuilder = (script: Script): Builder => ({
  prepare: async (input) => ({
    check: async () => {
      script.checked += 1;
      return script.check?.(input.files) ?? { ok: true, value: { ok: true, diagnostics: [] } };
    },
    exportImage: async () => {
      script.exported += 1;
      const digest = String(input.revision).padStart(64, '0');
      return (
        script.exportImage?.() ?? { ok: true, value: `registry.test/apps/${input.appId}@sha256:${digest}` }
      );
    },
    dispose: async () => {},
  }),
});
