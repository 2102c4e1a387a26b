// Reads the export kit from its file, once.
import { readFile } from 'node:fs/promises';
import { exportKitSchema, type ReadExportKit } from '../export/export-kit.ts';

/** Makes the reader of the file at `path`; without a path there is no kit. */
export const makeReadExportKit = (path: string | undefined): ReadExportKit => {
  let kit: ReturnType<ReadExportKit> | undefined;
  const read: ReadExportKit = async () => {
    if (path === undefined) return null;
    return exportKitSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  };
  return () => {
    kit ??= read();
    return kit;
  };
};
