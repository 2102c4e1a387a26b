// News, pictures, films, music. Written by the documentation that each row names. Addresses of pictures in answers are
// the upstream's: an app's content policy decides whether it may show them.
import type { ServiceRowInput } from '../row.ts';

const search = { type: 'text', required: true, max: 100 } as const;
const page = { type: 'integer', min: 1, max: 500, default: 1 } as const;
const size = (as: string, max: number) =>
  ({ type: 'integer', min: 1, max, default: Math.min(20, max), as }) as const;
const language = { type: 'text', pattern: '[a-z]{2}(-[A-Z]{2})?', hint: 'use a language like en' } as const;

const articles = {
  object: {
    total: '/totalResults',
    articles: {
      each: '/articles',
      pick: {
        object: {
          title: '/title',
          description: '/description',
          source: '/source/name',
          author: '/author',
          link: '/url',
          image: '/urlToImage',
          time: '/publishedAt',
        },
      },
    },
  },
};

const newsapi: ServiceRowInput = {
  title: 'News API',
  baseUrl: 'https://newsapi.org/v2',
  documentation: 'https://newsapi.org/docs/endpoints',
  key: { entry: 'NEWSAPI_API_KEY', in: 'header', name: 'X-Api-Key' },
  defaultAction: 'headlines',
  actions: {
    headlines: {
      description: 'Headlines of a country, a category, or both.',
      example: { country: 'us' },
      path: '/top-headlines',
      parameters: {
        country: {
          type: 'text',
          case: 'lower',
          pattern: '[a-z]{2}',
          hint: 'use a country like us',
          default: 'us',
        },
        category: {
          type: 'text',
          enum: ['business', 'entertainment', 'general', 'health', 'science', 'sports', 'technology'],
        },
        query: { type: 'text', max: 100, as: 'q' },
        limit: size('pageSize', 100),
        page,
      },
      ttlSeconds: 600,
      staleSeconds: 3_600,
      staleIfErrorSeconds: 86_400,
      select: articles,
    },
    search: {
      description: 'Articles that match words.',
      example: { query: 'solar power' },
      path: '/everything',
      parameters: {
        query: { ...search, as: 'q' },
        from: { type: 'date' },
        to: { type: 'date' },
        language: { type: 'text', pattern: '[a-z]{2}' },
        sort: { type: 'text', enum: ['relevancy', 'popularity', 'publishedAt'], as: 'sortBy' },
        limit: size('pageSize', 100),
        page,
      },
      ttlSeconds: 900,
      staleSeconds: 3_600,
      staleIfErrorSeconds: 86_400,
      select: articles,
    },
  },
};

const unsplash: ServiceRowInput = {
  title: 'Unsplash',
  baseUrl: 'https://api.unsplash.com',
  documentation: 'https://unsplash.com/documentation',
  key: { entry: 'UNSPLASH_ACCESS_KEY', in: 'header', name: 'Authorization', prefix: 'Client-ID ' },
  headers: { 'Accept-Version': 'v1' },
  defaultAction: 'search',
  actions: {
    search: {
      description: 'Photos that match words.',
      example: { query: 'mountain' },
      path: '/search/photos',
      parameters: {
        query: search,
        orientation: { type: 'text', enum: ['landscape', 'portrait', 'squarish'] },
        limit: size('per_page', 30),
        page,
      },
      ttlSeconds: 3_600,
      staleSeconds: 86_400,
      select: {
        object: {
          total: '/total',
          photos: {
            each: '/results',
            pick: {
              object: {
                id: '/id',
                description: '/alt_description',
                width: '/width',
                height: '/height',
                color: '/color',
                small: '/urls/small',
                regular: '/urls/regular',
                page: '/links/html',
                photographer: '/user/name',
                photographerPage: '/user/links/html',
              },
            },
          },
        },
      },
    },
  },
};

const gifs = {
  each: '/data',
  pick: {
    object: {
      id: '/id',
      title: '/title',
      page: '/url',
      rating: '/rating',
      gif: '/images/fixed_height/url',
      width: { at: '/images/fixed_height/width', as: 'number' },
      height: { at: '/images/fixed_height/height', as: 'number' },
    },
  },
} as const;
const rating = { type: 'text' as const, enum: ['g', 'pg', 'pg-13', 'r'], default: 'g' };

