// The projects API without HTTP: create, list, find, change and delete apps as custom resources. Where two apps
// claim one id, the older keeps it here as it does in the operator.
import { type FaibricApp, RESERVED_WORDS } from '@faibric/crds';
import type { CreateProject, DeletedProject, Project } from '../contract/project.ts';
import { ApiError } from '../errors.ts';
import type { Log } from '../ports.ts';
import type { AppCache, AppChange, AppWriter } from './app-cluster.ts';
import { type AddressRules, appIdOf, newAppId, slugFromPrompt } from './app-id.ts';
import { toProject } from './project-view.ts';

/** What projects are made of. */
export interface ProjectParts {
  readonly cache: AppCache;
  readonly writer: AppWriter;
  readonly rules: AddressRules;
  readonly log: Log;
  /** A random whole number below n. */
  readonly randomBelow: (n: number) => number;
  /** Deletes an app's documents and gives their number; null when that will happen later. */
  readonly dropDocuments: (appId: string) => Promise<number | null>;
  /** Null when documents can be deleted now. */
  readonly storageProblem: () => Promise<string | null>;
}

/** A change as streams send it: the app's view, or its id when it is gone. */
export type ProjectChange = { readonly project: Project } | { readonly deletedId: string };

/** The operations of the projects API. */
export interface Projects {
  list(): readonly Project[];
  get(id: string): Project;
  create(asked: CreateProject): Promise<Project>;
  quickUpdate(id: string, prompt: string): Promise<Project>;
  remove(id: string, keepData: boolean): Promise<DeletedProject>;
  subscribe(listener: (change: ProjectChange) => void): () => void;
}

const CREATE_TRIES = 4;
const UPDATE_TRIES = 5;

const notFound = (): ApiError => new ApiError('not_found', 'There is no app with this id.');

const olderFirst = (a: FaibricApp, b: FaibricApp): number => {
  const [x, y] = [a.metadata, b.metadata];
  const byTime = Date.parse(x.creationTimestamp) - Date.parse(y.creationTimestamp);
  return byTime !== 0 ? byTime : x.uid < y.uid ? -1 : 1;
};

const requireCache = (cache: AppCache): void => {
  const problem = cache.problem();
  if (problem !== null)
    throw new ApiError('unavailable', `${problem} Try again in a moment.`, { retryAfter: 2 });
};

const findApp = (cache: AppCache, id: string): FaibricApp => {
  requireCache(cache);
  const [oldest] = cache
    .list()
    .filter((app) => appIdOf(app) === id)
    .sort(olderFirst);
  if (oldest === undefined) throw notFound();
  return oldest;
};

const specOf = (asked: CreateProject, id: string, owner: string): Record<string, unknown> => ({
  prompt: asked.prompt,
  id,
  owner,
  ...(asked.title === undefined ? {} : { title: asked.title }),
  ...(asked.engine === undefined ? {} : { engine: asked.engine }),
  ...(asked.model === undefined ? {} : { model: asked.model }),
});

const checkName = (name: string): void => {
  if (RESERVED_WORDS.some((word) => word === name) || name.startsWith('xn--')) {
    throw new ApiError('rejected', `The name ${name} is reserved. Choose another one.`, { field: 'name' });
  }
};

const create = async (parts: ProjectParts, asked: CreateProject): Promise<FaibricApp> => {
  if (asked.name !== undefined) checkName(asked.name);
  const slug = asked.name ?? slugFromPrompt(asked.prompt);
  for (let tries = 0; tries < CREATE_TRIES; tries += 1) {
    const id = newAppId(parts.randomBelow);
    // Ids are random, so a clash is rare; the cache finds it before the operator has to.
    if (parts.cache.list().some((app) => appIdOf(app) === id)) continue;
    const app = await parts.writer.create({
      name: `${slug}-${id}`,
      spec: specOf(asked, id, parts.rules.owner),
    });
    if (app !== null) return app;
  }
  throw new ApiError('conflict', 'No free id was found. Try again.');
};

const appendChange = async (parts: ProjectParts, found: FaibricApp, prompt: string): Promise<FaibricApp> => {
  let app: FaibricApp | null = found;
  for (let tries = 0; tries < UPDATE_TRIES && app !== null; tries += 1) {
    const change = { id: newAppId(parts.randomBelow), prompt };
    const written = await parts.writer.setChanges(app, [...(app.spec.changes ?? []), change]);
    if (written !== null) return written;
    app = await parts.writer.read(app.metadata.name);
  }
  if (app === null) throw notFound();
  throw new ApiError('conflict', 'The app is being changed by others all the time. Try again.');
};

const remove = async (parts: ProjectParts, id: string, keepData: boolean): Promise<DeletedProject> => {
  const app = findApp(parts.cache, id);
  const { name } = app.metadata;
  const problem = keepData ? null : await parts.storageProblem();
  // Asked before anything is deleted: an app without its resource but with its documents could not be cleaned up here.
  if (problem !== null) {
    throw new ApiError(
      'unavailable',
      `The documents cannot be deleted now (${problem}). Nothing was deleted.`,
      {
        retryAfter: 2,
      },
    );
  }
  if (!(await parts.writer.remove(app))) throw notFound();
  const documents = keepData ? null : await parts.dropDocuments(id);
  parts.log.info({ app: name, id, documents, keepData }, 'app deleted');
  return { id, name, documents, dataKept: keepData };
};

const toChange = ({ app, before }: AppChange, rules: AddressRules): ProjectChange | null => {
  if (app !== null) return { project: toProject(app, rules) };
  return before === null ? null : { deletedId: appIdOf(before) };
};

/** Makes the operations. */
export const makeProjects = (parts: ProjectParts): Projects => {
  const { cache, rules } = parts;
  const view = (app: FaibricApp): Project => toProject(app, rules);
  return {
    list: () => {
      requireCache(cache);
      return [...cache.list()].sort((a, b) => olderFirst(b, a)).map(view);
    },
    get: (id) => view(findApp(cache, id)),
    create: async (asked) => {
      const app = await create(parts, asked);
      cache.note(app);
      parts.log.info({ app: app.metadata.name, id: appIdOf(app) }, 'app created');
      return view(app);
    },
    quickUpdate: async (id, prompt) => {
      const app = await appendChange(parts, findApp(cache, id), prompt);
      cache.note(app);
      return view(app);
    },
    remove: (id, keepData) => remove(parts, id, keepData),
    subscribe: (listener) =>
      cache.subscribe((change) => {
        const seen = toChange(change, rules);
        if (seen !== null) listener(seen);
      }),
  };
};
