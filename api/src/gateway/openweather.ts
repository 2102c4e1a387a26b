// OpenWeather's current weather by city. Needs a key, which stays on the server: it is added to the query after
// the cache key was made, so it is in no cache entry, answer or log.
import { z } from 'zod';
import { weatherSchema } from '../contract/gateway.ts';
import { action, type Service } from './service.ts';

const city = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[\p{L}\p{M}\p{N} ,.'’-]+$/u, 'use a city name like London or Paris, FR');
const params = z.strictObject({ city });

const body = z.object({
  name: z.string(),
  dt: z.number(),
  sys: z.object({ country: z.string().nullish() }).nullish(),
  main: z.object({ temp: z.number(), feels_like: z.number(), humidity: z.number() }),
  wind: z.object({ speed: z.number() }),
  weather: z.array(z.object({ description: z.string(), icon: z.string() })).min(1),
});

const toWeather = (answer: unknown): z.infer<typeof weatherSchema> => {
  const found = body.parse(answer);
  return {
    city: found.name,
    country: found.sys?.country ?? '',
    temperature: found.main.temp,
    feelsLike: found.main.feels_like,
    humidity: found.main.humidity,
    windSpeed: found.wind.speed,
    description: found.weather[0]?.description ?? '',
    icon: found.weather[0]?.icon ?? '',
    time: new Date(found.dt * 1000).toISOString(),
  };
};

/** The weather now. */
export const openweather: Service = {
  name: 'openweather',
  title: 'OpenWeather',
  baseUrl: 'https://api.openweathermap.org',
  key: { entry: 'OPENWEATHER_API_KEY', parameter: 'appid' },
  defaultAction: 'current',
  actions: {
    current: action({
      description: 'Weather of a city now, in metric units.',
      example: { city: 'London' },
      ttlSeconds: 300,
      params,
      item: weatherSchema,
      calls: (asked) => [
        { key: asked.city, path: '/data/2.5/weather', query: { q: asked.city, units: 'metric' } },
      ],
      parse: toWeather,
      combine: ([weather]) => weather,
    }),
  },
};
