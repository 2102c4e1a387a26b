// The worlds that an app is rendered in have the shapes of the platform's API.
import { expect, test } from 'vitest';
import { stubAnswer, type World } from './stub-api.ts';

const db = '/api/v1/db/k3x9q2/plants/';

test.each([
  ['empty', db, {}, 200, { items: [], total: 0 }],
  [
    'filled',
    db,
    {},
    200,
    {
      total: 2,
      items: [
        { data: {}, mine: true },
        { data: {}, mine: false },
      ],
    },
  ],
  ['filled', `${db}count/`, {}, 200, { count: 2 }],
  [
    'empty',
    `${db}bulk/`,
    { documents: [{ data: { name: 'x' } }, { data: {} }] },
    201,
    { items: [{ data: { name: 'x' } }, {}] },
  ],
  ['empty', `${db}bulk/delete/`, { ids: ['1', '2'] }, 200, { deleted: 2 }],
  ['failing', db, {}, 503, { code: 'unavailable' }],
  ['empty', db, { data: { name: 'x' } }, 201, { data: { name: 'x' }, version: 1 }],
  ['empty', `${db}1/`, {}, 200, { data: {} }],
  [
    'empty',
    '/api/gateway/',
    { service: 'yahoo_finance', symbols: ['A', 'B'] },
    200,
    { sample: true, data: { quotes: [{ symbol: 'A' }, { symbol: 'B' }] } },
  ],
  [
    'empty',
    '/api/gateway/',
    { service: 'coingecko', action: 'history', id: 'x' },
    200,
    { action: 'history', data: { id: 'x' } },
  ],
  ['empty', '/api/gateway/', { service: 'constructor' }, 200, { data: {} }],
  ['failing', '/api/gateway/', { service: 'openweather' }, 503, { status: 503 }],
  ['empty', '/api/app-auth/me/', {}, 200, { user: null }],
  ['member', '/api/app-auth/me/', {}, 200, { user: { email: 'member@example.com' } }],
  ['filled', '/api/app-auth/me/', {}, 200, { user: { id: 'member' } }],
  ['member', db, {}, 200, { items: [], total: 0 }],
  ['empty', '/api/app-auth/login/', {}, 401, { code: 'wrong_credentials' }],
  ['empty', '/elsewhere', {}, 404, { code: 'not_found' }],
] as const)('in the %s world, %s with %j answers %i', (world, path, body, status, expected) => {
  const answer = stubAnswer(world as World, path, body);
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject(expected);
});
