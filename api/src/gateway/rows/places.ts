// Places, food, and made-up records for trying things out. Written by the documentation that each row names.
import type { ServiceRowInput } from '../row.ts';

const latitude = { type: 'number', min: -90, max: 90, required: true } as const;
const longitude = { type: 'number', min: -180, max: 180, required: true } as const;
const number = { type: 'integer', min: 1, max: 1_000_000_000, required: true } as const;

const ipinfo: ServiceRowInput = {
  title: 'IPinfo',
  baseUrl: 'https://ipinfo.io',
  documentation: 'https://ipinfo.io/developers',
  key: { entry: 'IPINFO_TOKEN', in: 'bearer', optional: true },
  defaultAction: 'lookup',
  actions: {
    lookup: {
      description: 'Where an IP address is: city, region, country, network.',
      example: { ip: '8.8.8.8' },
      path: '/{ip}/json',
      parameters: {
        ip: {
          type: 'text',
          required: true,
          max: 45,
          pattern: '[0-9A-Fa-f.:]{3,45}',
          hint: 'use an address like 8.8.8.8',
        },
      },
      ttlSeconds: 86_400,
      staleSeconds: 604_800,
      // What one app looked up is nobody else's to see.
      scope: 'app',
    },
  },
};

const spoonacular: ServiceRowInput = {
  title: 'Spoonacular',
  baseUrl: 'https://api.spoonacular.com',
  documentation: 'https://spoonacular.com/food-api/docs',
  key: { entry: 'SPOONACULAR_API_KEY', in: 'header', name: 'x-api-key' },
  defaultAction: 'search',
  actions: {
    search: {
      description: 'Recipes that match words, a cuisine, a diet.',
      example: { query: 'pasta', limit: 5 },
      path: '/recipes/complexSearch',
      parameters: {
        query: { type: 'text', required: true, max: 100 },
        cuisine: { type: 'text', max: 40 },
        diet: { type: 'text', max: 40 },
        limit: { type: 'integer', min: 1, max: 50, default: 10, as: 'number' },
        offset: { type: 'integer', min: 0, max: 900, default: 0 },
      },
      ttlSeconds: 3_600,
      staleSeconds: 86_400,
    },
    recipe: {
      description: 'One recipe with ingredients and steps.',
      example: { id: 716_429 },
      path: '/recipes/{id}/information',
      parameters: { id: number },
      ttlSeconds: 86_400,
      staleSeconds: 604_800,
    },
  },
};

const country = {
  object: {
    name: '/name/common',
    official: '/name/official',
    code: '/cca2',
    capital: '/capital/0',
    region: '/region',
    subregion: '/subregion',
    population: '/population',
    area: '/area',
    currencies: '/currencies',
    languages: '/languages',
    flag: '/flag',
  },
};
// Ten at most: the service refuses more.
const countryFields = 'name,cca2,capital,region,subregion,population,area,currencies,languages,flag';
const countryAction = {
  query: { fields: countryFields },
  ttlSeconds: 86_400,
  staleSeconds: 604_800,
  select: { object: { countries: { each: '', pick: country } } },
};

const restcountries: ServiceRowInput = {
  title: 'REST Countries',
  baseUrl: 'https://restcountries.com/v3.1',
  documentation: 'https://gitlab.com/restcountries/restcountries',
  defaultAction: 'name',
  actions: {
    name: {
      ...countryAction,
      description: 'Countries whose name matches.',
      example: { name: 'switzerland' },
      path: '/name/{name}',
      parameters: { name: { type: 'text', required: true, max: 60 } },
    },
    region: {
      ...countryAction,
      description: 'Countries of a part of the world.',
      example: { region: 'europe' },
      path: '/region/{region}',
      parameters: {
        region: {
          type: 'text',
          required: true,
          case: 'lower',
          pattern: 'africa|americas|asia|europe|oceania|antarctic',
          hint: 'use africa, americas, asia, europe, oceania or antarctic',
        },
      },
    },
    all: { ...countryAction, description: 'All countries.', path: '/all' },
  },
};

