// What every section composer gets and gives. A section that shows documents receives the collection as a property from
// its page, so that all sections of a page see one state.
import type { Blueprint } from '@faibric/crds';
import type { Code } from './code.ts';
import type { CollectionNames } from './names.ts';
import type { Words } from './words.ts';

/** The whole plan, and how things are called in code and on the screen. */
export interface SectionContext {
  readonly plan: Blueprint;
  readonly words: Words;
  readonly names: (collection: string) => CollectionNames;
  /** Name of the component to write, for example `PlantsTable`. */
  readonly component: string;
}

/** A composed section: the body of its file and how a page calls it. */
export interface ComposedSection {
  readonly about: string;
  readonly code: Code;
  /** The collection that it takes as a property, by name. */
  readonly takes?: string;
}
