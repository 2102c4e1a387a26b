// A world small enough to explore: it holds what a cluster would hold, takes in actions as the cluster would, and lets
// tasks, pods, time and people do what they may do at any moment. Everything is in memory and nothing is random.
import type { RevisionCondition, RevisionStatus } from '@faibric/crds';
import type { TaskRequest } from '../../tasks/task.ts';
import type { Action, Child, RevisionChange } from '../actions.ts';
import { mergeConditions, timeOf } from '../conditions.ts';
import { type Decision, decide } from '../decide.ts';
import { stagesOf } from '../digest.ts';
import type { ChildKind, Facts, PodFact, ProbeFact, WatchedApp, WatchedRevision } from '../facts.ts';
import { ANALYSIS, anApp, NOW, SETTINGS } from './build-facts.ts';

/** What may happen between two looks. */
export type Happening =
  | {
      readonly what: 'taskSucceeds' | 'taskFails' | 'taskFailsForGood' | 'sourceIsRefused';
      readonly at: number;
    }
  | { readonly what: 'podsReady' | 'podsCrash' | 'rolloutStuck' | 'podsDeleted' }
  | { readonly what: 'time'; readonly seconds: number }
  | { readonly what: 'restart' }
  | {
      readonly what:
        | 'change'
        | 'edit'
        | 'pin'
        | 'unpin'
        | 'suspend'
        | 'resume'
        | 'retry'
        | 'cancel'
        | 'pause'
        | 'unpause';
    }
  | { readonly what: 'childDeleted'; readonly kind: ChildKind };

/** The world: an app, its revisions and children, and what runs. */
export class ModelWorld {
  now = NOW;
  app: WatchedApp = anApp();
  revisions: WatchedRevision[] = [];
  children: Partial<Record<ChildKind, Child>> = {};
  pods: PodFact[] = [];
  tasks: TaskRequest[] = [];
  probe: ProbeFact | undefined;
  stuck = false;
  /** Keys of tasks whose answer is recorded: asking again would buy it twice. */
  readonly bought = new Set<string>();
  readonly seenActions = new Set<string>();
  readonly seenReasons = new Set<string>();
  #edits = 0;

  facts(): Facts {
    const deployment = this.children.Deployment as (Child & { spec: { replicas: number } }) | undefined;
    return {
      now: this.now,
      settings: SETTINGS,
      app: this.app,
      appId: 'k3x9q2',
      stages: stagesOf(this.app),
      engine: 'freeform',
      revisions: this.revisions,
      children: this.children,
      pods: this.pods,
      tasks: this.tasks.map(({ key, kind, revision }) => ({ key, kind, revision })),
      probe: this.probe,
      deployment: deployment && {
        object: deployment,
        revision: this.#deployed(),
        replicas: this.pods.length,
        readyReplicas: this.pods.filter(({ ready }) => ready).length,
        deadlineExceeded: this.stuck,
      },
    };
  }

  /** One reconcile. */
  look(): Decision {
    const decision = decide(this.facts());
    for (const action of decision.actions) this.#take(action);
    this.app = { ...this.app, status: decision.status };
    for (const { reason } of decision.status.conditions ?? []) this.seenReasons.add(reason);
    return decision;
  }

