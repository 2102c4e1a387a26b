// What all children of an app share: labels, owner reference, and the app as the makers see it. Makers take this
// and nothing else, so the same app always gives byte-equal objects and an upgrade of the operator restarts nothing.
import { API_VERSION, LABELS } from '@faibric/crds';
import type { Child } from '../actions.ts';
import type { ChildKind } from '../facts.ts';

/** An app as the makers of children see it. */
export interface AppShape {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly appId: string;
  readonly host: string;
  /** Custom domain that serves the app too. */
  readonly customHost?: string | undefined;
  readonly replicas: number;
}

/** Labels that find the pods of an app; never changed, because a Deployment's selector cannot. */
export const podSelector = (app: AppShape): Readonly<Record<string, string>> => ({ [LABELS.app]: app.name });

/** Labels of every child. */
export const childLabels = (app: AppShape): Readonly<Record<string, string>> => ({
  [LABELS.managedBy]: 'faibric',
  [LABELS.name]: app.name,
  [LABELS.app]: app.name,
  [LABELS.appId]: app.appId,
});

/** The reference by which Kubernetes deletes a child with its app. */
export const ownerReference = (app: Pick<AppShape, 'name' | 'uid'>) => ({
  apiVersion: API_VERSION,
  kind: 'FaibricApp',
  name: app.name,
  uid: app.uid,
  controller: true,
  blockOwnerDeletion: false,
});

/** A child with its metadata filled in. */
export const makeChild = <T extends object>(
  app: AppShape,
  head: { apiVersion: string; kind: ChildKind; name: string; labels?: Readonly<Record<string, string>> },
  body: T,
): Child & T => ({
  apiVersion: head.apiVersion,
  kind: head.kind,
  metadata: {
    name: head.name,
    namespace: app.namespace,
    labels: { ...childLabels(app), ...head.labels },
    ownerReferences: [ownerReference(app)],
  },
  ...body,
});
