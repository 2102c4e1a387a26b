// Counts and times what goes out, by service and outcome: names from our own table, so the labels are bounded.
import { ApiError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { AskUpstream } from './upstream-request.ts';

/** Hears of one call to an upstream. */
export type HearUpstream = (call: { service: string; outcome: string; seconds: number }) => void;

/** The same way out, with somebody who hears of each call. */
export const observeUpstream =
  (ask: AskUpstream, hear: HearUpstream, now: Clock): AskUpstream =>
  async (target, request) => {
    const start = now();
    const tell = (outcome: string): void =>
      hear({ service: target.name, outcome, seconds: Math.max(0, now() - start) / 1000 });
    try {
      const answer = await ask(target, request);
      tell(answer.status === 200 ? 'ok' : String(answer.status));
      return answer;
    } catch (error) {
      tell(error instanceof ApiError ? error.code : 'internal');
      throw error;
    }
  };
