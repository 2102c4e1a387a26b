// Fields that somebody else has added to an object of ours. Comparing with what we want cannot see them: an
// added `hostNetwork: true` looks like one more default. The API server knows who set what (managedFields);
// of that, the cache keeps other managers' fields, which as a rule are none.
// Labels and annotations are anyone's to add, also on a pod template (that is how `kubectl rollout restart`
// works), and the cluster's own controllers may write what they manage.

/** A set of fields as managedFields has it (fieldsV1): `f:name`, `k:{"key":"of a list item"}`, `v:value`. */
export interface FieldSet {
  [step: string]: FieldSet;
}

/** What one other manager has set. */
export interface ForeignFields {
  manager: string;
  fields: FieldSet;
}

const clusterManagers = /^kube-|controller-manager$/;
const anyones = new Set(['f:metadata', 'f:status', 'f:apiVersion', 'f:kind']);

/** Other managers' fields outside metadata and status. `managedFields` is what the server sent. */
export function foreignFieldsOf(managedFields: unknown, ownManagers: readonly string[]): ForeignFields[] {
  if (!Array.isArray(managedFields)) return [];
  return managedFields.flatMap((entry: { manager?: string; fieldsV1?: FieldSet; subresource?: string }) => {
    const { manager = '', fieldsV1 = {}, subresource } = entry;
    if (ownManagers.includes(manager) || clusterManagers.test(manager) || subresource === 'status') return [];
    const fields = Object.fromEntries(Object.entries(fieldsV1).filter(([step]) => !anyones.has(step)));
    return Object.keys(fields).length === 0 ? [] : [{ manager, fields }];
  });
}

/** Paths (lists of steps) that the others have set and `desired` does not name. */
export function unwantedPaths(desired: unknown, foreign: readonly ForeignFields[]): string[][] {
  const paths: string[][] = [];
  for (const { fields } of foreign) visit(fields, desired, { path: [], paths });
  return paths;
}

/** A copy of `object` without what lies at the paths. */
export function withoutPaths<T>(object: T, paths: readonly string[][]): T {
  const copy = structuredClone(object);
  for (const path of paths) {
    const parent = path.slice(0, -1).reduce<unknown>((at, step) => childOf(at, step), copy);
    const last = path.at(-1) ?? '';
    if (Array.isArray(parent)) {
      const position = parent.indexOf(childOf(parent, last));
      if (position >= 0) parent.splice(position, 1);
    } else if (typeof parent === 'object' && parent !== null) {
      delete (parent as Record<string, unknown>)[last.slice(2)];
    }
  }
  return copy;
}

/** A path for people: `spec.template.spec.containers[name=web].env`. */
export function pathText(path: readonly string[]): string {
  return path
    .map((step) => (step.startsWith('f:') ? `.${step.slice(2)}` : `[${step.slice(2).replace(/["{}]/g, '')}]`))
    .join('')
    .slice(1);
}

function visit(fields: FieldSet, desired: unknown, found: { path: string[]; paths: string[][] }): void {
  for (const [step, below] of Object.entries(fields)) {
    if (step === '.' || step === 'f:metadata') continue;
    const path = [...found.path, step];
    const want = childOf(desired, step);
    // A dot says that the map or list item itself is theirs, not only something in it.
    const theirs = Object.keys(below).length === 0 || '.' in below;
    if (want === undefined && theirs) found.paths.push(path);
    else visit(below, want, { path, paths: found.paths });
  }
}

function childOf(value: unknown, step: string): unknown {
  const name = step.slice(2);
  if (step.startsWith('f:')) return (value as Record<string, unknown> | undefined)?.[name];
  if (!Array.isArray(value)) return undefined;
  if (step.startsWith('i:')) return value[Number(name)];
  const wanted: unknown = JSON.parse(name);
  if (step.startsWith('v:')) return value.find((item) => item === wanted);
  const keys = Object.entries(wanted as Record<string, unknown>);
  return value.find((item: Record<string, unknown>) =>
    // A protocol that is left out is TCP, and the server has filled it in.
    keys.every(([key, is]) => (item?.[key] ?? (key === 'protocol' ? 'TCP' : undefined)) === is),
  );
}
