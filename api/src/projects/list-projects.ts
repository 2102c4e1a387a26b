// Searching, filtering and ordering of apps. Pure; what an account may see was decided before.
import type { ListProjectsQuery } from '../contract/project-requests.ts';
import type { CatalogEntry } from './project-catalog.ts';

/** A page of apps and how many match in all. */
export interface ProjectPage {
  readonly entries: readonly CatalogEntry[];
  readonly total: number;
}

type Match = (entry: CatalogEntry) => boolean;

/** Every word must occur somewhere; case does not matter. */
const matchesWords = (q: string): Match => {
  const wanted = q.toLowerCase().split(/\s+/).filter(Boolean);
  return ({ words }) => wanted.every((word) => words.includes(word));
};

const conditionsOf = ({ q, phase, ready, type, owner }: ListProjectsQuery): Match[] => [
  ...(q === undefined ? [] : [matchesWords(q)]),
  ...(phase === undefined ? [] : [({ project }: CatalogEntry) => project.phase === phase]),
  ...(ready === undefined ? [] : [({ project }: CatalogEntry) => project.ready === ready]),
  ...(type === undefined ? [] : [({ project }: CatalogEntry) => project.type === type]),
  ...(owner === undefined ? [] : [({ project }: CatalogEntry) => project.owner === owner]),
];

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
type Order = (a: CatalogEntry, b: CatalogEntry) => number;

const BY: Readonly<Record<string, Order>> = {
  title: (a, b) => collator.compare(a.project.title, b.project.title),
  name: (a, b) => collator.compare(a.project.name, b.project.name),
  phase: (a, b) => collator.compare(a.project.phase, b.project.phase),
  tokens: (a, b) => a.project.tokens - b.project.tokens,
};

/** In the asked order; equal ones stay newest first. */
const ordered = (entries: readonly CatalogEntry[], orderBy: string): readonly CatalogEntry[] => {
  const descending = orderBy.startsWith('-');
  const by = BY[orderBy.replace(/^-/, '')];
  if (by === undefined) return descending ? entries : entries.toReversed();
  return entries.toSorted((a, b) => (descending ? by(b, a) : by(a, b)));
};

/** The page that a query asks for, of entries that are newest first. */
export const pageOf = (newestFirst: readonly CatalogEntry[], query: ListProjectsQuery): ProjectPage => {
  const conditions = conditionsOf(query);
  const matching =
    conditions.length === 0
      ? newestFirst
      : newestFirst.filter((entry) => conditions.every((matches) => matches(entry)));
  const all = ordered(matching, query.order_by);
  return { entries: all.slice(query.offset, query.offset + query.limit), total: all.length };
};
