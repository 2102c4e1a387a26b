// What a person does to a collection: shown at once, sent with a key or in a form that does no harm twice, taken back
// with a message when the server refuses. 412 means that somebody else was first: the list is read anew.
import { toast } from '../toaster.tsx';
import { word } from '../words.ts';
import { type AppError, toAppError } from './app-error.ts';
import type { Collection, ListRun } from './collection.ts';
import { draftOf, type Item, isWireDocument, toItem, versionOf, type WireDocument } from './document.ts';
import { withDrafts, withItem, withoutItems, withPatch, withRestored, withStored } from './list-state.ts';
import { collectionPath, idempotent, persist } from './request.ts';

type Changes<T> = Pick<Collection<T>, 'add' | 'addMany' | 'update' | 'remove' | 'removeMany'>;

interface Attempt<R> {
  send: () => Promise<R>;
  undo: (error: AppError) => void;
  what: string;
}

/** Runs a change: its effect is shown already, and `undo` takes it back when the server refuses. */
async function attempt<T, R>(run: ListRun<T>, { send, undo, what }: Attempt<R>): Promise<R | null> {
  run.writes += 1;
  run.open += 1;
  try {
    return await send();
  } catch (thrown) {
    const error = toAppError(thrown);
    undo(error);
    toast(`${what} ${error.message}`, { tone: 'danger' });
    if (error.status === 412) run.reload();
    return null;
  } finally {
    run.open -= 1;
  }
}

/** A deletion that had arrived before its answer was lost is a deletion. */
async function erase(path: string, options: { method: string; body?: unknown }): Promise<true> {
  try {
    await persist<unknown>(path, options);
  } catch (thrown) {
    const repeated = typeof thrown === 'object' && thrown !== null && 'tries' in thrown && thrown.tries !== 1;
    if (!(repeated && toAppError(thrown).status === 404)) throw thrown;
  }
  return true;
}

const storedOf = (body: unknown): WireDocument[] => {
  const items = typeof body === 'object' && body !== null && 'items' in body ? body.items : [];
  return Array.isArray(items) ? items.filter(isWireDocument) : [];
};

function adding<T extends object>(run: ListRun<T>): Pick<Changes<T>, 'add' | 'addMany'> {
  const show = (drafts: readonly Item<T>[]): void =>
    run.set((now) => withDrafts(now, drafts, run.order.plain && !run.order.newestFirst));
  const hide =
    (drafts: readonly Item<T>[]) =>
    (error: AppError): void =>
      run.set((now) => ({
        ...withoutItems(
          now,
          drafts.map(({ id }) => id),
        ),
        error,
      }));
  // Its place among others that are ordered or chosen otherwise is the server's to say.
  const settle = (drafts: readonly Item<T>[], stored: readonly Item<T>[]): void => {
    run.set((now) =>
      drafts.reduce((list, draft, i) => (stored[i] ? withStored(list, draft.id, stored[i]) : list), now),
    );
    if (!run.order.plain) run.reload();
  };
  return {
    async add(data) {
      const draft = draftOf(data);
      show([draft]);
      const made = await attempt(run, {
        send: () =>
          persist<WireDocument>(collectionPath(run.name), {
            method: 'POST',
            body: { data },
            headers: idempotent(),
          }),
        undo: hide([draft]),
        what: word('notSaved'),
      });
      if (!made) return null;
      const stored = toItem<T>(made.body);
      settle([draft], [stored]);
      return stored;
    },
    async addMany(data) {
      const drafts = data.map(draftOf);
      show(drafts);
      const made = await attempt(run, {
        send: () =>
          persist<unknown>(`${collectionPath(run.name)}bulk/`, {
            method: 'POST',
            body: { documents: data.map((one) => ({ data: one })) },
            headers: idempotent(),
          }),
        undo: hide(drafts),
        what: word('notSaved'),
      });
      if (!made) return null;
      const stored = storedOf(made.body).map((one) => toItem<T>(one));
      settle(drafts, stored);
      return stored;
    },
  };
}

function removing<T extends object>(run: ListRun<T>): Pick<Changes<T>, 'remove' | 'removeMany'> {
  const removeAll = async (ids: readonly string[], send: () => Promise<true>): Promise<boolean> => {
    const before = run.state().items;
    for (const id of ids) run.removed.add(id);
    run.set((now) => withoutItems(now, ids));
    const gone = await attempt(run, {
      send,
      undo: (error) => {
        for (const id of ids) run.removed.delete(id);
        run.set((now) => ({ ...withRestored(now, before, ids), error }));
      },
      what: word('notDeleted'),
    });
    return gone ?? false;
  };
  return {
    remove: (id) => removeAll([id], () => erase(collectionPath(run.name, id), { method: 'DELETE' })),
    removeMany: (ids) =>
      removeAll(ids, () =>
        erase(`${collectionPath(run.name)}bulk/delete/`, { method: 'POST', body: { ids } }),
      ),
  };
}

/** The changes of a list. */
export function makeChanges<T extends object>(run: ListRun<T>): Changes<T> {
  return {
    ...adding(run),
    ...removing(run),
    async update(id, patch, options = {}) {
      const before = run.state().items.find((one) => one.id === id);
      run.set((now) => withPatch(now, id, patch));
      const version = before && options.ifUnchanged ? versionOf(before) : undefined;
      const made = await attempt(run, {
        send: () =>
          persist<WireDocument>(collectionPath(run.name, id), {
            method: 'PATCH',
            body: { data: patch },
            ...(version === undefined ? {} : { headers: { 'if-match': `"${version}"` } }),
          }),
        undo: (error) => run.set((now) => ({ ...(before ? withItem(now, before) : now), error })),
        what: word('notSaved'),
      });
      if (!made) return null;
      const stored = toItem<T>(made.body);
      run.set((now) => withItem(now, stored));
      if (!run.order.plain) run.reload();
      return stored;
    },
  };
}
