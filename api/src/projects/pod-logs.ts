// What the projects API asks of the cluster about what apps print.
import type { FaibricApp } from '@faibric/crds';
import type { LogLine } from '../contract/logs.ts';

/** Logs of the pods of an app. Throws an ApiError when the API server cannot be asked. */
export interface PodLogs {
  /** Names of the app's pods. */
  pods(app: FaibricApp): Promise<readonly string[]>;
  /** The last lines of a pod, oldest first; none when the pod is gone or has not started. */
  tail(pod: string, lines: number): Promise<readonly LogLine[]>;
  /** The last lines, then those that come, until the pod or the signal ends it. */
  follow(pod: string, lines: number, signal: AbortSignal): AsyncIterable<LogLine>;
}
