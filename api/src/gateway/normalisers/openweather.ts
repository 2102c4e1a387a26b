// OpenWeather's current weather and its forecast of five days in steps of three hours. Always asked in metric units.
// Times are instants in UTC; days of the forecast are days at the place, by the offset that OpenWeather gives.
import { z } from 'zod';
import { forecastSchema, weatherSchema } from '../../contract/gateway.ts';
import { normaliser } from './normaliser.ts';

const reading = {
  dt: z.number(),
  main: z.object({ temp: z.number(), feels_like: z.number(), humidity: z.number() }),
  wind: z.object({ speed: z.number() }),
  weather: z.array(z.object({ description: z.string(), icon: z.string() })).min(1),
};
const coordinates = z.object({ lat: z.number(), lon: z.number() }).nullish();

const nowBody = z.object({
  ...reading,
  name: z.string(),
  timezone: z.number().nullish(),
  coord: coordinates,
  sys: z.object({ country: z.string().nullish() }).nullish(),
});
const forecastBody = z.object({
  city: z.object({
    name: z.string(),
    country: z.string().nullish(),
    timezone: z.number().nullish(),
    coord: coordinates,
  }),
  list: z.array(z.object({ ...reading, pop: z.number().nullish() })).min(1),
});

const readingOf = ({ dt, main, wind, weather }: z.infer<z.ZodObject<typeof reading>>) => ({
  temperature: main.temp,
  feelsLike: main.feels_like,
  humidity: main.humidity,
  windSpeed: wind.speed,
  description: weather[0]?.description ?? '',
  icon: weather[0]?.icon ?? '',
  time: new Date(dt * 1000).toISOString(),
});

const placeOf = (place: {
  name: string;
  country?: string | null | undefined;
  timezone?: number | null | undefined;
  coord?: { lat: number; lon: number } | null | undefined;
}) => ({
  city: place.name,
  country: place.country ?? '',
  utcOffsetSeconds: place.timezone ?? 0,
  latitude: place.coord?.lat ?? null,
  longitude: place.coord?.lon ?? null,
});

type Point = z.infer<typeof forecastSchema>['points'][number];

// The reading nearest to noon stands for a day's sky.
const middleOf = (points: readonly Point[]): Point | undefined => points[Math.floor(points.length / 2)];

const daysOf = (points: readonly Point[], offsetSeconds: number) => {
  const days = new Map<string, Point[]>();
  for (const point of points) {
    const date = new Date(Date.parse(point.time) + offsetSeconds * 1000).toISOString().slice(0, 10);
    days.set(date, [...(days.get(date) ?? []), point]);
  }
  return [...days].map(([date, all]) => ({
    date,
    low: Math.min(...all.map(({ temperature }) => temperature)),
    high: Math.max(...all.map(({ temperature }) => temperature)),
    precipitationChance: Math.max(...all.map(({ precipitationChance }) => precipitationChance)),
    description: middleOf(all)?.description ?? '',
    icon: middleOf(all)?.icon ?? '',
  }));
};

const toForecast = (body: unknown): z.infer<typeof forecastSchema> => {
  const { city, list } = forecastBody.parse(body);
  const place = placeOf(city);
  const points = list.map((step) => ({
    ...readingOf(step),
    precipitationChance: Math.round((step.pop ?? 0) * 100),
  }));
  return { ...place, days: daysOf(points, place.utcOffsetSeconds), points };
};

/** `openweather` `current`. */
export const weatherNow = normaliser({
  item: weatherSchema,
  parse: (body) => {
    const now = nowBody.parse(body);
    return { ...placeOf({ ...now, country: now.sys?.country }), ...readingOf(now) };
  },
});

/** `openweather` `forecast`. */
export const weatherForecast = normaliser({ item: forecastSchema, parse: toForecast });
