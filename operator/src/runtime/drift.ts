// Does the cluster hold what we want? Compares what we would apply with what is there: ours must be contained
// in it, whatever the API server's defaulting has added. Lists that Kubernetes merges by a key (containers,
// ports …) are compared by that key and must have no foreign members, since a container that somebody added
// by hand is drift too; all other lists must match member by member.
import { type ForeignFields, pathText, unwantedPaths } from './foreign-fields.ts';

/** A difference: where, what is wanted, what is there. */
export interface Drift {
  path: string;
  want: unknown;
  have: unknown;
}

// List fields that Kubernetes merges by key (x-kubernetes-list-map-keys), by field name.
const listKeys: Record<string, readonly string[]> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  volumes: ['name'],
  env: ['name'],
  imagePullSecrets: ['name'],
  volumeMounts: ['mountPath'],
  ports: ['port', 'containerPort', 'protocol'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  conditions: ['type'],
  ownerReferences: ['uid'],
};

// Maps that Kubernetes replaces as a whole (x-kubernetes-map-type: atomic), and where a foreign member
// changes the meaning: a selector with one more label selects something else.
const atomicMaps = new Set(['selector', 'matchLabels', 'podSelector', 'namespaceSelector', 'nodeSelector']);
// Members that defaulting adds to such a list item's key.
const keyDefaults: Record<string, unknown> = { protocol: 'TCP' };

/** The first difference that an apply would mend; undefined when the cluster holds what is wanted. */
export function findDrift(desired: unknown, observed: unknown, path = ''): Drift | undefined {
  if (path === '') return rootDrift(desired, observed);
  return memberDrift(desired, observed, path);
}

// Fields that other managers have added (the cache notes them) are drift of the object as a whole.
function rootDrift(desired: unknown, observed: unknown): Drift | undefined {
  const drift = memberDrift(desired, observed, '');
  if (drift !== undefined) return drift;
  const { metadata } = (observed ?? {}) as { metadata?: { foreignFields?: ForeignFields[] } };
  const [unwanted] = unwantedPaths(desired, metadata?.foreignFields ?? []);
  return unwanted && { path: pathText(unwanted), want: undefined, have: 'added by another manager' };
}

function memberDrift(desired: unknown, observed: unknown, path: string): Drift | undefined {
  if (desired === undefined || isEmpty(desired)) return emptyDrift(desired, observed, path);
  if (Array.isArray(desired)) return listDrift(desired, observed, path);
  if (typeof desired === 'object' && desired !== null) return mapDrift(desired, observed, path);
  return desired === observed ? undefined : { path, want: desired, have: observed };
}

/** One line about a difference, values cut short, for logs and events. */
export function describeDrift(desired: unknown, observed: unknown): string | undefined {
  const drift = findDrift(desired, observed);
  return drift && `${drift.path}: want ${brief(drift.want)}, have ${brief(drift.have)}`;
}

function isEmpty(value: unknown): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && value !== undefined && Object.keys(value as object).length === 0;
}

// The API server drops empty lists and maps; `{}` in an atomic place still must not have grown members.
function emptyDrift(desired: unknown, observed: unknown, path: string): Drift | undefined {
  if (desired === undefined || desired === null) return undefined;
  const grown = observed !== undefined && !isEmpty(observed);
  const exact = Array.isArray(desired) || atomicMaps.has(lastName(path));
  return exact && grown ? { path, want: desired, have: observed } : undefined;
}

function mapDrift(desired: object, observed: unknown, path: string): Drift | undefined {
  if (typeof observed !== 'object' || observed === null || Array.isArray(observed)) {
    return { path, want: desired, have: observed };
  }
  const have = observed as Record<string, unknown>;
  for (const [name, want] of Object.entries(desired)) {
    const drift = memberDrift(want, have[name], path === '' ? name : `${path}.${name}`);
    if (drift !== undefined) return drift;
  }
  if (!atomicMaps.has(lastName(path))) return undefined;
  const foreign = Object.keys(have).find((name) => !(name in desired));
  return foreign === undefined
    ? undefined
    : { path: `${path}.${foreign}`, want: undefined, have: have[foreign] };
}

function listDrift(desired: readonly unknown[], observed: unknown, path: string): Drift | undefined {
  if (!Array.isArray(observed) || observed.length !== desired.length)
    return { path, want: desired, have: observed };
  const keys = listKeys[lastName(path)];
  for (const [position, want] of desired.entries()) {
    const have = keys === undefined ? observed[position] : matching(want, { observed, keys, position });
    const drift = memberDrift(want, have, `${path}[${position}]`);
    if (drift !== undefined) return drift;
  }
  return undefined;
}

function matching(
  want: unknown,
  list: { observed: readonly unknown[]; keys: readonly string[]; position: number },
): unknown {
  // A list of plain values under a merged list's name (command line `ports`, say) has no keys to go by.
  if (typeof want !== 'object' || want === null) return list.observed[list.position];
  const id = (item: unknown): string =>
    JSON.stringify(
      list.keys.map((key) => (item as Record<string, unknown>)[key] ?? keyDefaults[key] ?? null),
    );
  const wanted = id(want);
  return list.observed.find((item) => typeof item === 'object' && item !== null && id(item) === wanted);
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).replace(/\[\d+\]$/, '');
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
