// The projects API without HTTP: create, list, find, change and delete apps as custom resources. Every operation takes
// the account that asks: another's app is answered exactly like one that is not there. Where two apps claim one id,
// the older keeps it here as it does in the operator.
import { ANNOTATIONS, type FaibricApp, RESERVED_WORDS } from '@faibric/crds';
import type { DeletedProject, Project } from '../contract/project.ts';
import type { CreateProject, ListProjectsQuery } from '../contract/project-requests.ts';
import { ApiError } from '../errors.ts';
import type { Account } from '../http/account.ts';
import type { Log } from '../ports.ts';
import type { AppCache, AppChange, AppWriter } from './app-cluster.ts';
import { type AddressRules, appIdOf, newAppId, slugFromPrompt } from './app-id.ts';
import { type ProjectPage, pageOf } from './list-projects.ts';
import { noSuchProject, type ProjectAction, perform } from './project-actions.ts';
import { type CatalogEntry, makeProjectCatalog, type ProjectCatalog } from './project-catalog.ts';
import type { Quotas } from './quotas.ts';

/** What projects are made of. */
export interface ProjectParts {
  readonly cache: AppCache;
  readonly writer: AppWriter;
  readonly rules: AddressRules;
  readonly quotas: Quotas;
  readonly log: Log;
  /** A random whole number below n. */
  readonly randomBelow: (n: number) => number;
  /** Deletes an app's documents and gives their number; null when that will happen later. */
  readonly dropDocuments: (appId: string) => Promise<number | null>;
  /** Forgets that there was such an app: nothing of its data is left to drop. */
  readonly forgetApp: (appId: string) => Promise<void>;
  /** Null when documents can be deleted now. */
  readonly storageProblem: () => Promise<string | null>;
}

/** A change as streams send it: the app's view, or its id when it is gone; and whose it is. */
export type ProjectChange = { readonly owner: string } & (
  | { readonly project: Project }
  | { readonly deletedId: string }
);

/** The operations of the projects API. */
export interface Projects {
  list(account: Account, query: ListProjectsQuery): ProjectPage;
  /** All of an account's apps, newest first. */
  all(account: Account): readonly CatalogEntry[];
  get(account: Account, id: string): CatalogEntry;
  create(account: Account, asked: CreateProject): Promise<Project>;
  act(account: Account, id: string, action: ProjectAction): Promise<Project>;
  remove(account: Account, id: string, keepData: boolean): Promise<DeletedProject>;
  /** Calls back on every change of the account's apps until the returned function is called. */
  subscribe(account: Account, listener: (change: ProjectChange) => void): () => void;
}

const CREATE_TRIES = 4;

const requireCache = (cache: AppCache): void => {
  const problem = cache.problem();
  if (problem !== null)
    throw new ApiError('unavailable', `${problem} Try again in a moment.`, { retryAfter: 2 });
};

const maySee = (account: Account, owner: string): boolean =>
  account.role === 'admin' || account.owner === owner;

const findFor = (
  { cache }: ProjectParts,
  catalog: ProjectCatalog,
  { account, id }: { readonly account: Account; readonly id: string },
): CatalogEntry => {
  requireCache(cache);
  const entry = catalog.find(id);
  if (entry === null || !maySee(account, entry.project.owner)) throw noSuchProject();
  return entry;
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

const create = async (
  parts: ProjectParts,
  catalog: ProjectCatalog,
  { account, asked }: { readonly account: Account; readonly asked: CreateProject },
): Promise<FaibricApp> => {
  if (asked.name !== undefined) checkName(asked.name);
  const slug = asked.name ?? slugFromPrompt(asked.prompt);
  for (let tries = 0; tries < CREATE_TRIES; tries += 1) {
    const id = newAppId(parts.randomBelow);
    // Ids are random, so a clash is rare; the catalog finds it before the operator has to.
    if (catalog.find(id) !== null) continue;
    const app = await parts.writer.create({
      name: `${slug}-${id}`,
      spec: specOf(asked, id, account.owner),
    });
    if (app !== null) return app;
  }
  throw new ApiError('conflict', 'No free id was found. Try again.');
};

const keepAnnotation: ProjectAction = () => ({ annotations: { [ANNOTATIONS.keepData]: 'true' } });

const remove = async (parts: ProjectParts, app: FaibricApp, keepData: boolean): Promise<DeletedProject> => {
  const { name } = app.metadata;
  const id = appIdOf(app);
  const problem = keepData ? null : await parts.storageProblem();
  // Asked before anything is deleted: an app without its resource but with its documents could not be cleaned up here.
  if (problem !== null) {
    const detail = `The documents cannot be deleted now (${problem}). Nothing was deleted.`;
    throw new ApiError('unavailable', detail, { retryAfter: 2 });
  }
  // Written down first, so that whoever sees the deletion knows it, this process or another.
  const doomed = keepData ? await perform(parts, app, keepAnnotation) : app;
  if (!(await parts.writer.remove(doomed))) throw noSuchProject();
  const documents = keepData ? null : await parts.dropDocuments(id);
  // What could not be dropped now stays in the registry, from where it is dropped later.
  if (keepData || documents !== null) await parts.forgetApp(id).catch(() => undefined);
  parts.log.info({ app: name, id, documents, keepData }, 'app deleted');
  return { id, name, documents, dataKept: keepData };
};

/** The change as this account's streams send it; null when it is none of its business. */
const toChange = (catalog: ProjectCatalog, { app, before }: AppChange): ProjectChange | null => {
  if (app !== null) {
    const { project } = catalog.of(app);
    return { owner: project.owner, project };
  }
  if (before === null) return null;
  return { owner: catalog.of(before).project.owner, deletedId: appIdOf(before) };
};

/** Makes the operations. */
export const makeProjects = (parts: ProjectParts): Projects => {
  const { cache, quotas } = parts;
  const catalog = makeProjectCatalog(cache, parts.rules);
  const get = (account: Account, id: string): CatalogEntry => findFor(parts, catalog, { account, id });
  const all = (account: Account): readonly CatalogEntry[] => {
    requireCache(cache);
    const entries = catalog.newestFirst();
    return account.role === 'admin'
      ? entries
      : entries.filter(({ project }) => maySee(account, project.owner));
  };
  return {
    get,
    all,
    list: (account, query) => pageOf(all(account), query),
    create: async (account, asked) => {
      // A cache that is behind would count too few.
      if (account.limits !== undefined) requireCache(cache);
      quotas.requireTokens(account);
      const done = quotas.takeApp(account);
      try {
        const app = await create(parts, catalog, { account, asked });
        cache.note(app);
        parts.log.info({ app: app.metadata.name, id: appIdOf(app) }, 'app created');
        return catalog.of(app).project;
      } finally {
        done();
      }
    },
    act: async (account, id, action) =>
      catalog.of(await perform(parts, get(account, id).app, action)).project,
    remove: async (account, id, keepData) => remove(parts, get(account, id).app, keepData),
    subscribe: (account, listener) =>
      cache.subscribe((change) => {
        const seen = toChange(catalog, change);
        if (seen !== null && maySee(account, seen.owner)) listener(seen);
      }),
  };
};
