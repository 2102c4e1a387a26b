// Which rows a table shows, in which order: search, then sort, then page. Pure, so that it can be tested by tables.
import { sortValueOf, type ValueFormat, valueText } from './cell-value.tsx';

/** The order of a table. */
export interface Sort {
  key: string;
  direction: 'ascending' | 'descending';
}

/** What rows need to know of a column. */
export interface RowColumn<T> extends ValueFormat {
  key: string;
  sortValue?: (item: T) => string | number | null;
}

const fieldOf = (item: object, key: string): unknown => (item as Record<string, unknown>)[key];

/** Items in which every word of `search` occurs in some column. */
export function searchRows<T extends object>(
  items: readonly T[],
  columns: readonly RowColumn<T>[],
  search: string,
): T[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...items];
  return items.filter((item) => {
    const text = columns
      .map((column) => valueText(fieldOf(item, column.key), column))
      .join('\n')
      .toLocaleLowerCase();
    return words.every((one) => text.includes(one));
  });
}

/** Items in order; what has no value comes last either way, equal ones keep their order. */
export function sortRows<T extends object>(
  items: readonly T[],
  columns: readonly RowColumn<T>[],
  sort: Sort | null,
): T[] {
  const column = sort && columns.find((one) => one.key === sort.key);
  if (!sort || !column) return [...items];
  const value = column.sortValue ?? ((item: T) => sortValueOf(fieldOf(item, column.key), column.type));
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return items
    .map((item) => ({ item, by: value(item) }))
    .sort((a, b) => {
      if (a.by === null || b.by === null) return Number(a.by === null) - Number(b.by === null);
      if (typeof a.by === 'number' && typeof b.by === 'number') return sign * (a.by - b.by);
      return sign * String(a.by).localeCompare(String(b.by), undefined, { numeric: true });
    })
    .map(({ item }) => item);
}

/** The order after a click on a column: ascending, then descending, then ascending again. */
export function nextSort(sort: Sort | null, key: string): Sort {
  const direction = sort?.key === key && sort.direction === 'ascending' ? 'descending' : 'ascending';
  return { key, direction };
}
