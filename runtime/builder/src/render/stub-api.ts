// The platform as the render check plays it: the worlds that every app meets sooner or later. A new app has empty
// collections; a member is signed in to one; a used app has documents, own and others', and somebody signed in; and
// sometimes nothing answers. Values look real, shapes are those of the API.

/** A world to render in. */
export type World = 'empty' | 'member' | 'filled' | 'failing';

const TIME = '2026-01-15T09:30:00.000Z';
const day = (n: number): string => new Date(Date.parse(TIME) - (30 - n) * 86_400_000).toISOString();

const historyOf = (key: 'close' | 'price') =>
  Array.from({ length: 30 }, (_, i) => ({
    time: day(i),
    [key]: 100 + Math.round(Math.sin(i / 3) * 1000) / 100,
  }));

const list = (value: unknown, fallback: string): string[] =>
  Array.isArray(value) && value.length > 0 ? value.map(String) : [fallback];

type Request = Record<string, unknown>;

const SERVICES: Readonly<Record<string, (request: Request) => unknown>> = {
  yahoo_finance: (r) =>
    r.action === 'history'
      ? { symbol: r.symbol, points: historyOf('close') }
      : {
          quotes: list(r.symbols, 'AAPL').map((symbol) => ({
            symbol,
            name: `${symbol} Inc.`,
            price: 187.32,
            change: 1.21,
            changePercent: 0.65,
            currency: 'USD',
            time: TIME,
          })),
        },
  coingecko: (r) =>
    r.action === 'history'
      ? { id: r.id, points: historyOf('price') }
      : {
          quotes: list(r.ids, 'bitcoin').map((id) => ({
            id,
            symbol: id.slice(0, 3),
            name: id,
            price: 64_250.5,
            changePercent24h: -1.4,
            currency: 'usd',
            time: TIME,
          })),
        },
  openweather: (r) => ({
    city: r.city ?? 'London',
    temperature: 11.5,
    feelsLike: 10.2,
    humidity: 76,
    windSpeed: 4.1,
    description: 'light rain',
    icon: '10d',
    time: TIME,
  }),
};

/** What the API answers to one request. */
export function stubAnswer(world: World, path: string, body: unknown): { status: number; body: unknown } {
  if (world === 'failing') {
    const detail = 'The render check answers nothing here.';
    return {
      status: 503,
      body: { type: 'about:blank', title: 'Unavailable', status: 503, code: 'unavailable', detail },
    };
  }
  const request = typeof body === 'object' && body !== null ? (body as Request) : {};
  if (path.startsWith('/api/gateway')) return gatewayAnswer(request);
  if (path.startsWith('/api/app-auth/')) return accountAnswer(world, path);
  if (!path.startsWith('/api/v1/db/'))
    return { status: 404, body: { status: 404, code: 'not_found', title: 'Not found' } };
  return databaseAnswer(world, path, request);
}

/** Nobody is signed in to a new app; forms that the render check never sends are refused as a wrong password is. */
function accountAnswer(world: World, path: string): { status: number; body: unknown } {
  const isMember = world !== 'empty';
  if (path === '/api/app-auth/me/')
    return { status: 200, body: { user: isMember ? { id: 'member', email: 'member@example.com' } : null } };
  const detail = 'The render check signs nobody in.';
  return {
    status: 401,
    body: { status: 401, code: 'wrong_credentials', title: 'Wrong credentials', detail },
  };
}

function gatewayAnswer(request: Request): { status: number; body: unknown } {
  const service = typeof request.service === 'string' ? request.service : '';
  const make = Object.hasOwn(SERVICES, service) ? SERVICES[service] : undefined;
  const action = request.action ?? 'quote';
  return {
    status: 200,
    body: { service, action, data: make ? make(request) : {}, sample: true, fetchedAt: TIME, cached: false },
  };
}

function databaseAnswer(world: World, path: string, request: Request): { status: number; body: unknown } {
  const document = (id: string, data: unknown, mine = true) => ({
    id,
    data,
    createdAt: TIME,
    updatedAt: TIME,
    version: 1,
    mine,
  });
  const id = '11111111-1111-4111-8111-111111111111';
  if (request.data) return { status: 201, body: document(id, request.data) };
  if (Array.isArray(request.documents)) {
    const items = request.documents.map((one: Request) => document(crypto.randomUUID(), one.data));
    return { status: 201, body: { items } };
  }
  if (Array.isArray(request.ids)) return { status: 200, body: { deleted: request.ids.length } };
  if (path.endsWith('/count/')) return { status: 200, body: { count: world === 'filled' ? 2 : 0 } };
  if (path.split('/').filter(Boolean).length > 5) return { status: 200, body: document(id, {}) };
  // Documents of another revision may lack any field: an app that cannot show one breaks on its own old data.
  const other = '22222222-2222-4222-8222-222222222222';
  const items = world === 'filled' ? [document(id, {}), document(other, {}, false)] : [];
  return { status: 200, body: { items, total: items.length, limit: 100, offset: 0, next: null } };
}
