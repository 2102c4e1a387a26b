// Everything that `decide` may know, read once per reconcile and never changed. The trap: caches drop the text of
// source files, so a revision tells only *that* it has files; a task that needs the text reads it.
import type { AppSpec, AppStatus, RevisionSpec, RevisionStatus } from '@faibric/crds';
import type { EngineName } from '../engines/engine.ts';
import type { ObjectMeta } from '../runtime/kube-client.ts';
import type { TaskKind } from '../tasks/task.ts';

/** What the operator was configured with, as far as decisions depend on it. */
export interface Settings {
  /** Domain of the app hosts, `localhost` by default. */
  readonly domain: string;
  /** Port that browsers use; part of URLs when it is not 80. */
  readonly publicPort: number;
  readonly defaultOwner: string;
  /** Namespace of the control plane. */
  readonly systemNamespace: string;
  /** Namespace of Traefik, the only one that may reach app pods. */
  readonly traefikNamespace: string;
  /** Service of the API: a name in the system namespace, or `name@provider` known to Traefik. */
  readonly apiService: string;
  /** Traefik middleware that proves a request came through Traefik. */
  readonly proxyMiddleware: string;
  readonly modelConfigured: boolean;
  readonly defaultModel: string | undefined;
  /** Seconds a new revision has to become ready before it is rolled back. */
  readonly deployDeadlineSeconds: number;
  /** Seconds between two looks at a served address. */
  readonly probeIntervalSeconds: number;
}

/** Metadata of an object that was read: it has been created. */
export type Metadata = ObjectMeta & {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly creationTimestamp: string;
};

/** A FaibricApp as the operator's cache keeps it: source files replaced by their digest. */
export interface WatchedApp {
  readonly metadata: Metadata;
  readonly spec: Omit<AppSpec, 'source'>;
  /** SHA-256 of spec.source.files, when the app brings its own code. */
  readonly sourceDigest?: string | undefined;
  readonly status: AppStatus;
}

/** A FaibricRevision as the operator's cache keeps it: without the text of its files. */
export interface WatchedRevision {
  readonly metadata: Metadata;
  readonly spec: Omit<RevisionSpec, 'files'>;
  readonly hasFiles: boolean;
  readonly status: RevisionStatus;
}

/** A state the spec asks for: the prompt with the first `index` changes. Its digest names the input. */
export interface Stage {
  readonly index: number;
  readonly digest: string;
  /** The change that leads to it; none for the prompt alone. */
  readonly change?: string | undefined;
}

/** The part of a pod that decides whether a revision serves. */
export interface PodFact {
  readonly name: string;
  readonly revision: number;
  readonly ready: boolean;
  /** Why it is not ready, in the kubelet's or scheduler's words. */
  readonly waiting?: { readonly reason: string; readonly message: string } | undefined;
  readonly restarts: number;
}

/** The part of the app's Deployment that decides what serves; `object` is the whole for comparing. */
export interface DeploymentFact {
  readonly object: object;
  readonly revision: number;
  readonly replicas: number;
  readonly readyReplicas: number;
  /** True when the controller has given up on the template that is applied now. */
  readonly deadlineExceeded: boolean;
  /** Why pods cannot be made (quota, admission), in the API server's words. */
  readonly refused?: string | undefined;
}

/** Observed children, whole, by kind; absent means not there. */
export type ChildKind =
  | 'ServiceAccount'
  | 'Service'
  | 'NetworkPolicy'
  | 'Middleware'
  | 'IngressRoute'
  | 'Deployment';

/** A task that waits or runs. */
export interface TaskFact {
  readonly key: string;
  readonly kind: TaskKind;
  readonly revision: number;
  /** What it does at this moment, for people. */
  readonly message?: string | undefined;
}

/** What the last look at the address through Traefik found. */
export interface ProbeFact {
  readonly revision: number;
  readonly ok: boolean;
  readonly message: string;
  /** Wall clock, milliseconds. */
  readonly at: number;
  /** True when the app's own pod answered, badly: the revision is at fault and not the route. */
  readonly appAtFault?: boolean | undefined;
}

/** All that one decision rests on. */
export interface Facts {
  /** Wall clock, milliseconds. */
  readonly now: number;
  readonly settings: Settings;
  readonly app: WatchedApp;
  readonly appId: string;
  /** What the spec asks for, from the prompt alone to all changes; never empty. */
  readonly stages: readonly Stage[];
  /** Engine that `spec.engine` means now; absent when it needs a model and none is set. */
  readonly engine: EngineName | 'source' | undefined;
  /** An older app that holds this id or host. */
  readonly rival?: string | undefined;
  /** Own revisions, by number. */
  readonly revisions: readonly WatchedRevision[];
  readonly children: Readonly<Partial<Record<ChildKind, object>>>;
  readonly deployment?: DeploymentFact | undefined;
  readonly pods: readonly PodFact[];
  readonly tasks: readonly TaskFact[];
  readonly probe?: ProbeFact | undefined;
  /** A child that the API server refused to take, in its words. */
  readonly refused?: string | undefined;
}
