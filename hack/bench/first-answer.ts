// The time until an address answers with 200 through Traefik. Asked every 20 ms over one connection to the loopback
// port; the error of the figure is therefore at most that.
import { setTimeout as pause } from 'node:timers/promises';
import { throughTraefik } from '../e2e/lib/through-traefik.ts';

const EVERY_MS = 20;

/** Milliseconds from `since` (performance.now) to the first 200; throws after `seconds`. */
export async function untilFirstAnswer(url: string, since: number, seconds = 120): Promise<number> {
  for (;;) {
    const { status } = await throughTraefik({ url }).catch(() => ({ status: 0 }));
    const passed = performance.now() - since;
    if (status === 200) return passed;
    if (passed > seconds * 1000)
      throw new Error(`${url} did not answer 200 within ${seconds} s (last: ${status})`);
    await pause(EVERY_MS);
  }
}
