// What the page shows of an app, made from what the API tells. Pure, so that every state a card can be in
// is a row of a table in the test. The page never invents progress: all words about a wait are the operator's.
import type { Project, Step } from '@faibric/api/contract';

/** A step of the rail. `todo` has not begun; `stopped` is where the app stands still. */
export interface StepView {
  name: string;
  state: 'done' | 'active' | 'todo' | 'stopped';
}

/** The work of this moment, in the operator's words, and since when (milliseconds since the epoch). */
export interface WaitView {
  message: string;
  since?: number;
}

/** Everything a card shows. */
export interface AppView {
  id: string;
  name: string;
  title: string;
  prompt: string;
  createdAt: number;
  state: 'working' | 'ready' | 'updating' | 'trouble' | 'suspended' | 'deleting';
  url?: string;
  host?: string;
  /** True when the address answers, also while a change is in work or was refused. */
  serving: boolean;
  steps: readonly StepView[];
  wait?: WaitView;
  trouble?: { reason: string; message: string };
  /** What was asked and is not in the app. */
  limited: readonly string[];
  /** Collections that it keeps documents in. */
  collections: readonly string[];
  revision?: number;
  tokens: number;
}

const STEP_STATES: Record<Step['state'], StepView['state']> = {
  waiting: 'todo',
  running: 'active',
  done: 'done',
  failed: 'stopped',
};

function stateOf(project: Project): AppView['state'] {
  if (project.deleting) return 'deleting';
  if (project.suspended) return 'suspended';
  if (project.stalled !== null) return 'trouble';
  if (!project.ready) return 'working';
  return project.progress === null ? 'ready' : 'updating';
}

/** Until the operator has looked at an app there is no progress to show, and that too is worth a sentence. */
function waitOf(project: Project): WaitView | undefined {
  const state = stateOf(project);
  if (state === 'deleting') return { message: 'Removing the app, its address and its data' };
  if (state !== 'working' && state !== 'updating') return undefined;
  const { progress } = project;
  if (progress === null)
    return { message: 'Waiting for the operator to begin', since: Date.parse(project.createdAt) };
  return {
    // The seconds follow on the same line: a full stop would stand in the middle of it.
    message: progress.message.replace(/\.$/, ''),
    ...(progress.since === null ? {} : { since: Date.parse(progress.since) }),
  };
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

const TITLE_LENGTH = 60;

/** Until the analysis has found a title, the API gives the resource's name; a person knows their own words better. */
function titleOf({ title, name, prompt }: Project): string {
  const [line = ''] = prompt.trim().split('\n');
  if (title !== name || line === '') return title;
  return line.length <= TITLE_LENGTH ? line : `${line.slice(0, TITLE_LENGTH).trimEnd()}…`;
}

/** Leaves out what is null or undefined, so that an optional field is either there or absent. */
function present<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const kept = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]?: NonNullable<T[K]> };
}

/** The view of one project. */
export function viewOf(project: Project): AppView {
  return {
    id: project.id,
    name: project.name,
    title: titleOf(project),
    prompt: project.prompt,
    createdAt: Date.parse(project.createdAt),
    state: stateOf(project),
    serving: project.ready && !project.deleting && !project.suspended,
    steps: project.steps.map((step) => ({ name: capitalise(step.name), state: STEP_STATES[step.state] })),
    tokens: project.tokens,
    limited: project.limited,
    collections: project.collections,
    ...present({
      url: project.url,
      host: project.host,
      revision: project.revision,
      trouble: project.deleting ? null : project.stalled,
      wait: waitOf(project),
    }),
  };
}
