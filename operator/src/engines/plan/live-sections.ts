// Sections of live data: shares, coins, weather.
import type { BlueprintSection } from '@faibric/crds';
import type { Brief } from './brief.ts';

/** One section for each kind of live data that was asked for. A chart comes unless only many symbols were named. */
export function liveSections(brief: Brief): BlueprintSection[] {
  const sections: BlueprintSection[] = [];
  if (brief.stocks.length > 0)
    sections.push({ kind: 'stocks', id: 'stocks', title: 'Stocks', symbols: [...brief.stocks], chart: true });
  if (brief.coins.length > 0) {
    const currency = brief.currency.toLowerCase();
    sections.push({
      kind: 'coins',
      id: 'coins',
      title: 'Crypto',
      ids: [...brief.coins],
      currency,
      chart: true,
    });
  }
  if (brief.cities.length > 0)
    sections.push({ kind: 'weather', id: 'weather', title: 'Weather', cities: [...brief.cities] });
  return sections;
}
