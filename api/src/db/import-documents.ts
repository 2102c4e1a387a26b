// An import: rows become documents in batches, each batch one transaction. A row that cannot be stored is told with its number
// and why, and does not hold up the others; a limit of the app ends the import, and what was stored before stays.
import { FULL_GRANT } from '../access/grant.ts';
import { MAX_BULK_DOCUMENTS, MAX_IMPORT_ERRORS, MAX_IMPORT_ROWS } from '../contract/limits.ts';
import type { CollectionStore } from './collection-store.ts';
import type { BulkOutcome, DocumentStore } from './document-store.ts';
import type { ImportRow } from './import-rows.ts';
import type { Place } from './place.ts';

const BATCH_BYTES = 1_048_576;

/** What came of an import. `errors` holds the first ones; `failed` counts all. `stopped` says why it ended early. */
export interface ImportReport {
  imported: number;
  failed: number;
  errors: { readonly row: number; readonly reason: string }[];
  stopped: string | null;
}

type Good = Extract<ImportRow, { data: object }>;
type Failure = Extract<BulkOutcome, { kind: 'failed' }>;

const TAKEN = 'there is already a document with this id';
const LIMIT_TEXT = {
  documents: 'the app has as many documents as it may have',
  bytes: 'the app stores as much as it may',
  collections: 'the app has as many collections as it may have',
};

const reasonOf = ({ failure }: Failure): string => {
  if (failure.kind === 'taken') return TAKEN;
  return failure.kind === 'too_large' ? 'larger than a document may be' : failure.kind;
};

/** Where an import stores. */
export type ImportStore = Pick<DocumentStore, 'createMany'> & Pick<CollectionStore, 'takenIds'>;

const fail = (report: ImportReport, row: number, reason: string): void => {
  report.failed += 1;
  if (report.errors.length < MAX_IMPORT_ERRORS) report.errors.push({ row, reason });
};

interface Target {
  readonly store: ImportStore;
  readonly place: Place;
  readonly report: ImportReport;
}

/** Leaves out rows whose id is taken already, or stands twice among these. */
const withFreeIds = async ({ store, place, report }: Target, batch: readonly Good[]): Promise<Good[]> => {
  const given = batch.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const taken = new Set(given.length === 0 ? [] : await store.takenIds(place, given));
  return batch.filter(({ row, id }) => {
    if (id === undefined) return true;
    if (taken.has(id)) fail(report, row, TAKEN);
    else return taken.add(id);
    return false;
  });
};

/** Notes why a batch was not stored; gives the rows that are worth another try. */
const withoutBlamed = ({ report }: Target, waiting: Good[], outcome: Failure): Good[] => {
  const blamed = outcome.at === null ? undefined : waiting[outcome.at];
  const { failure } = outcome;
  if (blamed === undefined) {
    report.stopped = failure.kind === 'over_quota' ? LIMIT_TEXT[failure.quota] : failure.kind;
    return [];
  }
  fail(report, blamed.row, reasonOf(outcome));
  return waiting.filter((row) => row !== blamed);
};

const storeBatch = async (target: Target, batch: readonly Good[]): Promise<void> => {
  const { store, place, report } = target;
  let waiting = await withFreeIds(target, batch);
  // Each round stores all that are left, or finds one that is to blame and goes on without it.
  while (waiting.length > 0) {
    const items = waiting.map(({ data, id }) => ({ data, id }));
    const outcome = await store.createMany(place, { items }, FULL_GRANT);
    if (outcome.kind === 'ok') {
      report.imported += waiting.length;
      return;
    }
    waiting = withoutBlamed(target, waiting, outcome);
  }
};

/** Imports rows into a collection. */
export const importDocuments = async (
  store: ImportStore,
  place: Place,
  rows: AsyncIterable<ImportRow>,
): Promise<ImportReport> => {
  const report: ImportReport = { imported: 0, failed: 0, errors: [], stopped: null };
  const target = { store, place, report };
  let batch: Good[] = [];
  let bytes = 0;
  for await (const row of rows) {
    if (row.row > MAX_IMPORT_ROWS) report.stopped = `an import has at most ${MAX_IMPORT_ROWS} rows`;
    if (report.stopped !== null) break;
    if ('reason' in row) fail(report, row.row, row.reason);
    else {
      batch.push(row);
      bytes += JSON.stringify(row.data).length;
    }
    if (batch.length < MAX_BULK_DOCUMENTS && bytes < BATCH_BYTES) continue;
    await storeBatch(target, batch);
    batch = [];
    bytes = 0;
  }
  // What was read before the limit on rows was reached is stored, too.
  await storeBatch(target, batch);
  return report;
};
