// Documents of apps that are gone but could not be deleted at that moment. They are tried again with growing pauses for
// as long as this process lives; each failure is logged with the app's id, so that a person can finish the job.
import type { Log } from '../ports.ts';

/** What dropping needs. */
export interface DropParts {
  /** Deletes an app's documents and gives their number. */
  readonly drop: (appId: string) => Promise<number>;
  readonly wait: (ms: number) => Promise<void>;
  readonly log: Log;
}

const PAUSE_MS = { first: 2_000, most: 60_000 };

const retry = async ({ drop, wait, log }: DropParts, appId: string): Promise<void> => {
  for (let pause = PAUSE_MS.first; ; pause = Math.min(pause * 2, PAUSE_MS.most)) {
    await wait(pause);
    try {
      const documents = await drop(appId);
      log.info({ id: appId, documents }, 'the documents of a deleted app are gone now');
      return;
    } catch {
      log.warn({ id: appId }, 'the documents of a deleted app are still to be deleted');
    }
  }
};

/** Drops an app's documents; gives their number, or null when it will be done later. */
export const makeDrop =
  (parts: DropParts) =>
  async (appId: string): Promise<number | null> => {
    try {
      return await parts.drop(appId);
    } catch {
      parts.log.warn({ id: appId }, 'the documents of a deleted app are still to be deleted');
      void retry(parts, appId);
      return null;
    }
  };