const giphy: ServiceRowInput = {
  title: 'GIPHY',
  baseUrl: 'https://api.giphy.com/v1',
  documentation: 'https://developers.giphy.com/docs/api/endpoint',
  key: { entry: 'GIPHY_API_KEY', in: 'query', name: 'api_key' },
  defaultAction: 'search',
  actions: {
    search: {
      description: 'Animated pictures that match words.',
      example: { query: 'cat' },
      path: '/gifs/search',
      parameters: { query: { ...search, max: 50, as: 'q' }, rating, limit: size('limit', 50) },
      ttlSeconds: 3_600,
      staleSeconds: 86_400,
      select: gifs,
    },
    trending: {
      description: 'Animated pictures that are shown most now.',
      path: '/gifs/trending',
      parameters: { rating, limit: size('limit', 50) },
      ttlSeconds: 900,
      staleSeconds: 3_600,
      select: gifs,
    },
  },
};

const tmdb: ServiceRowInput = {
  title: 'The Movie Database',
  baseUrl: 'https://api.themoviedb.org/3',
  documentation: 'https://developer.themoviedb.org/reference/intro/getting-started',
  // The "API read access token" of the account's settings, not the shorter API key.
  key: { entry: 'TMDB_ACCESS_TOKEN', in: 'bearer' },
  defaultAction: 'search',
  actions: {
    search: {
      description: 'Films that match a title.',
      example: { query: 'Alien' },
      path: '/search/movie',
      query: { include_adult: 'false' },
      parameters: {
        query: search,
        language,
        year: { type: 'integer', min: 1870, max: 2100 },
        page,
      },
      ttlSeconds: 3_600,
      staleSeconds: 86_400,
    },
    movie: {
      description: 'One film, by its number at The Movie Database.',
      example: { id: 348 },
      path: '/movie/{id}',
      parameters: { id: { type: 'integer', min: 1, max: 999_999_999, required: true }, language },
      ttlSeconds: 86_400,
      staleSeconds: 604_800,
    },
    trending: {
      description: 'Films or series that are looked at most.',
      example: { media: 'movie', window: 'week' },
      path: '/trending/{media}/{window}',
      parameters: {
        media: { type: 'text', enum: ['movie', 'tv', 'all'], default: 'movie' },
        window: { type: 'text', enum: ['day', 'week'], default: 'week' },
        language,
      },
      ttlSeconds: 3_600,
      staleSeconds: 86_400,
    },
  },
};

const spotifyId = {
  type: 'text',
  required: true,
  pattern: '[A-Za-z0-9]{22}',
  hint: 'use a Spotify id',
} as const;
const market = { type: 'text', case: 'upper', pattern: '[A-Z]{2}', hint: 'use a country like US' } as const;

const spotify: ServiceRowInput = {
  title: 'Spotify',
  baseUrl: 'https://api.spotify.com/v1',
  documentation: 'https://developer.spotify.com/documentation/web-api',
  key: {
    entry: 'SPOTIFY_CLIENT_ID',
    secretEntry: 'SPOTIFY_CLIENT_SECRET',
    in: 'clientCredentials',
    tokenUrl: 'https://accounts.spotify.com/api/token',
  },
  defaultAction: 'search',
  actions: {
    search: {
      description: 'Tracks, albums or artists that match words.',
      example: { query: 'Nina Simone', type: 'artist' },
      path: '/search',
      parameters: {
        query: { ...search, as: 'q' },
        type: { type: 'text', enum: ['track', 'album', 'artist', 'playlist'], default: 'track' },
        market,
        limit: size('limit', 50),
      },
      ttlSeconds: 3_600,
      staleSeconds: 86_400,
    },
    artist: {
      description: 'One artist.',
      example: { id: '7G1GBhoKtEPnP86X2PvEYO' },
      path: '/artists/{id}',
      parameters: { id: spotifyId },
      ttlSeconds: 86_400,
      staleSeconds: 604_800,
    },
    album: {
      description: 'One album with its tracks.',
      example: { id: '4aawyAB9vmqN3uQ7FjRGTy' },
      path: '/albums/{id}',
      parameters: { id: spotifyId, market },
      ttlSeconds: 86_400,
      staleSeconds: 604_800,
    },
  },
};

/** Rows by name. */
export const MEDIA_ROWS: Readonly<Record<string, ServiceRowInput>> = {
  newsapi,
  unsplash,
  giphy,
  tmdb,
  spotify,
};
