// @vitest-environment happy-dom
// A collection changes at once and is made true afterwards; a refusal takes the change back and says so in words.
import { act, type ReactElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Toaster } from '../toaster.tsx';
import type { Collection } from './collection.ts';
import { listQuery } from './list-query.ts';
import { useCollection } from './use-collection.ts';

interface Plant {
  name: string;
}
interface Call {
  method: string;
  path: string;
  body: unknown;
  answer: (status: number, body?: unknown) => Promise<void>;
}

const wire = (id: string, name: string) => ({
  id,
  data: { name },
  createdAt: 'c',
  updatedAt: 'u',
  version: 1,
  mine: true,
});
const list = (...items: unknown[]) => ({ items, total: items.length, limit: 500, offset: 0 });

let calls: Call[];
let root: Root;
let shown: Collection<Plant>;

function App(): ReactElement {
  shown = useCollection<Plant>('plants');
  return <output>{shown.items.map((item) => item.name).join()}</output>;
}

async function flush(): Promise<void> {
  await act(async () => {
    for (let i = 0; i < 5; i++) await Promise.resolve();
  });
}

beforeEach(async () => {
  calls = [];
  Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true);
  document.head.innerHTML = '<meta name="faibric-app" content="k3x9q2">';
  document.body.innerHTML = '<div id="root"></div>';
  globalThis.fetch = ((path: string, init: { method: string; body?: string }) =>
    new Promise((resolve) => {
      const answer = async (status: number, body?: unknown): Promise<void> => {
        await act(async () =>
          resolve(new Response(body === undefined ? null : JSON.stringify(body), { status })),
        );
        await flush();
      };
      calls.push({ method: init.method, path, body: init.body ? JSON.parse(init.body) : undefined, answer });
    })) as typeof fetch;
  root = createRoot(document.getElementById('root') as HTMLElement);
  await act(async () =>
    root.render(
      <>
        <App />
        <Toaster />
      </>,
    ),
  );
});
afterEach(async () => act(async () => root.unmount()));

const text = (): string => document.querySelector('output')?.textContent ?? '';
const messages = (): string => document.querySelector('.fb-toaster')?.textContent ?? '';

describe('a collection', () => {
  test('lists by the id of the page and is loading until the answer is there', async () => {
    expect(shown.loading).toBe(true);
    expect(calls[0]?.path).toBe('/api/v1/db/k3x9q2/plants/?limit=500&order_by=-created_at');
    await calls[0]?.answer(200, list(wire('1', 'Basil')));
    expect(shown).toMatchObject({ loading: false, error: null, total: 1 });
    expect(shown.items[0]).toEqual({ id: '1', createdAt: 'c', updatedAt: 'u', mine: true, name: 'Basil' });
  });

  test('shows an added document before the server has answered, then the server’s own', async () => {
    await calls[0]?.answer(200, list());
    let added: unknown;
    await act(async () => void shown.add({ name: 'Mint' }).then((item) => (added = item)));
    expect(text()).toBe('Mint');
    expect(calls[1]).toMatchObject({
      method: 'POST',
      path: '/api/v1/db/k3x9q2/plants/',
      body: { data: { name: 'Mint' } },
    });
    await calls[1]?.answer(201, wire('9', 'Mint'));
    expect(shown.items.map((item) => item.id)).toEqual(['9']);
    expect(added).toMatchObject({ id: '9' });
  });

  test.each([
    ['add', () => shown.add({ name: 'Mint' }), 'Mint,Basil,Aloe'],
    ['update', () => shown.update('1', { name: 'Mint' }), 'Mint,Aloe'],
    ['remove', () => shown.remove('1'), 'Aloe'],
  ])('takes %s back when the server refuses, and says why', async (_name, change, meanwhile) => {
    await calls[0]?.answer(200, list(wire('1', 'Basil'), wire('2', 'Aloe')));
    let result: unknown;
    await act(async () => void change().then((value) => (result = value)));
    expect(text()).toBe(meanwhile);
    await calls[1]?.answer(403, {
      code: 'quota_exceeded',
      title: 'Full',
      detail: 'This app has no room left.',
    });
    expect(text()).toBe('Basil,Aloe');
    expect(messages()).toContain('This app has no room left.');
    expect(shown.error).toMatchObject({ code: 'quota_exceeded', status: 403 });
    expect(result === null || result === false).toBe(true);
  });

  test('a list asked for before a change does not undo it', async () => {
    await calls[0]?.answer(200, list());
    await act(async () => void shown.refresh());
    await act(async () => void shown.add({ name: 'Mint' }));
    await calls[1]?.answer(200, list());
    expect(text()).toBe('Mint');
  });

  test('a server that is down is an error in words, and what was shown stays', async () => {
    await calls[0]?.answer(200, list(wire('1', 'Basil')));
    await act(async () => void shown.refresh());
    await calls[1]?.answer(502, 'Bad gateway');
    expect(text()).toBe('Basil');
    expect(shown.error?.message).toMatch(/server has a problem/);
  });
});

test.each([
  [{}, 'limit=500&order_by=-created_at'],
  [{ orderBy: 'name', limit: 5 }, 'limit=5&order_by=name'],
  [{ orderBy: '-updatedAt' }, 'limit=500&order_by=-updated_at'],
  [{ filter: { done: false } }, 'limit=500&order_by=-created_at&filter=%7B%22done%22%3Afalse%7D'],
])('options %j ask for %s', (options, query) => expect(listQuery(options)).toBe(query));
