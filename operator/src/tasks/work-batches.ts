// Gathers what tasks tell into few, larger writes: an entry waits at most a tenth of a second, and neighbours that
// continue each other become one. Bounded: while a write takes long, more than a quarter of a megabyte of one app is
// dropped, because whoever tells must never wait.
import type { WorkEntry } from '@faibric/crds';
import type { WorkStream } from '../ports.ts';

/** What batches need of the world. */
export interface BatchParts {
  /** Writes entries of an app; may fail, and is not called for an app again before it has ended. */
  readonly send: (appId: string, entries: readonly WorkEntry[]) => Promise<void>;
  /** Calls back once, later. */
  readonly later: (work: () => void, ms: number) => void;
}

const WAIT_MS = 100;
const FULL_CHARACTERS = 2_048;
const MOST_WAITING = 256 * 1024;
const MOST_OF_ENTRY = 16_000;

interface Batch {
  entries: WorkEntry[];
  characters: number;
  sending: boolean;
  planned: boolean;
}

/** The two as one, when the second continues the first. */
const joined = (a: WorkEntry | undefined, b: WorkEntry): WorkEntry | undefined => {
  if (a?.kind !== b.kind || a.revision !== b.revision || a.step !== b.step || a.path !== b.path)
    return undefined;
  const between = a.kind === 'log' ? '\n' : '';
  if (a.kind === 'code' && (a.offset ?? 0) + a.text.length !== b.offset) return undefined;
  const text = a.text + between + b.text;
  return text.length > MOST_OF_ENTRY ? undefined : { ...a, text };
};

/** Makes a stream that gathers. */
export const makeWorkBatches = ({ send, later }: BatchParts): WorkStream => {
  const batches = new Map<string, Batch>();

  const flush = async (appId: string, batch: Batch): Promise<void> => {
    batch.planned = false;
    if (batch.sending) return;
    batch.sending = true;
    while (batch.entries.length > 0) {
      const { entries } = batch;
      batch.entries = [];
      batch.characters = 0;
      // What could not be written is gone: it was only to be watched.
      await send(appId, entries).catch(() => undefined);
    }
    batch.sending = false;
    if (batches.get(appId) === batch) batches.delete(appId);
  };

  return {
    append: (appId, entry) => {
      const batch = batches.get(appId) ?? { entries: [], characters: 0, sending: false, planned: false };
      batches.set(appId, batch);
      if (batch.characters + entry.text.length > MOST_WAITING) return;
      batch.characters += entry.text.length;
      const one = joined(batch.entries.at(-1), entry);
      if (one === undefined) batch.entries.push(entry);
      else batch.entries[batch.entries.length - 1] = one;
      if (batch.sending) return;
      if (batch.characters >= FULL_CHARACTERS) void flush(appId, batch);
      else if (!batch.planned) {
        batch.planned = true;
        later(() => void flush(appId, batch), WAIT_MS);
      }
    },
  };
};
