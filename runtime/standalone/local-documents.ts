// The Database API in this browser: documents of an exported app, kept in localStorage. Same answers as the platform's,
// as far as the SDK and plain fetch of an app can tell; there is one visitor, so every document is `mine`.

/** A document as the API sends it. */
export interface LocalDocument {
  id: string;
  data: Record<string, unknown>;
  createdAt: string;
  updatedAt: string;
  version: number;
  mine: true;
}

/** What happened to a document. */
export type LocalChange = 'created' | 'updated' | 'deleted';

type Test = (value: unknown, wanted: unknown) => boolean;

const PREFIX = 'faibric:documents:';
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const lower = (value: unknown): string => String(value).toLowerCase();
const same = (a: unknown, b: unknown): boolean => (a ?? null) === (b ?? null);
const before = (a: unknown, b: unknown): boolean =>
  typeof a === typeof b && (typeof a === 'number' || typeof a === 'string') && a < (b as typeof a);
const listed = (value: unknown, wanted: unknown): boolean =>
  Array.isArray(wanted) && wanted.some((one) => same(value, one));
const holds: Test = (value, wanted) =>
  Array.isArray(value) ? value.some((one) => same(one, wanted)) : lower(value ?? '').includes(lower(wanted));

const OPERATORS: Readonly<Record<string, Test>> = {
  $eq: same,
  $ne: (value, wanted) => !same(value, wanted),
  $gt: (value, wanted) => before(wanted, value),
  $gte: (value, wanted) => before(wanted, value) || same(value, wanted),
  $lt: before,
  $lte: (value, wanted) => before(value, wanted) || same(value, wanted),
  $in: listed,
  $nin: (value, wanted) => !listed(value, wanted),
  $contains: holds,
  $search: (value, wanted) => lower(value ?? '').includes(lower(wanted)),
  $exists: (value, wanted) => (value !== undefined) === wanted,
};

function fieldMatches(value: unknown, wanted: unknown): boolean {
  if (!isObject(wanted)) return same(value, wanted);
  return Object.entries(wanted).every(([name, operand]) => OPERATORS[name]?.(value, operand) ?? false);
}

/** Whether a document's fields fit a filter of the Database API. */
export function matches(data: Readonly<Record<string, unknown>>, filter: unknown): boolean {
  if (!isObject(filter)) return true;
  return Object.entries(filter).every(([name, wanted]) => {
    if (name === '$and') return Array.isArray(wanted) && wanted.every((one) => matches(data, one));
    if (name === '$or') return Array.isArray(wanted) && wanted.some((one) => matches(data, one));
    if (name === '$search') return Object.values(data).some((value) => lower(value).includes(lower(wanted)));
    return fieldMatches(data[name], wanted);
  });
}

const fieldOf = (one: LocalDocument, field: string): unknown => {
  if (field === 'created_at') return one.createdAt;
  return field === 'updated_at' ? one.updatedAt : one.data[field];
};

/** Documents without the field come last, whatever the direction, as on the platform. */
function compare(a: unknown, b: unknown, sign: number): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return same(a, b) ? 0 : before(a, b) ? -sign : sign;
}

function ordered(documents: LocalDocument[], orderBy: string): LocalDocument[] {
  const keys = orderBy
    .split(',')
    .map((key) => ({ field: key.replace(/^-/, ''), sign: key.startsWith('-') ? -1 : 1 }));
  return documents.sort((a, b) => {
    for (const { field, sign } of keys) {
      const order = compare(fieldOf(a, field), fieldOf(b, field), sign);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** One collection of the app. */
export class LocalCollection {
  readonly #key: string;
  readonly #tell: (change: LocalChange, document: LocalDocument) => void;

  constructor(name: string, tell: (change: LocalChange, document: LocalDocument) => void) {
    this.#key = PREFIX + name;
    this.#tell = tell;
  }

  #read(): LocalDocument[] {
    const found: unknown = JSON.parse(localStorage.getItem(this.#key) ?? '[]');
    return Array.isArray(found) ? (found as LocalDocument[]) : [];
  }

  #write(documents: LocalDocument[]): void {
    localStorage.setItem(this.#key, JSON.stringify(documents));
  }

  #matching(query: URLSearchParams): LocalDocument[] {
    const filter: unknown = JSON.parse(query.get('filter') ?? 'null');
    return this.#read().filter(({ data }) => matches(data, filter));
  }

  list(query: URLSearchParams): object {
    const all = ordered(this.#matching(query), query.get('order_by') ?? '-created_at');
    const limit = Math.min(500, Number(query.get('limit') ?? 100));
    const offset = Number(query.get('cursor') ?? query.get('offset') ?? 0);
    const items = all.slice(offset, offset + limit);
    const end = offset + items.length;
    return { items, total: all.length, limit, offset, next: end < all.length ? String(end) : null };
  }

  count(query: URLSearchParams): object {
    return { count: this.#matching(query).length };
  }

  get(id: string): LocalDocument | undefined {
    return this.#read().find((one) => one.id === id);
  }

  create(data: Record<string, unknown>): LocalDocument {
    const now = new Date().toISOString();
    const made: LocalDocument = {
      id: crypto.randomUUID(),
      data,
      createdAt: now,
      updatedAt: now,
      version: 1,
      mine: true,
    };
    this.#write([...this.#read(), made]);
    this.#tell('created', made);
    return made;
  }

  update(id: string, data: Record<string, unknown>, merge: boolean): LocalDocument | undefined {
    const all = this.#read();
    const found = all.find((one) => one.id === id);
    if (!found) return undefined;
    found.data = merge ? { ...found.data, ...data } : data;
    found.updatedAt = new Date().toISOString();
    found.version += 1;
    this.#write(all);
    this.#tell('updated', found);
    return found;
  }

  remove(id: string): boolean {
    const all = this.#read();
    const found = all.find((one) => one.id === id);
    if (!found) return false;
    this.#write(all.filter((one) => one !== found));
    this.#tell('deleted', found);
    return true;
  }
}
