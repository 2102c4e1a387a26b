// The owner's rules of a collection, in `spec.access` of the FaibricApp and nowhere else: what kubectl sets shows here and
// the other way round. A change names the version of the object that it saw, so that two owners who set the rules of two
// collections at the same moment both keep what they set.
import type { AccessRules, FaibricApp } from '@faibric/crds';
import type { CollectionAccessView } from '../contract/access.ts';
import type { AppCache, AppWriter } from '../projects/app-cluster.ts';
import { perform } from '../projects/project-actions.ts';
import type { AppIndex } from './app-index.ts';
import { knownApp } from './authorize.ts';
import { rulesOf } from './evaluate.ts';
import { rulesInWords } from './rules-in-words.ts';

/** Reads and sets rules. */
export interface AccessEditor {
  get(appId: string, collection: string): CollectionAccessView;
  /** Sets the rules of one collection; null: back to those of the plan. */
  set(appId: string, collection: string, rules: AccessRules | null): Promise<CollectionAccessView>;
}

/** What the editor is made of. */
export interface AccessEditorParts {
  readonly apps: AppIndex;
  readonly cache: AppCache;
  readonly writer: AppWriter;
}

const viewOf = (app: FaibricApp, collection: string): CollectionAccessView => {
  const named = (rule: { readonly collection: string }): boolean => rule.collection === collection;
  const planned = app.status?.access?.some(named) ? 'plan' : 'default';
  const { read, create, update, delete: remove } = rulesOf(app, collection);
  const rules = { read, create, update, delete: remove };
  return {
    collection,
    rules,
    source: app.spec.access?.some(named) ? 'owner' : planned,
    words: rulesInWords(rules),
  };
};

/** Makes the editor. */
export const makeAccessEditor = ({ apps, cache, writer }: AccessEditorParts): AccessEditor => ({
  get: (appId, collection) => viewOf(knownApp(apps, appId), collection),
  set: async (appId, collection, rules) => {
    const written = await perform({ cache, writer }, knownApp(apps, appId), (app) => {
      const others = (app.spec.access ?? []).filter((rule) => rule.collection !== collection);
      const access = rules === null ? others : [...others, { collection, ...rules }];
      return { spec: { access: access.length === 0 ? null : access } };
    });
    return viewOf(written, collection);
  },
});
