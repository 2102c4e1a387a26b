// How long filtered lists over 50,000 documents take, one at a time, with the total counted. The first requests make the indexes be
// made; what is measured comes after a pause in which nothing else is asked.
import { setTimeout as pause } from 'node:timers/promises';
import { type Summary, summarise } from '../statistics.ts';
import { startFaibric } from './faibric.ts';

const DOCUMENTS = 50_000;
const SAMPLES = 60;
const SETTLE_MS = 15_000;

const LISTS: Readonly<Record<string, string>> = {
  'equality, 2,500 match': query({ category: 'category-3' }),
  'equality, 25,000 match': query({ done: true }),
  'equality, 25,000 match, no total': `${query({ done: true })}&count=false`,
  'range, 250 match': query({ price: { $gte: 990, $lt: 995 } }),
  'range, 25,000 match': query({ price: { $gte: 500 } }),
  'range, 25,000 match, no total': `${query({ price: { $gte: 500 } })}&count=false`,
  'text, 51 match': query({ note: { $contains: 'thing 996' } }),
  'ordered by a field': '?limit=20&order_by=-price',
  'set of two': query({ title: { $in: ['Item number 7', 'Item number 8'] } }),
};

function query(filter: object): string {
  return `?limit=20&filter=${encodeURIComponent(JSON.stringify(filter))}`;
}

/** Milliseconds of each kind of list. */
export const benchLargeCollection = async (say: (line: string) => void): Promise<Record<string, Summary>> => {
  const faibric = await startFaibric(DOCUMENTS);
  const { headers, port, requests } = faibric;
  const ask = async (tail: string): Promise<number> => {
    const since = performance.now();
    const answer = await fetch(`http://127.0.0.1:${port}${requests.create.path}${tail}`, { headers });
    if (!answer.ok) throw new Error(`${tail}: ${answer.status} ${await answer.text()}`);
    await answer.text();
    return performance.now() - since;
  };
  try {
    for (const tail of Object.values(LISTS)) await ask(tail);
    await pause(SETTLE_MS);
    const results: Record<string, Summary> = {};
    for (const [name, tail] of Object.entries(LISTS)) {
      const times: number[] = [];
      for (let i = 0; i < SAMPLES; i += 1) times.push(await ask(tail));
      // The first ones plan and warm up.
      const summary = summarise(times.slice(10));
      results[name] = summary;
      say(
        `50,000 documents, ${name.padEnd(34)} median ${summary.median.toFixed(1)} ms  p95 ${summary.p95.toFixed(1)} ms`,
      );
    }
    return results;
  } finally {
    await faibric.stop();
  }
};
