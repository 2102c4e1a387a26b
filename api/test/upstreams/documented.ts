// What each service of the table is asked, and what it answers by its documentation.
import { NORMALISED } from './documented-normalised.ts';
import { SELECTED } from './documented-selected.ts';
import { type DocumentedExchange, exchange } from './exchange.ts';

const whole = (
  service: string,
  action: string,
  given: { params: object; url: string },
): DocumentedExchange => {
  const body = { id: 1, name: 'As the service sends it', nested: [{ a: null }] };
  return exchange(service, action, { ...given, body, data: body });
};

/** Rows that pass the documented answer on as it is. */
const WHOLE: readonly DocumentedExchange[] = [
  whole('tmdb', 'movie', { params: { id: 348 }, url: '/movie/348' }),
  whole('spotify', 'search', {
    params: { query: 'Nina Simone', type: 'artist' },
    url: '/search?q=Nina+Simone&type=artist&limit=20',
  }),
  whole('ipinfo', 'lookup', { params: { ip: '8.8.8.8' }, url: '/8.8.8.8/json' }),
  whole('spoonacular', 'recipe', { params: { id: 716_429 }, url: '/recipes/716429/information' }),
  whole('jsonplaceholder', 'list', {
    params: { resource: 'comments', post: 1, limit: 2 },
    url: '/comments?postId=1&_limit=2',
  }),
  whole('open-meteo', 'hourly', {
    params: { latitude: -33.87, longitude: 151.21 },
    url: '/forecast?timezone=auto&hourly=temperature_2m%2Cprecipitation_probability%2Cweather_code%2Cwind_speed_10m&wind_speed_unit=ms&latitude=-33.87&longitude=151.21&forecast_days=2',
  }),
  whole('unsplash', 'search', {
    params: { query: 'mountain', limit: 1 },
    url: '/search/photos?query=mountain&per_page=1&page=1',
  }),
];

/** Unsplash's answer is cut to parts of which this one has none. */
const UNSPLASH_NOTHING = { total: null, photos: [] };

/** All documented exchanges. */
export const DOCUMENTED: readonly DocumentedExchange[] = [
  ...NORMALISED,
  ...SELECTED,
  ...WHOLE.map((one) => (one.service === 'unsplash' ? { ...one, data: UNSPLASH_NOTHING } : one)),
];
