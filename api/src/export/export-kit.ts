// What every export contains besides the app's own source. It lies beside the program as one file that the image build
// made (hack/images/export-kit.ts), so that the API knows nothing of the SDK's layout.
import { z } from 'zod';

/** The kit, as parsed from its file. */
export const exportKitSchema = z.object({
  /** Path in the export to text. */
  files: z.record(z.string(), z.string()),
  /** Pinned versions of what an app may import. */
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});
/** The kit. */
export type ExportKit = z.infer<typeof exportKitSchema>;

/** Reads the kit; null when this installation has none. */
export type ReadExportKit = () => Promise<ExportKit | null>;
