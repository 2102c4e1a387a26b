// What a decision may ask for, as data. `act` performs them; nothing here is done yet.
import type { RevisionAnalysis, RevisionCondition, RevisionSpec, RevisionStatus } from '@faibric/crds';
import type { TaskRequest } from '../tasks/task.ts';
import type { ChildKind } from './facts.ts';

/** A new revision; `filesFromSource` copies spec.source.files into it. */
export interface NewRevision {
  readonly name: string;
  readonly spec: Omit<RevisionSpec, 'files' | 'analysis'> & { readonly analysis?: RevisionAnalysis };
  readonly filesFromSource: boolean;
}

/** A change of a revision's status. Conditions are merged by type; `forget` removes conditions and back-off. */
export interface RevisionChange {
  readonly name: string;
  readonly conditions?: readonly Omit<RevisionCondition, 'lastTransitionTime'>[];
  readonly status?: Partial<RevisionStatus>;
  readonly forget?: readonly RevisionCondition['type'][];
}

/** A child as made by resources/: what the operator owns of it. */
export interface Child {
  readonly apiVersion: string;
  readonly kind: ChildKind;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly ownerReferences: readonly object[];
  };
}

/** One thing to do. */
export type Action =
  | { readonly type: 'createRevision'; readonly revision: NewRevision }
  | { readonly type: 'changeRevision'; readonly change: RevisionChange }
  | { readonly type: 'deleteRevision'; readonly name: string; readonly uid: string }
  | { readonly type: 'startTask'; readonly task: TaskRequest }
  | { readonly type: 'cancelTask'; readonly key: string }
  | { readonly type: 'applyChild'; readonly child: Child; readonly restored: boolean };