  #deployed(): number {
    return Number(this.children.Deployment?.metadata.labels['faibric.dev/revision'] ?? 0);
  }

  #take(action: Action): void {
    this.seenActions.add(action.type);
    if (action.type === 'createRevision') this.#create(action.revision);
    if (action.type === 'changeRevision') this.#change(action.change);
    if (action.type === 'deleteRevision')
      this.revisions = this.revisions.filter(({ metadata }) => metadata.name !== action.name);
    if (action.type === 'cancelTask') this.tasks = this.tasks.filter(({ key }) => key !== action.key);
    if (action.type === 'startTask') {
      if (this.bought.has(action.task.key)) throw new Error(`bought twice: ${action.task.key}`);
      this.tasks.push(action.task);
    }
    if (action.type === 'applyChild') this.#apply(action.child);
  }

  #create({ name, spec, filesFromSource }: Extract<Action, { type: 'createRevision' }>['revision']): void {
    if (this.revisions.some(({ metadata }) => metadata.name === name))
      throw new Error(`${name} is there already`);
    const metadata = { ...this.app.metadata, name, uid: `uid-${name}` };
    this.revisions = [...this.revisions, { metadata, spec, hasFiles: filesFromSource, status: {} }];
  }

  #change({ name, conditions, status, forget }: RevisionChange): void {
    this.update(name, (old) => ({
      ...old,
      ...(status && 'attempts' in status && { nextRetryTime: undefined }),
      ...status,
      conditions: mergeConditions(
        old.conditions,
        { changes: conditions ?? [], forget: forget ?? [] },
        this.now,
      ),
    }));
  }

  #apply(child: Child): void {
    const before = this.#deployed();
    this.children = { ...this.children, [child.kind]: child };
    if (child.kind !== 'Deployment') return;
    const { replicas } = (child as Child & { spec: { replicas: number } }).spec;
    if (replicas === 0) this.pods = [];
    else if (this.#deployed() !== before || this.pods.length === 0) {
      this.stuck = false;
      const old = this.pods.filter(({ ready }) => ready);
      this.pods = [
        ...old,
        { name: `p${this.#deployed()}`, revision: this.#deployed(), ready: false, restarts: 0 },
      ];
    }
  }

  update(
    name: string,
    change: (status: RevisionStatus) => { [K in keyof RevisionStatus]: RevisionStatus[K] | undefined },
  ): void {
    this.revisions = this.revisions.map((revision) =>
      revision.metadata.name === name
        ? { ...revision, status: change(revision.status) as RevisionStatus }
        : revision,
    );
  }

  #finish(task: TaskRequest, how: 'ok' | 'retry' | 'failed' | 'refused'): void {
    this.tasks = this.tasks.filter(({ key }) => key !== task.key);
    if (task.kind === 'probe') {
      const ok = how === 'ok' && this.pods.some(({ revision, ready }) => ready && revision === task.revision);
      this.probe = { revision: task.revision, ok, message: 'scripted', at: this.now };
      return;
    }
    if (how === 'ok') {
      this.#succeed(task);
      return;
    }
    const type = how === 'refused' && task.kind === 'build' ? 'Accepted' : TYPE_OF[task.kind];
    const reason =
      type === 'Accepted' ? 'ValidationFailed' : how === 'retry' ? 'LLMUnavailable' : 'LLMRefused';
    this.#note(task, { type, status: 'False', reason, message: 'scripted' }, (old) => ({
      attempts: (old.attempts ?? 0) + 1,
      nextRetryTime: how === 'retry' ? timeOf(this.now + 5000) : undefined,
    }));
  }

  #succeed(task: TaskRequest): void {
    this.bought.add(task.key);
    this.revisions = this.revisions.map((revision) => {
      if (revision.metadata.name !== task.revisionName) return revision;
      if (task.kind === 'analyze') return { ...revision, spec: { ...revision.spec, analysis: ANALYSIS } };
      return task.kind === 'generate' ? { ...revision, hasFiles: true } : revision;
    });
    const rest = () => ({
      attempts: 0,
      nextRetryTime: undefined,
      ...(task.kind === 'build' && { image: `registry/plants@sha256:${task.revision}` }),
    });
    if (task.kind === 'build')
      this.#note(task, { type: 'Accepted', status: 'True', reason: 'Succeeded', message: '' }, () => ({}));
    this.#note(task, { type: TYPE_OF[task.kind], status: 'True', reason: 'Succeeded', message: '' }, rest);
  }

  #note(
    task: TaskRequest,
    condition: Omit<RevisionCondition, 'lastTransitionTime'>,
    rest: (old: RevisionStatus) => { [K in keyof RevisionStatus]?: RevisionStatus[K] | undefined },
  ): void {
    this.update(task.revisionName, (old) => ({
      ...old,
      ...rest(old),
      conditions: mergeConditions(old.conditions, { changes: [condition] }, this.now),
    }));
  }

  #edit(spec: { [K in keyof WatchedApp['spec']]?: WatchedApp['spec'][K] | undefined }): void {
    const generation = (this.app.metadata.generation ?? 0) + 1;
    // `undefined` removes a member, as a merge patch with null would.
    const next = Object.fromEntries(
      Object.entries({ ...this.app.spec, ...spec }).filter(([, value]) => value !== undefined),
    );
    this.app = {
      ...this.app,
      metadata: { ...this.app.metadata, generation },
      spec: next as WatchedApp['spec'],
    };
  }

  #annotate(key: string, value: string): void {
    const annotations = { ...this.app.metadata.annotations, [`faibric.dev/${key}`]: value };
    this.app = { ...this.app, metadata: { ...this.app.metadata, annotations } };
  }

  /** Lets something happen; what cannot happen now does not. */
  happen(happening: Happening): void {
    this.#edits += 1;
    const { what } = happening;
    if ('at' in happening) {
      const task = this.tasks[happening.at % Math.max(1, this.tasks.length)];
      if (task) this.#finish(task, HOW[happening.what]);
    }
    if (what === 'podsReady') this.#settlePods();
    if (what === 'podsCrash') this.pods = this.pods.map((pod) => (pod.ready ? pod : { ...pod, restarts: 3 }));
    if (what === 'rolloutStuck') this.stuck = this.pods.some(({ ready }) => !ready);
    if (what === 'podsDeleted') this.pods = this.pods.map((pod) => ({ ...pod, ready: false, restarts: 0 }));
    if (what === 'time') this.now += happening.seconds * 1000;
    if (what === 'restart') this.#restart();
    if (what === 'childDeleted') this.#lose(happening.kind);
    this.#people(what);
  }

  #lose(kind: ChildKind): void {
    const { [kind]: _gone, ...rest } = this.children;
    this.children = rest;
    if (kind === 'Deployment') this.pods = [];
  }

  #people(what: Happening['what']): void {
    const changes = this.app.spec.changes ?? [];
    if (what === 'change') this.#edit({ changes: [...changes, { id: `c${this.#edits}`, prompt: 'more' }] });
    if (what === 'edit') this.#edit({ prompt: `another app ${this.#edits}`, changes: [] });
    if (what === 'pin') this.#edit({ revision: 1 });
    if (what === 'unpin') this.#edit({ revision: undefined });
    if (what === 'suspend') this.#edit({ suspend: true });
    if (what === 'resume') this.#edit({ suspend: false });
    if (what === 'retry') this.#annotate('requestedAt', String(this.#edits));
    if (what === 'cancel') this.#annotate('cancelRequestedAt', String(this.#edits));
    if (what === 'pause') this.#annotate('paused', 'true');
    if (what === 'unpause') this.#annotate('paused', 'false');
  }

  #settlePods(): void {
    this.stuck = false;
    const wanted = this.#deployed();
    this.pods = this.pods
      .filter(({ revision }) => revision === wanted)
      .map((pod) => ({ ...pod, ready: true, restarts: 0 }));
  }

  #restart(): void {
    this.tasks = [];
    this.probe = undefined;
  }
}

const TYPE_OF = { analyze: 'Analyzed', generate: 'Generated', build: 'Built', probe: 'Deployed' } as const;
const HOW = {
  taskSucceeds: 'ok',
  taskFails: 'retry',
  taskFailsForGood: 'failed',
  sourceIsRefused: 'refused',
} as const;
