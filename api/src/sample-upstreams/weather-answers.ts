// OpenWeather's and Open-Meteo's formats, filled with sample values. Pure: a place has its own climate, the sun its day.
import { answered, isUnknown, notFound, type SampleAnswer } from './sample-answer.ts';
import { DAY_MS, instrumentOf } from './sample-prices.ts';

const SKIES = [
  ['clear sky', '01d', 0],
  ['few clouds', '02d', 1],
  ['scattered clouds', '03d', 2],
  ['light rain', '10d', 61],
  ['mist', '50d', 45],
] as const;

const one = (value: number): number => Number(value.toFixed(1));
const skyOf = (seed: number, ms: number) =>
  SKIES[(seed + Math.floor(ms / (DAY_MS / 2))) % SKIES.length] ?? SKIES[0];

/** Degrees at a place: its own level, warmest in the afternoon (UTC), with slow waves over days. */
const temperature = (seed: number, ms: number): number =>
  one(
    8 +
      (seed % 180) / 10 +
      4 * Math.sin(ms / DAY_MS) +
      3 * Math.cos(((ms % DAY_MS) / DAY_MS - 0.6) * 2 * Math.PI),
  );

const readingAt = (seed: number, ms: number) => {
  const sky = skyOf(seed, ms);
  const temp = temperature(seed, ms);
  return {
    dt: Math.floor(ms / 1000),
    main: { temp, feels_like: one(temp - 0.8), humidity: 40 + (seed % 50) },
    wind: { speed: one(1 + (seed % 70) / 10) },
    weather: [{ description: sky[0], icon: sky[1] }],
  };
};

interface Place {
  readonly name: string;
  readonly country: string;
  readonly seed: number;
  readonly coord: { readonly lat: number; readonly lon: number };
}

const placeOf = (query: URLSearchParams): Place | null => {
  const city = (query.get('q') ?? '').trim();
  if (city === '' && !query.has('lat')) return null;
  if (isUnknown(city)) return null;
  const { seed } = instrumentOf(city === '' ? `${query.get('lat')},${query.get('lon')}` : city.toLowerCase());
  const coord = {
    lat: Number(query.get('lat') ?? (seed % 120) - 50),
    lon: Number(query.get('lon') ?? (seed % 340) - 170),
  };
  const [name = '', country = ''] = city.split(',').map((part) => part.trim());
  return { name: name || 'Sample place', country: country.toUpperCase(), seed, coord };
};

const cityNotFound = notFound({ cod: '404', message: 'city not found' });

/** OpenWeather's current weather. */
export const weatherNow = (query: URLSearchParams, now: number): SampleAnswer => {
  const place = placeOf(query);
  if (place === null) return cityNotFound;
  const { name, country, seed, coord } = place;
  return answered({ name, coord, timezone: 0, sys: { country }, ...readingAt(seed, now) });
};

const STEP_MS = 3 * 3_600_000;

/** OpenWeather's forecast: 40 steps of three hours. */
export const weatherForecast = (query: URLSearchParams, now: number): SampleAnswer => {
  const place = placeOf(query);
  if (place === null) return cityNotFound;
  const { name, country, seed, coord } = place;
  const first = Math.ceil(now / STEP_MS) * STEP_MS;
  const list = Array.from({ length: 40 }, (_, i) => {
    const ms = first + i * STEP_MS;
    return { ...readingAt(seed, ms), pop: skyOf(seed, ms)[2] > 50 ? 0.7 : 0.1 };
  });
  return answered({ cod: '200', cnt: list.length, list, city: { name, country, coord, timezone: 0 } });
};

const isoMinute = (ms: number): string => new Date(ms).toISOString().slice(0, 16);
const isoDay = (ms: number): string => isoMinute(ms).slice(0, 10);

const meteoDaily = (seed: number, today: number, days: number) => {
  const each = <T>(make: (ms: number) => T): T[] =>
    Array.from({ length: days }, (_, i) => make(today + i * DAY_MS));
  return {
    time: each(isoDay),
    weather_code: each((ms) => skyOf(seed, ms)[2]),
    temperature_2m_max: each((ms) => temperature(seed, ms + 0.6 * DAY_MS)),
    temperature_2m_min: each((ms) => temperature(seed, ms + 0.1 * DAY_MS)),
    precipitation_probability_max: each((ms) => (skyOf(seed, ms)[2] > 50 ? 70 : 10)),
    sunrise: each((ms) => isoMinute(ms + 0.27 * DAY_MS)),
    sunset: each((ms) => isoMinute(ms + 0.73 * DAY_MS)),
  };
};

const meteoHourly = (seed: number, today: number, days: number) => {
  const hours = Array.from({ length: days * 24 }, (_, i) => today + i * 3_600_000);
  return {
    time: hours.map(isoMinute),
    temperature_2m: hours.map((ms) => temperature(seed, ms)),
    precipitation_probability: hours.map((ms) => (skyOf(seed, ms)[2] > 50 ? 70 : 10)),
    weather_code: hours.map((ms) => skyOf(seed, ms)[2]),
    wind_speed_10m: hours.map(() => one(1 + (seed % 70) / 10)),
  };
};

/** Open-Meteo's forecast: what was asked of current, hourly and daily. Times in the place's zone, here always UTC. */
export const openMeteo = (query: URLSearchParams, now: number): SampleAnswer => {
  const [latitude, longitude] = [Number(query.get('latitude')), Number(query.get('longitude'))];
  const { seed } = instrumentOf(`${latitude},${longitude}`);
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const days = Math.min(16, Math.max(1, Number(query.get('forecast_days') ?? 7)));
  const temp = temperature(seed, now);
  const current = {
    time: isoMinute(now),
    temperature_2m: temp,
    apparent_temperature: one(temp - 0.8),
    relative_humidity_2m: 40 + (seed % 50),
    precipitation: 0,
    weather_code: skyOf(seed, now)[2],
    wind_speed_10m: one(1 + (seed % 70) / 10),
  };
  return answered({
    latitude,
    longitude,
    timezone: 'UTC',
    utc_offset_seconds: 0,
    ...(query.has('current')
      ? { current_units: { temperature_2m: '°C', wind_speed_10m: 'm/s' }, current }
      : {}),
    ...(query.has('daily') ? { daily: meteoDaily(seed, today, days) } : {}),
    ...(query.has('hourly') ? { hourly: meteoHourly(seed, today, days) } : {}),
  });
};

/** Open-Meteo's places: one that has the name. */
export const openMeteoPlaces = (query: URLSearchParams): SampleAnswer => {
  const name = query.get('name') ?? '';
  if (isUnknown(name)) return answered({ generationtime_ms: 0.1 });
  const { seed } = instrumentOf(name.toLowerCase());
  const result = {
    name,
    latitude: (seed % 120) - 50,
    longitude: (seed % 340) - 170,
    country: 'Sampleland',
    country_code: 'XS',
    admin1: 'Sample region',
    timezone: 'UTC',
    population: 10_000 + (seed % 900_000),
  };
  return answered({ results: [result], generationtime_ms: 0.1 });
};
