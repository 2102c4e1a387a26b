// The current time as state, refreshed once a second while `running`. One hook per place that shows a
// ticking wait: a card that is done does not tick, so a page full of ready apps renders nothing while idle.
import { useEffect, useState } from 'react';

/** Milliseconds since the epoch; moves only while `running` is true. */
export function useNow(running: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
