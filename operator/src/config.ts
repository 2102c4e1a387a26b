// The operator's settings, from its environment. An error names the variable and the complaint, never the value: a key
// pasted into the wrong variable must not end up in a log.
import { z } from 'zod';

const port = (otherwise: number) => z.coerce.number().int().min(0).max(65_535).default(otherwise);
const count = (otherwise: number) => z.coerce.number().int().min(1).max(1000).default(otherwise);
const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true');
// Helm renders an unset value as an empty string.
const optional = z
  .string()
  .optional()
  .transform((value) => (value ? value : undefined));

const schema = z.object({
  FAIBRIC_NAMESPACE: z.string().min(1).default('faibric-apps'),
  FAIBRIC_SYSTEM_NAMESPACE: z.string().min(1).default('faibric-system'),
  FAIBRIC_TRAEFIK_NAMESPACE: optional,
  FAIBRIC_DEFAULT_OWNER: z.string().min(1).default('me'),
  FAIBRIC_DOMAIN: z.string().min(1).default('localhost'),
  FAIBRIC_PUBLIC_PORT: port(80),
  FAIBRIC_BUILDER_IMAGE: z.string().min(1),
  FAIBRIC_SERVER_IMAGE: z.string().min(1),
  FAIBRIC_PUSH_PREFIX: z.string().min(1),
  FAIBRIC_PULL_PREFIX: z.string().min(1),
  FAIBRIC_PUSH_INSECURE: flag,
  BUILDKIT_ADDR: z.string().min(1),
  BUILDKIT_TLS_DIR: optional,
  BUILDCTL: z.string().min(1).default('buildctl'),
  FAIBRIC_BUILD_TIMEOUT_SECONDS: count(120),
  FAIBRIC_TRAEFIK_ADDR: z.url(),
  FAIBRIC_API_SERVICE: z.string().min(1).default('faibric-api'),
  FAIBRIC_PROXY_MIDDLEWARE: z.string().min(1).default('faibric-proxy@file'),
  FAIBRIC_BUILD_CONCURRENCY: count(2),
  FAIBRIC_MODEL_CONCURRENCY: count(4),
  FAIBRIC_WORKERS: count(4),
  FAIBRIC_DEPLOY_DEADLINE_SECONDS: count(60),
  FAIBRIC_PROBE_INTERVAL_SECONDS: count(600),
  POD_NAME: z.string().min(1).default('operator'),
  POD_NAMESPACE: z.string().min(1).default('faibric-system'),
  KUBECONFIG: optional,
  HEALTH_PORT: port(8081),
  METRICS_PORT: port(9090),
  REDIS_URL: optional,
  OPENAI_API_KEY: optional,
  OPENAI_BASE_URL: optional,
  FAIBRIC_MODEL: optional,
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

/** The operator's settings, named as in the environment. */
export type Config = z.infer<typeof schema>;

/** Settings, or what is wrong with them: one line per variable. */
export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Parses the environment. */
export const parseConfig = (env: Readonly<Record<string, string | undefined>>): ConfigResult => {
  const parsed = schema.safeParse(env);
  if (parsed.success) return { ok: true, config: parsed.data };
  const problems = parsed.error.issues.map(({ path, code, message }) => {
    const name = path.join('.');
    // zod's own text may quote what it got.
    return env[name] === undefined ? `${name} must be set` : `${name}: ${code === 'custom' ? message : code}`;
  });
  return { ok: false, problems };
};
