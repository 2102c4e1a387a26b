// Looks for deleted apps every minute, for as long as the process lives. The graces are counted in the database, so that
// how often it looks does not matter.
import { DEPARTED_GRACE, type DepartedParts, makeDepartedApps } from './departed-apps.ts';

const SWEEP_MS = 60_000;

/** Drops the data of apps that were deleted without the API, in time; the returned function ends that. */
export const startDepartures = (parts: Omit<DepartedParts, 'grace'>): (() => void) => {
  const departed = makeDepartedApps({ ...parts, grace: DEPARTED_GRACE });
  const sweep = (): void => {
    departed.sweep().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : 'unknown';
      parts.log.warn({ reason }, 'deleted apps could not be looked for');
    });
  };
  const timer = setInterval(sweep, SWEEP_MS);
  return () => {
    clearInterval(timer);
    departed.stop();
  };
};
