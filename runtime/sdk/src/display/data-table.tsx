// A table of documents: sortable by its heads, searchable, paged, with actions by row. On a phone each row becomes a
// card with labelled values (style sheet alone: it stays one table for assistive technology).
import { ArrowDown, ArrowUp, ChevronsUpDown, Pencil, SearchX, Trash2 } from 'lucide-react';
import { type ReactElement, type ReactNode, useState } from 'react';
import { Button, IconButton } from '../controls/button.tsx';
import { SearchField } from '../controls/text-fields.tsx';
import type { AppError } from '../data/app-error.ts';
import { word } from '../words.ts';
import { CellValue, type ValueFormat } from './cell-value.tsx';
import { ConfirmDialog } from './dialog.tsx';
import { EmptyState, ErrorState, Loading } from './states.tsx';
import { nextSort, type Sort, searchRows, sortRows } from './table-rows.ts';

/** One column: `key` is a field of the items. */
export interface Column<T> extends ValueFormat {
  key: string;
  label: string;
  sortable?: boolean;
  render?: (item: T) => ReactNode;
  sortValue?: (item: T) => string | number | null;
}

/** Properties of DataTable. The type of an item comes from `items` alone, so that wider callbacks fit. */
export interface DataTableProps<T extends { id: string }> {
  label: string;
  items: readonly T[];
  columns: readonly Column<NoInfer<T>>[];
  loading?: boolean;
  error?: AppError | Error | string | null;
  onRetry?: () => void;
  search?: boolean;
  searchPlaceholder?: string;
  initialSort?: Sort;
  pageSize?: number;
  rowActions?: (item: NoInfer<T>) => ReactNode;
  onEdit?: (item: NoInfer<T>) => void;
  onDelete?: (item: NoInfer<T>) => unknown;
  /** Which items may be edited or deleted; without it, all. */
  canEdit?: (item: NoInfer<T>) => boolean;
  canDelete?: (item: NoInfer<T>) => boolean;
  toolbar?: ReactNode;
  empty?: ReactNode;
  itemName?: (item: NoInfer<T>) => string;
}

const RIGHT = new Set(['number', 'money']);

interface HeadProps<T> {
  column: Column<T>;
  sort: Sort | null;
  onSort: (sort: Sort) => void;
}

function Head<T>({ column, sort, onSort }: HeadProps<T>): ReactElement {
  const direction = sort?.key === column.key ? sort.direction : undefined;
  const Arrow = direction === 'ascending' ? ArrowUp : direction === 'descending' ? ArrowDown : ChevronsUpDown;
  const className = RIGHT.has(column.type ?? '') ? 'fb-right' : undefined;
  if (column.sortable === false) {
    return (
      <th scope="col" className={className}>
        {column.label}
      </th>
    );
  }
  return (
    <th scope="col" className={className} aria-sort={direction ?? 'none'}>
      <button type="button" className="fb-sort" onClick={() => onSort(nextSort(sort, column.key))}>
        {column.label}
        <Arrow size={14} aria-hidden className={direction ? undefined : 'fb-faint'} />
      </button>
    </th>
  );
}

interface RowProps<T extends { id: string }> {
  item: T;
  table: DataTableProps<T>;
  onAskDelete: (item: T) => void;
}

function RowActions<T extends { id: string }>({ item, table, onAskDelete }: RowProps<T>): ReactElement {
  const name = nameOf(item, table);
  const { rowActions, onEdit, onDelete } = table;
  return (
    <td className="fb-actions-cell">
      <div className="fb-row-actions">
        {rowActions?.(item)}
        {onEdit && (table.canEdit?.(item) ?? true) && (
          <IconButton
            label={`${word('edit')} ${name}`}
            icon={<Pencil size={16} aria-hidden />}
            onClick={() => onEdit(item)}
          />
        )}
        {onDelete && (table.canDelete?.(item) ?? true) && (
          <IconButton
            variant="danger"
            label={`${word('delete')} ${name}`}
            icon={<Trash2 size={16} aria-hidden />}
            onClick={() => onAskDelete(item)}
          />
        )}
      </div>
    </td>
  );
}

