// Every name that parts of Faibric must agree on: API group, labels, annotations, field managers,
// reserved words. Changing a value here changes the cluster's contract, not just our code.

/** API group of Faibric's custom resources. */
export const GROUP = 'faibric.dev';
/** The only served and stored version. */
export const VERSION = 'v1alpha1';
/** `apiVersion` of every Faibric object. */
export const API_VERSION = `${GROUP}/${VERSION}`;

/** Plural resource names as used in API paths. */
export const PLURALS = { FaibricApp: 'faibricapps', FaibricRevision: 'faibricrevisions' } as const;

/** Label keys set on every child object of an app. */
export const LABELS = {
  managedBy: 'app.kubernetes.io/managed-by',
  name: 'app.kubernetes.io/name',
  app: 'faibric.dev/app',
  appId: 'faibric.dev/app-id',
  revision: 'faibric.dev/revision',
} as const;

/** Annotation keys that users or the API may set on a FaibricApp. */
export const ANNOTATIONS = {
  /** Any new value asks for one retry of whatever is stalled; echoed in `status.lastHandledRequest`. */
  requestedAt: 'faibric.dev/requestedAt',
  /** Any new value cancels the work that is in progress; echoed in `status.lastHandledCancel`. */
  cancelRequestedAt: 'faibric.dev/cancelRequestedAt',
  /** `"true"` keeps the app's documents and users when the app is deleted. */
  keepData: 'faibric.dev/keep-data',
  /** `"true"` makes the operator keep its hands off the app and its children. */
  paused: 'faibric.dev/paused',
} as const;

/** Server-side apply field managers, one per component. */
export const FIELD_MANAGERS = { operator: 'faibric-operator', api: 'faibric-api' } as const;

/** Words that no owner, app name or first label of a custom host may be: they are the platform's own hosts. */
export const RESERVED_WORDS = [
  'api',
  'registry',
  'dashboard',
  'traefik',
  'localhost',
  'faibric',
  'kubernetes',
  'www',
  'admin',
] as const;