const jsonplaceholder: ServiceRowInput = {
  title: 'JSONPlaceholder',
  baseUrl: 'https://jsonplaceholder.typicode.com',
  documentation: 'https://jsonplaceholder.typicode.com/guide/',
  defaultAction: 'list',
  actions: {
    list: {
      description: 'Made-up posts, comments, albums, photos, todos or users.',
      example: { resource: 'posts', limit: 5 },
      path: '/{resource}',
      parameters: {
        resource: {
          type: 'text',
          enum: ['posts', 'comments', 'albums', 'photos', 'todos', 'users'],
          default: 'posts',
        },
        user: { type: 'integer', min: 1, max: 10, as: 'userId' },
        post: { type: 'integer', min: 1, max: 100, as: 'postId' },
        limit: { type: 'integer', min: 1, max: 500, default: 100, as: '_limit' },
      },
      ttlSeconds: 3_600,
      staleSeconds: 86_400,
    },
    item: {
      description: 'One made-up record.',
      example: { resource: 'posts', id: 1 },
      path: '/{resource}/{id}',
      parameters: {
        resource: {
          type: 'text',
          enum: ['posts', 'comments', 'albums', 'photos', 'todos', 'users'],
          default: 'posts',
        },
        id: number,
      },
      ttlSeconds: 3_600,
      staleSeconds: 86_400,
    },
  },
};

const forecastDays = { type: 'integer', min: 1, max: 16, default: 7, as: 'forecast_days' } as const;

const openMeteo: ServiceRowInput = {
  title: 'Open-Meteo',
  baseUrl: 'https://api.open-meteo.com/v1',
  documentation: 'https://open-meteo.com/en/docs',
  defaultAction: 'forecast',
  actions: {
    forecast: {
      description:
        'Weather now and by day at coordinates, without a key. Times are local to the place; units stand in the answer.',
      example: { latitude: 52.52, longitude: 13.41 },
      path: '/forecast',
      query: {
        timezone: 'auto',
        current:
          'temperature_2m,apparent_temperature,relative_humidity_2m,precipitation,weather_code,wind_speed_10m',
        daily:
          'weather_code,temperature_2m_max,temperature_2m_min,precipitation_probability_max,sunrise,sunset',
        wind_speed_unit: 'ms',
      },
      parameters: { latitude, longitude, days: forecastDays },
      ttlSeconds: 900,
      staleSeconds: 900,
      staleIfErrorSeconds: 21_600,
    },
    hourly: {
      description: 'Weather by hour at coordinates, without a key.',
      example: { latitude: 52.52, longitude: 13.41, days: 2 },
      path: '/forecast',
      query: {
        timezone: 'auto',
        hourly: 'temperature_2m,precipitation_probability,weather_code,wind_speed_10m',
        wind_speed_unit: 'ms',
      },
      parameters: { latitude, longitude, days: { ...forecastDays, default: 2 } },
      ttlSeconds: 900,
      staleSeconds: 900,
      staleIfErrorSeconds: 21_600,
    },
  },
};

const openMeteoGeocoding: ServiceRowInput = {
  title: 'Open-Meteo places',
  baseUrl: 'https://geocoding-api.open-meteo.com/v1',
  documentation: 'https://open-meteo.com/en/docs/geocoding-api',
  defaultAction: 'search',
  actions: {
    search: {
      description: 'Coordinates of places by name or postal code, without a key.',
      example: { name: 'Berlin' },
      path: '/search',
      query: { format: 'json' },
      parameters: {
        name: { type: 'text', required: true, max: 100, min: 2 },
        limit: { type: 'integer', min: 1, max: 20, default: 5, as: 'count' },
        language: { type: 'text', pattern: '[a-z]{2}', default: 'en' },
      },
      ttlSeconds: 86_400,
      staleSeconds: 604_800,
      select: {
        object: {
          places: {
            each: '/results',
            pick: {
              object: {
                name: '/name',
                country: '/country',
                countryCode: '/country_code',
                region: '/admin1',
                latitude: '/latitude',
                longitude: '/longitude',
                timeZone: '/timezone',
                population: '/population',
              },
            },
          },
        },
      },
    },
  },
};

/** Rows by name. */
export const PLACE_ROWS: Readonly<Record<string, ServiceRowInput>> = {
  ipinfo,
  spoonacular,
  restcountries,
  jsonplaceholder,
  'open-meteo': openMeteo,
  'open-meteo-geocoding': openMeteoGeocoding,
};
