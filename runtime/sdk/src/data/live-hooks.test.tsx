// @vitest-environment happy-dom
// The Gateway's answers, a document and a tally: what is shown while another answer is on its way, fails, or is asked twice.
import { act, type ReactElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type DocumentState, useDocument } from './use-document.ts';
import { type GatewayRequest, type GatewayState, useGateway } from './use-gateway.ts';
import { type Tally, useTally } from './use-tally.ts';

type Answer = { status: number; body?: unknown };
let calls: { method: string; path: string; body: string | undefined }[];
let answers: Answer[];
let root: Root;

let seen: GatewayState<number>[];
function Price({ ask, refreshMs = 0 }: { ask: GatewayRequest | null; refreshMs?: number }): ReactElement {
  const state = useGateway<number>(ask, { refreshMs });
  seen.push(state);
  return <output>{state.data}</output>;
}

let profile: DocumentState<{ nick: string }>;
function Profile(): ReactElement {
  profile = useDocument<{ nick: string }>('profiles', 'p1');
  return <output>{profile.item?.nick}</output>;
}

let tally: Tally | undefined;
function Poll(): ReactElement {
  tally = useTally('votes', 'choice', ['Tabs', 'Spaces']);
  return <output>{tally.total}</output>;
}

const pass = (milliseconds = 0): Promise<void> =>
  act(async () => {
    await vi.advanceTimersByTimeAsync(milliseconds);
  });
const render = async (element: ReactElement): Promise<void> => {
  await act(async () => root.render(element));
  await pass();
};

beforeEach(() => {
  vi.useFakeTimers();
  Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true);
  Reflect.deleteProperty(globalThis, 'EventSource');
  document.body.innerHTML = '<div id="root"></div>';
  calls = [];
  answers = [];
  globalThis.fetch = (async (path: string, init: { method: string; body?: string }) => {
    calls.push({ method: init.method, path, body: init.body });
    const answer = answers.shift();
    if (!answer) throw new TypeError('Failed to fetch');
    return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), {
      status: answer.status,
    });
  }) as typeof fetch;
  root = createRoot(document.getElementById('root') as HTMLElement);
});
afterEach(async () => {
  await act(async () => root.unmount());
  vi.useRealTimers();
});

describe('the Gateway', () => {
  const last = (): GatewayState<number> | undefined => seen.at(-1);
  const of = (symbol: string): GatewayRequest => ({ service: 'prices', symbol });
  const answer = (data: number, more = {}): Answer => ({
    status: 200,
    body: { service: 'prices', action: 'quote', data, fetchedAt: `t${data}`, cached: false, ...more },
  });
  beforeEach(() => {
    seen = [];
  });

  test('tells sample and stale values, and when they were fetched', async () => {
    answers.push(answer(7, { sample: true, stale: true }));
    await render(<Price ask={of('A')} />);
    expect(seen[0]).toMatchObject({ data: null, loading: true });
    expect(last()).toMatchObject({ data: 7, loading: false, sample: true, stale: true, fetchedAt: 't7' });
  });

  test('two parts of a page that ask the same ask once', async () => {
    answers.push(answer(1));
    await render(
      <>
        <Price ask={of('B')} />
        <Price ask={of('B')} />
      </>,
    );
    expect(calls).toHaveLength(1);
    expect(document.body.textContent).toBe('11');
  });

  test('another question shows no old answer; the first one again shows it at once and asks anew', async () => {
    answers.push(answer(1));
    await render(<Price ask={of('C')} />);
    await render(<Price ask={of('D')} />);
    expect(last()).toMatchObject({ data: null, error: { code: 'unreachable' } });
    seen = [];
    answers.push(answer(2));
    await render(<Price ask={of('C')} />);
    expect(
      seen
        .map(({ data }) => data)
        .filter((data) => data !== null)
        .at(0),
    ).toBe(1);
    expect(last()).toMatchObject({ data: 2, loading: false });
  });

  test('a refresh that fails leaves the values, says so, and is tried again', async () => {
    answers.push(answer(1), { status: 502, body: { code: 'upstream_unreachable', detail: 'Away.' } });
    await render(<Price ask={of('E')} refreshMs={5_000} />);
    await pass(5_000);
    expect(last()).toMatchObject({ data: 1, stale: true, error: { message: 'Away.' } });
    answers.push(answer(3));
    await pass(3_500);
    expect(last()).toMatchObject({ data: 3, stale: false, error: null });
  });

  test('a question of null waits', async () => {
    await render(<Price ask={null} />);
    expect([calls.length, last()?.loading]).toEqual([0, false]);
  });
});

describe('a document', () => {
  const wire = (nick: string, version: number) => ({ id: 'p1', data: { nick }, version, mine: true });

  test('that is not there is no error', async () => {
    answers.push({ status: 404, body: { code: 'no_such_document' } });
    await render(<Profile />);
    expect(profile).toMatchObject({ item: null, loading: false, error: null });
  });

  test('is profile changed at once, and taken back when another was faster', async () => {
    answers.push({ status: 200, body: wire('Ada', 3) }, { status: 412, body: { code: 'version_mismatch' } });
    answers.push({ status: 200, body: wire('Cleo', 4) });
    await render(<Profile />);
    let saved: unknown;
    await act(
      async () => void profile.save({ nick: 'Bea' }, { ifUnchanged: true }).then((item) => (saved = item)),
    );
    await pass();
    expect(saved).toBeNull();
    expect(document.body.textContent).toContain('Cleo');
  });

  test('that is gone already counts as removed', async () => {
    answers.push({ status: 200, body: wire('Ada', 3) }, { status: 404, body: {} });
    await render(<Profile />);
    let gone: unknown;
    await act(async () => void profile.remove().then((value) => (gone = value)));
    await pass();
    expect([gone, profile.item, profile.error]).toEqual([true, null, null]);
  });
});

test('a tally counts on the server, each value by its own question', async () => {
  answers.push({ status: 200, body: { count: 700 } }, { status: 200, body: { count: 2 } });
  await render(<Poll />);
  expect(tally).toMatchObject({ counts: { Tabs: 700, Spaces: 2 }, total: 702, loading: false });
  expect(calls.map(({ path }) => new URL(path, 'http://a').searchParams.get('filter'))).toEqual([
    '{"choice":"Tabs"}',
    '{"choice":"Spaces"}',
  ]);
});
