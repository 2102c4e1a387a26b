// @vitest-environment happy-dom
// What makes a collection dependable: retries with one key, conflicts, pages, many at once, and another reader.
import { act, type ReactElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Collection } from './collection.ts';
import { identityChanged } from './identity.ts';
import type { CollectionOptions } from './list-query.ts';
import { useCollection } from './use-collection.ts';

type Plant = { name: string };
interface Call {
  method: string;
  path: string;
  body: unknown;
  headers: Record<string, string>;
}
type Answer = { status: number; body?: unknown; headers?: Record<string, string> } | 'no network';

const wire = (id: string, name = id, version = 1) => ({
  id,
  data: { name },
  createdAt: 'c',
  updatedAt: 'u',
  version,
  mine: true,
});
const list = (ids: string, next: string | null = null, total = ids.length): Answer => ({
  status: 200,
  body: { items: [...ids].map((id) => wire(id)), total, next },
});

let calls: Call[];
let answers: Answer[];
let root: Root;
let shown: Collection<Plant>;

function App({ options }: { options: CollectionOptions }): ReactElement {
  shown = useCollection<Plant>('plants', options);
  return <output>{shown.items.map((item) => item.name).join('')}</output>;
}

const names = (): string => document.querySelector('output')?.textContent ?? '';
const pass = (milliseconds = 0): Promise<void> =>
  act(async () => {
    await vi.advanceTimersByTimeAsync(milliseconds);
  });

async function show(options: CollectionOptions, ...first: Answer[]): Promise<void> {
  answers.push(...first);
  await act(async () => root.render(<App options={options} />));
  await pass();
}

beforeEach(() => {
  vi.useFakeTimers();
  Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true);
  Reflect.deleteProperty(globalThis, 'EventSource');
  document.body.innerHTML = '<div id="root"></div>';
  calls = [];
  answers = [];
  globalThis.fetch = (async (
    path: string,
    init: { method: string; body?: string; headers: Record<string, string> },
  ) => {
    calls.push({
      method: init.method,
      path,
      body: init.body && JSON.parse(init.body),
      headers: init.headers,
    });
    const answer = answers.shift();
    if (!answer || answer === 'no network') throw new TypeError('Failed to fetch');
    const text = answer.body === undefined ? null : JSON.stringify(answer.body);
    return new Response(text, { status: answer.status, headers: answer.headers ?? {} });
  }) as typeof fetch;
  root = createRoot(document.getElementById('root') as HTMLElement);
});
afterEach(async () => {
  await act(async () => root.unmount());
  vi.useRealTimers();
});

/** Runs a change to its end, over all waits. */
async function run<R>(change: () => Promise<R>): Promise<R | undefined> {
  let result: R | undefined;
  await act(async () => void change().then((value) => (result = value)));
  await pass(20_000);
  return result;
}

test('an add is sent again with the same key while the server is away, and is in the list once', async () => {
  await show({}, list('a'));
  answers.push(
    'no network',
    { status: 503, headers: { 'retry-after': '1' } },
    { status: 201, body: wire('n') },
  );
  expect(await run(() => shown.add({ name: 'n' }))).toMatchObject({ id: 'n', mine: true });
  const keys = calls
    .filter(({ method }) => method === 'POST')
    .map(({ headers }) => headers['idempotency-key']);
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
  expect(names()).toBe('na');
});

test('what is refused is not sent again, and a long wait is told instead', async () => {
  await show({}, list('a'));
  answers.push({ status: 403, body: { code: 'quota_exceeded' } });
  expect(await run(() => shown.add({ name: 'n' }))).toBeNull();
  answers.push({ status: 429, headers: { 'retry-after': '60' } });
  expect(await run(() => shown.add({ name: 'n' }))).toBeNull();
  expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(2);
  expect(names()).toBe('a');
});

test('a deletion whose answer was lost is a deletion', async () => {
  await show({}, list('ab'));
  answers.push('no network', { status: 404, body: { code: 'no_such_document' } });
  expect(await run(() => shown.remove('a'))).toBe(true);
  expect(names()).toBe('b');
});

test('a document that another changed meanwhile is not overwritten: the list is read anew', async () => {
  await show({}, list('ab'));
  answers.push({ status: 412, body: { code: 'version_mismatch' } }, list('xb'));
  expect(await run(() => shown.update('a', { name: 'mine' }, { ifUnchanged: true }))).toBeNull();
  expect(calls[1]).toMatchObject({ method: 'PATCH', headers: { 'if-match': '"1"' } });
  expect(names()).toBe('xb');
});

test('an update that may meet others’ sends no condition', async () => {
  await show({}, list('ab'));
  answers.push({ status: 200, body: wire('a', 'z', 2) });
  await run(() => shown.update('a', { name: 'z' }));
  expect(calls[1]?.headers).not.toHaveProperty('if-match');
  expect(calls[1]?.body).toEqual({ data: { name: 'z' } });
});

test('pages follow each other by cursor, and a refresh keeps as many', async () => {
  await show({ limit: 2 }, list('ab', 'c1', 4));
  expect(shown).toMatchObject({ hasMore: true, total: 4 });
  answers.push(list('cd', null, 4));
  await run(() => shown.loadMore());
  expect(calls[1]?.path).toContain('&cursor=c1');
  expect([names(), shown.hasMore]).toEqual(['abcd', false]);
  answers.push(list('xa', 'c2', 5), list('bc', 'c3', 5), list('d', null, 5));
  await run(() => shown.refresh());
  expect(names()).toBe('xabc');
});

test('many are added and removed in one call each', async () => {
  await show({}, list('a'));
  answers.push({ status: 201, body: { items: [wire('x'), wire('y')] } });
  expect(await run(() => shown.addMany([{ name: 'x' }, { name: 'y' }]))).toHaveLength(2);
  expect(calls[1]).toMatchObject({
    path: expect.stringContaining('/plants/bulk/'),
    body: { documents: [{ data: { name: 'x' } }, { data: { name: 'y' } }] },
  });
  answers.push({ status: 200, body: { deleted: 2 } });
  expect(await run(() => shown.removeMany(['x', 'a']))).toBe(true);
  expect(calls[2]).toMatchObject({
    path: expect.stringContaining('/bulk/delete/'),
    body: { ids: ['x', 'a'] },
  });
  expect(names()).toBe('y');
});

test('a collection that is not read asks for nothing, and adds', async () => {
  await show({ read: false });
  expect([calls.length, shown.loading]).toEqual([0, false]);
  answers.push({ status: 201, body: wire('n') });
  expect(await run(() => shown.add({ name: 'n' }))).toMatchObject({ id: 'n' });
  expect(calls.map(({ method }) => method)).toEqual(['POST']);
});

test('a filter goes to the API as it is', async () => {
  await show({ filter: { name: { $contains: 'a' }, days: { $gte: 3 } } }, list('a'));
  expect(new URL(calls[0]?.path ?? '', 'http://app').searchParams.get('filter')).toBe(
    '{"name":{"$contains":"a"},"days":{"$gte":3}}',
  );
});

test('a list that failed for a passing reason is asked for again by itself', async () => {
  await show({}, { status: 503, body: { code: 'unavailable', detail: 'Away.' } });
  expect(shown.error?.message).toBe('Away.');
  answers.push(list('a'));
  await pass(4_000);
  expect([names(), shown.error]).toEqual(['a', null]);
});

test('who signs in sees another list', async () => {
  await show({}, list('a'));
  answers.push(list('b'));
  await act(async () => identityChanged());
  await pass();
  expect(names()).toBe('b');
});
