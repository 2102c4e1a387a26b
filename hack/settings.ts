// What the person may set for the local cluster, read once from the environment. Names that other parts rely on
// (cluster, registry, namespaces) are constants on purpose: tests and the chart spell them too.
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** The fixed names of the local cluster. */
export const names = {
  cluster: 'faibric',
  context: 'kind-faibric',
  node: 'faibric-control-plane',
  network: 'kind',
  registry: 'kind-registry',
  registryInside: 'kind-registry:5000',
  registryHost: '127.0.0.1:5001',
  builder: 'faibric-buildkitd',
  systemNamespace: 'faibric-system',
  appsNamespace: 'faibric-apps',
  release: 'faibric',
} as const;

const environment = z.object({
  FAIBRIC_HTTP_PORT: z.coerce.number().int().min(1).max(65535).default(80),
  FAIBRIC_IMAGES: z.enum(['auto', 'pull', 'build']).default('auto'),
  FAIBRIC_CACHE: z.string().optional(),
  FAIBRIC_STATE: z.string().optional(),
  XDG_CACHE_HOME: z.string().optional(),
  XDG_STATE_HOME: z.string().optional(),
  FAIBRIC_OWNER: z.string().optional(),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: z.string().optional(),
  FAIBRIC_MODEL: z.string().optional(),
});

/** Everything a person can choose, with defaults filled in. Directories are absolute. */
export type Settings = {
  readonly httpPort: number;
  readonly images: 'auto' | 'pull' | 'build';
  readonly cacheDir: string;
  readonly stateDir: string;
  readonly owner: string;
  /** Empty when no model is configured. */
  readonly model: Readonly<Record<string, string>>;
};

/** Makes a DNS label of any user name: lower case, digits and inner dashes, at most 20 characters. */
export function ownerLabel(name: string): string {
  const label = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 20)
    .replace(/^-+|-+$/g, '');
  return label === '' ? 'me' : label;
}

/** Reads the settings; an unusable value is an error that names the variable. */
export function parseSettings(env: NodeJS.ProcessEnv, user: { name: string; home: string }): Settings {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`Bad setting in the environment. ${lines.join('; ')}`);
  }
  const e = parsed.data;
  const model = {
    OPENAI_API_KEY: e.OPENAI_API_KEY,
    OPENAI_BASE_URL: e.OPENAI_BASE_URL,
    FAIBRIC_MODEL: e.FAIBRIC_MODEL,
  };
  return {
    httpPort: e.FAIBRIC_HTTP_PORT,
    images: e.FAIBRIC_IMAGES,
    cacheDir: e.FAIBRIC_CACHE ?? join(e.XDG_CACHE_HOME ?? join(user.home, '.cache'), 'faibric'),
    stateDir: e.FAIBRIC_STATE ?? join(e.XDG_STATE_HOME ?? join(user.home, '.local', 'state'), 'faibric'),
    owner: ownerLabel(e.FAIBRIC_OWNER ?? user.name),
    model: Object.fromEntries(Object.entries(model).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]]))),
  };
}

/** The settings of this process. */
export function readSettings(): Settings {
  return parseSettings(process.env, { name: userInfo().username, home: homedir() });
}
