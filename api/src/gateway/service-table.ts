// Every service that Faibric brings along. An installation changes rows, and adds its own, by Helm values.
import type { ServiceRowInput } from './row.ts';
import { EXCHANGE_ROWS } from './rows/exchange-rates.ts';
import { FINANCE_ROWS } from './rows/finance.ts';
import { MEDIA_ROWS } from './rows/media.ts';
import { NORMALISED_ROWS } from './rows/normalised.ts';
import { PLACE_ROWS } from './rows/places.ts';

/** Rows by the name of the service. */
export const SERVICE_TABLE: Readonly<Record<string, ServiceRowInput>> = {
  ...NORMALISED_ROWS,
  ...FINANCE_ROWS,
  ...EXCHANGE_ROWS,
  ...MEDIA_ROWS,
  ...PLACE_ROWS,
};
