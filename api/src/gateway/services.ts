// The table of services. A service is a row: adding one is a file beside this one and a line here.
import { coingecko } from './coingecko.ts';
import { openweather } from './openweather.ts';
import type { Service } from './service.ts';
import { yahooFinance } from './yahoo-finance.ts';

/** Every service that the gateway knows. */
export const SERVICES: readonly Service[] = [yahooFinance, coingecko, openweather];
