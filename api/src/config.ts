// Configuration from the environment and the files that it names. A complaint names the variable and what is wrong
// with it, never its value: it may be a password.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  MAX_APPS_PER_USER,
  MAX_BYTES_PER_APP,
  MAX_DOCUMENTS_PER_APP,
  MAX_GATEWAY_CALLS_PER_DAY,
  MAX_GATEWAY_CALLS_PER_SECOND,
  MAX_PAID_GATEWAY_CALLS_PER_DAY,
  MAX_READS_PER_SECOND,
  MAX_WRITES_PER_SECOND,
} from './contract/limits.ts';
import { type GatewayConfig, gatewayConfigSchema } from './gateway/registry.ts';
import type { Prices } from './projects/usage.ts';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const rate = (fallback: number) => z.coerce.number().min(0).max(1_000_000).default(fallback);
const label = z.string().regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'must be a DNS label');

const environment = z.object({
  PORT: port(8080),
  METRICS_PORT: port(9090),
  FAIBRIC_PROXY_SECRET: z.string().min(16, 'must have at least 16 characters'),
  FAIBRIC_VISITOR_SECRET: z.string().min(16, 'must have at least 16 characters'),
  FAIBRIC_NAMESPACE: label.default('faibric-apps'),
  FAIBRIC_DEFAULT_OWNER: label.default('me'),
  FAIBRIC_DOMAIN: z.string().min(1).default('localhost'),
  FAIBRIC_PUBLIC_PORT: port(80),
  FAIBRIC_PUBLIC_SCHEME: z.enum(['http', 'https']).default('http'),
  FAIBRIC_AUTH_MODE: z.enum(['single', 'accounts']).default('single'),
  FAIBRIC_SIGN_UP: z.enum(['open', 'invited', 'closed']).default('invited'),
  FAIBRIC_SETUP_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  FAIBRIC_OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  FAIBRIC_OIDC_CLIENT_ID: z.string().min(1).optional(),
  FAIBRIC_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  FAIBRIC_OIDC_NAME: z.string().min(1).max(40).default('single sign-on'),
  FAIBRIC_OIDC_SCOPES: z.string().min(1).default('openid profile'),
  FAIBRIC_OIDC_GROUPS_CLAIM: z.string().min(1).default('groups'),
  FAIBRIC_OIDC_ADMIN_GROUP: z.string().min(1).optional(),
  FAIBRIC_OIDC_CREATE_ACCOUNTS: z.enum(['true', 'false']).default('true'),
  FAIBRIC_APPS_PER_USER: z.coerce.number().int().min(0).max(1_000_000).default(MAX_APPS_PER_USER),
  FAIBRIC_TOKENS_PER_DAY: z.coerce.number().int().min(0).max(1_000_000_000).default(0),
  PGHOST: z.string().min(1).default('faibric-postgres'),
  PGPORT: port(5432),
  PGDATABASE: z.string().min(1).default('faibric'),
  PGOWNERUSER: z.string().min(1).default('faibric'),
  PGOWNERPASSWORD: z.string().min(1),
  PGAPPUSER: z.string().min(1).default('faibric_app'),
  PGAPPPASSWORD: z.string().min(1),
  PGACCOUNTSUSER: z.string().min(1).default('faibric_accounts'),
  PGACCOUNTSPASSWORD: z.string().min(1).optional(),
  FAIBRIC_PG_POOL: z.coerce.number().int().min(1).max(200).default(16),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must start with redis://')
    .optional(),
  FAIBRIC_GATEWAY_CONFIG: z.string().optional(),
  FAIBRIC_GATEWAY_KEYS_DIR: z.string().optional(),
  FAIBRIC_WEB_DIR: z.string().optional(),
  FAIBRIC_PRICES: z.string().optional(),
  FAIBRIC_EXPORT_KIT: z.string().optional(),
  FAIBRIC_READS_PER_SECOND: rate(MAX_READS_PER_SECOND),
  FAIBRIC_WRITES_PER_SECOND: rate(MAX_WRITES_PER_SECOND),
  FAIBRIC_DOCUMENTS_PER_APP: z.coerce.number().int().min(1).max(100_000_000).default(MAX_DOCUMENTS_PER_APP),
  FAIBRIC_BYTES_PER_APP: z.coerce.number().int().min(1).max(1e12).default(MAX_BYTES_PER_APP),
  FAIBRIC_GATEWAY_CALLS_PER_SECOND: rate(MAX_GATEWAY_CALLS_PER_SECOND),
  FAIBRIC_GATEWAY_CALLS_PER_DAY: rate(MAX_GATEWAY_CALLS_PER_DAY),
  FAIBRIC_GATEWAY_PAID_CALLS_PER_DAY: rate(MAX_PAID_GATEWAY_CALLS_PER_DAY),
  // How long to go on serving after SIGTERM before new connections are refused: endpoints take a moment to follow.
  FAIBRIC_DRAIN_DELAY_MS: z.coerce.number().int().min(0).max(60_000).default(3_000),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

/** Everything that an installation may set. */
export interface Config {
  readonly env: z.infer<typeof environment>;
  readonly gateway: GatewayConfig;
  /** What a million tokens cost, by model; null when nothing is configured. */
  readonly prices: Prices | null;
}

const complaints = (error: z.ZodError, prefix: string): string =>
  error.issues.map((issue) => `${prefix}${issue.path.join('.')}: ${issue.message}`).join('; ');

const readJsonFile = (name: string, path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'not valid JSON';
    throw new Error(`configuration: the file that ${name} names cannot be read (${code})`);
  }
};

// `FAIBRIC_GATEWAY_BASE_YAHOO_FINANCE=https://…` moves one service without a file.
const BASE_PREFIX = 'FAIBRIC_GATEWAY_BASE_';

const gatewayConfig = (env: NodeJS.ProcessEnv, path: string | undefined): GatewayConfig => {
  const parsed = gatewayConfigSchema.safeParse(
    path === undefined || path === '' ? {} : readJsonFile('FAIBRIC_GATEWAY_CONFIG', path),
  );
  if (!parsed.success)
    throw new Error(`configuration: ${complaints(parsed.error, 'FAIBRIC_GATEWAY_CONFIG ')}`);
  const services = { ...parsed.data.services };
  for (const [variable, baseUrl] of Object.entries(env)) {
    if (!variable.startsWith(BASE_PREFIX) || !baseUrl) continue;
    const name = variable.slice(BASE_PREFIX.length).toLowerCase();
    services[name] = { ...services[name], baseUrl };
  }
  return { services };
};

const pricesSchema = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be a code such as USD'),
  models: z.record(z.string(), z.object({ input: z.number().min(0), output: z.number().min(0) })),
});

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('configuration: FAIBRIC_PRICES: not valid JSON');
  }
};

const readPrices = (text: string | undefined): Prices | null => {
  if (text === undefined) return null;
  const parsed = pricesSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new Error(`configuration: ${complaints(parsed.error, 'FAIBRIC_PRICES ')}`);
  return Object.keys(parsed.data.models).length === 0 ? null : parsed.data;
};

/** Reads the configuration; throws an Error that a person can act on. An empty variable counts as not set. */
export const readConfig = (env: NodeJS.ProcessEnv): Config => {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(set);
  if (!parsed.success) throw new Error(`configuration: ${complaints(parsed.error, '')}`);
  return {
    env: parsed.data,
    gateway: gatewayConfig(set, parsed.data.FAIBRIC_GATEWAY_CONFIG),
    prices: readPrices(parsed.data.FAIBRIC_PRICES),
  };
};
