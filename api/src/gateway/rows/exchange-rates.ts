// Exchange rates: the open service, which needs no key and is renewed once a day, and the same with a key, which stands in
// the path. Written by the documentation that each row names.
import type { ServiceRowInput } from '../row.ts';

const currencyCode = {
  type: 'text',
  case: 'upper',
  pattern: '[A-Z]{3}',
  hint: 'use a currency code like USD',
} as const;

const base = { ...currencyCode, default: 'USD', description: 'Currency that 1 unit is taken of.' } as const;

const exchangerate: ServiceRowInput = {
  title: 'ExchangeRate-API',
  baseUrl: 'https://open.er-api.com',
  documentation: 'https://www.exchangerate-api.com/docs/free',
  defaultAction: 'latest',
  actions: {
    latest: {
      description: 'What one unit of a currency is worth in all others, once a day, without a key.',
      example: { base: 'USD' },
      path: '/v6/latest/{base}',
      parameters: { base },
      ttlSeconds: 3_600,
      staleSeconds: 86_400,
      failures: [
        { at: '/error-type', equals: 'unsupported-code', code: 'upstream_not_found' },
        { at: '/error-type', code: 'upstream_invalid' },
      ],
      select: {
        object: {
          base: '/base_code',
          rates: '/rates',
          time: { at: '/time_last_update_unix', as: 'unixSeconds' },
          nextUpdate: { at: '/time_next_update_unix', as: 'unixSeconds' },
        },
      },
    },
  },
};

const proFailures = [
  { at: '/error-type', equals: 'unsupported-code', code: 'upstream_not_found' },
  { at: '/error-type', equals: 'quota-reached', code: 'upstream_rate_limited' },
  { at: '/error-type', equals: 'invalid-key', code: 'upstream_refused' },
  { at: '/error-type', equals: 'inactive-account', code: 'upstream_refused' },
  { at: '/error-type', code: 'upstream_invalid' },
] as const;

const exchangeratePro: ServiceRowInput = {
  title: 'ExchangeRate-API with a key',
  baseUrl: 'https://v6.exchangerate-api.com',
  documentation: 'https://www.exchangerate-api.com/docs/standard-requests',
  key: { entry: 'EXCHANGERATE_API_KEY', in: 'path' },
  defaultAction: 'latest',
  actions: {
    latest: {
      description: 'What one unit of a currency is worth in all others.',
      example: { base: 'USD' },
      path: '/v6/{key}/latest/{base}',
      parameters: { base },
      ttlSeconds: 3_600,
      staleSeconds: 86_400,
      failures: [...proFailures],
      select: {
        object: {
          base: '/base_code',
          rates: '/conversion_rates',
          time: { at: '/time_last_update_unix', as: 'unixSeconds' },
        },
      },
    },
    pair: {
      description: 'Exchange rate of one currency in another.',
      example: { from: 'EUR', to: 'GBP' },
      path: '/v6/{key}/pair/{from}/{to}',
      parameters: {
        from: { ...currencyCode, required: true },
        to: { ...currencyCode, required: true },
      },
      ttlSeconds: 3_600,
      staleSeconds: 86_400,
      failures: [...proFailures],
      select: {
        object: {
          from: '/base_code',
          to: '/target_code',
          rate: '/conversion_rate',
          time: { at: '/time_last_update_unix', as: 'unixSeconds' },
        },
      },
    },
  },
};

/** Rows by name. */
export const EXCHANGE_ROWS: Readonly<Record<string, ServiceRowInput>> = {
  exchangerate,
  exchangerate_pro: exchangeratePro,
};