function nameOf<T extends { id: string }>(item: T, table: DataTableProps<T>): string {
  if (table.itemName) return table.itemName(item);
  const key = table.columns[0]?.key;
  const value = key ? (item as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function BodyRow<T extends { id: string }>({ item, table, onAskDelete }: RowProps<T>): ReactElement {
  const hasActions = table.rowActions || table.onEdit || table.onDelete;
  return (
    <tr>
      {table.columns.map((column) => (
        <td
          key={column.key}
          data-label={column.label}
          className={RIGHT.has(column.type ?? '') ? 'fb-right' : undefined}
        >
          {column.render?.(item) ?? (
            <CellValue value={(item as Record<string, unknown>)[column.key]} format={column} />
          )}
        </td>
      ))}
      {hasActions && <RowActions item={item} table={table} onAskDelete={onAskDelete} />}
    </tr>
  );
}

function Pager({
  page,
  pages,
  total,
  onPage,
}: {
  page: number;
  pages: number;
  total: number;
  onPage: (page: number) => void;
}): ReactElement {
  return (
    <nav className="fb-pager" aria-label={word('results')}>
      <span className="fb-muted">
        {page + 1} {word('of')} {pages} ({total})
      </span>
      <Button size="small" disabled={page === 0} onClick={() => onPage(page - 1)}>
        {word('previous')}
      </Button>
      <Button size="small" disabled={page >= pages - 1} onClick={() => onPage(page + 1)}>
        {word('next')}
      </Button>
    </nav>
  );
}

interface BodyProps<T extends { id: string }> {
  table: DataTableProps<T>;
  rows: readonly T[];
  sort: Sort | null;
  onSort: (sort: Sort) => void;
  onAskDelete: (item: T) => void;
}

function TableBody<T extends { id: string }>({
  table,
  rows,
  sort,
  onSort,
  onAskDelete,
}: BodyProps<T>): ReactElement {
  const hasActions = table.rowActions || table.onEdit || table.onDelete;
  return (
    <div className="fb-table-wrap">
      <table className="fb-table">
        <caption className="fb-hidden">{table.label}</caption>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <Head key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
            {hasActions && (
              <th scope="col">
                <span className="fb-hidden">{word('actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((item) => (
            <BodyRow key={item.id} item={item} table={table} onAskDelete={onAskDelete} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/**
 * A sortable, searchable table; rows become cards on a phone. `onDelete` is asked for confirmation first. Its type is
 * that of the whole list, so that stored items and examples of another shape may take turns.
 */
export function DataTable<L extends readonly { id: string }[]>(
  props: Omit<DataTableProps<L[number]>, 'items'> & { items: L },
): ReactElement {
  return <Table<L[number]> {...props} />;
}

function Table<T extends { id: string }>(table: DataTableProps<T>): ReactElement {
  const { items, columns, loading = false, error, onRetry, pageSize = 25 } = table;
  const [search, setSearch] = useState('');
  const [sort, setSort] = useState<Sort | null>(table.initialSort ?? null);
  const [page, setPage] = useState(0);
  const [doomed, setDoomed] = useState<T | null>(null);
  const found = sortRows(searchRows(items, columns, search), columns, sort);
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const shownPage = Math.min(page, pages - 1);
  const rows = found.slice(shownPage * pageSize, (shownPage + 1) * pageSize);
  const hasSearch = table.search !== false && items.length > 0;
  const body = (): ReactElement => {
    if (loading && items.length === 0) return <Loading kind="table" />;
    if (error && items.length === 0) return <ErrorState error={error} {...(onRetry ? { onRetry } : {})} />;
    if (items.length === 0) return <>{table.empty ?? <EmptyState title={word('nothing')} />}</>;
    if (found.length === 0)
      return (
        <EmptyState
          icon={<SearchX size={22} />}
          title={word('noMatch')}
          action={<Button onClick={() => setSearch('')}>{word('clear')}</Button>}
        />
      );
    return <TableBody table={table} rows={rows} sort={sort} onSort={setSort} onAskDelete={setDoomed} />;
  };
  return (
    <div className="fb-data-table">
      {(hasSearch || table.toolbar) && (
        <div className="fb-toolbar">
          {hasSearch && (
            <SearchField
              value={search}
              onChange={(value) => {
                setSearch(value);
                setPage(0);
              }}
              {...(table.searchPlaceholder ? { placeholder: table.searchPlaceholder } : {})}
            />
          )}
          {table.toolbar && <div className="fb-row fb-toolbar-actions">{table.toolbar}</div>}
        </div>
      )}
      {body()}
      {pages > 1 && found.length > 0 && (
        <Pager page={shownPage} pages={pages} total={found.length} onPage={setPage} />
      )}
      <ConfirmDialog
        open={doomed !== null}
        danger
        title={word('confirmDelete')}
        message={[doomed ? nameOf(doomed, table) : '', word('cannotUndo')].filter(Boolean).join(': ')}
        onConfirm={() => doomed && table.onDelete?.(doomed)}
        onClose={() => setDoomed(null)}
      />
    </div>
  );
}
