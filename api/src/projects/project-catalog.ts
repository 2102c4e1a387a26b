// All apps as the projects API shows them. An app's view, its JSON text and the text that is searched are made once per
// version of the resource and forgotten with it; the order is kept until something changes. So a list of a thousand apps
// is a filter and a join, not a thousand views.
import type { FaibricApp } from '@faibric/crds';
import { makeAppIndex } from '../access/app-index.ts';
import type { Project } from '../contract/project.ts';
import type { AppCache } from './app-cluster.ts';
import type { AddressRules } from './app-id.ts';
import { toProject } from './project-view.ts';

/** An app and its view. */
export interface CatalogEntry {
  readonly app: FaibricApp;
  readonly project: Project;
  /** The view as JSON text. */
  readonly json: string;
  /** Title, prompt, name and host in lower case. */
  readonly words: string;
}

/** All apps. */
export interface ProjectCatalog {
  find(id: string): CatalogEntry | null;
  /** The entry of an app in whatever version. */
  of(app: FaibricApp): CatalogEntry;
  newestFirst(): readonly CatalogEntry[];
}

/** Computed when it is first asked for. */
const lazily = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const makeEntry = (app: FaibricApp, rules: AddressRules): CatalogEntry => {
  const project = toProject(app, rules);
  const { title, prompt, name, host } = project;
  const json = lazily(() => JSON.stringify(project));
  const words = lazily(() => `${title}\n${prompt}\n${name}\n${host}`.toLowerCase());
  return {
    app,
    project,
    get json() {
      return json();
    },
    get words() {
      return words();
    },
  };
};

const newerFirst = (a: FaibricApp, b: FaibricApp): number => {
  const [x, y] = [a.metadata, b.metadata];
  // Kubernetes writes all times in one form, so that text order is time order.
  if (x.creationTimestamp !== y.creationTimestamp) return x.creationTimestamp < y.creationTimestamp ? 1 : -1;
  return x.uid < y.uid ? 1 : -1;
};

/** Makes the catalog; it follows the cache for as long as the process lives. */
export const makeProjectCatalog = (cache: AppCache, rules: AddressRules): ProjectCatalog => {
  const index = makeAppIndex(cache);
  const entries = new WeakMap<FaibricApp, CatalogEntry>();
  let ordered: readonly CatalogEntry[] | null = null;
  cache.subscribe(() => {
    ordered = null;
  });
  const of = (app: FaibricApp): CatalogEntry => {
    const known = entries.get(app) ?? makeEntry(app, rules);
    entries.set(app, known);
    return known;
  };
  return {
    of,
    find: (id) => {
      const app = index.find(id);
      return app === null ? null : of(app);
    },
    newestFirst: () => {
      ordered ??= [...cache.list()].sort(newerFirst).map(of);
      return ordered;
    },
  };
};
