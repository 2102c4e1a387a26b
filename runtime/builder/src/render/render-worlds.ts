// Mounts the app once in each world and watches: a throw that nothing of the app catches is a finding, and so is a page
// with nothing on it. Rejected promises and console messages are not: the app still works, or says so itself.
import { stubAnswer, type World } from './stub-api.ts';

/** What went wrong, with the error it came from. */
export interface RenderFinding {
  code: string;
  message: string;
  error?: unknown;
}

/** The parts of the mounted page that this needs. */
export interface Page {
  document: Document;
  mount: (component: unknown) => { unmount(): void };
  App: unknown;
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

const WORDS: Readonly<Record<World, string>> = {
  empty: 'with empty collections',
  member: 'with somebody signed in and empty collections',
  filled: 'with a document that lacks every field',
  failing: 'when the API does not answer',
};

/** A fetch that answers for the platform, and like a browser under our policy for everything else. */
function makeFetch(world: World, count: (path: string) => void) {
  return async (input: unknown, init?: { body?: unknown }): Promise<Response> => {
    const address = new URL(
      typeof input === 'object' && input !== null && 'url' in input ? String(input.url) : String(input),
      'http://app.localhost/',
    );
    count(address.pathname);
    if (address.hostname !== 'app.localhost') throw new TypeError('Failed to fetch');
    const text = typeof init?.body === 'string' ? init.body : '{}';
    const body: unknown = JSON.parse(text);
    const { status, body: answer } = stubAnswer(world, address.pathname, body);
    return new Response(JSON.stringify(answer), { status, headers: { 'content-type': 'application/json' } });
  };
}

/** Waits until the app has rendered something and asks for nothing more; at most `turns` turns of the event loop. */
async function settle(root: Element, fetches: () => number): Promise<void> {
  let before = -1;
  for (let i = 0; i < 40; i++) {
    await turn();
    if (i > 6 && fetches() === before && !isBlank(root)) return;
    before = fetches();
    if (i > 20) await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function isBlank(root: Element): boolean {
  if ((root.textContent ?? '').trim() !== '') return false;
  return root.querySelector('img,svg,canvas,input,button,textarea,select,video,progress,meter') === null;
}

/** What an app asked for in all worlds so far. */
type Asked = Set<string>;

async function renderIn(world: World, page: Page, asked: Asked): Promise<RenderFinding[]> {
  const findings: RenderFinding[] = [];
  let fetches = 0;
  globalThis.fetch = makeFetch(world, (path) => {
    fetches += 1;
    asked.add(path);
  }) as typeof fetch;
  const root = page.document.createElement('div');
  root.id = 'root';
  page.document.body.replaceChildren(root);
  const note = (error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error);
    findings.push({ code: 'render_error', message: `${message} (${WORDS[world]})`, error });
  };
  const onCrash = (event: Event): void => note((event as CustomEvent<unknown>).detail);
  page.document.addEventListener('faibric:crash', onCrash);
  try {
    const mounted = page.mount(page.App);
    await settle(root, () => fetches);
    if (findings.length === 0 && isBlank(root))
      findings.push({ code: 'render_blank', message: `The app shows nothing (${WORDS[world]}).` });
    mounted.unmount();
  } catch (error) {
    note(error);
  }
  page.document.removeEventListener('faibric:crash', onCrash);
  return findings;
}

/** Renders in every world, until one has findings. Only an app that asks who is signed in is shown to a member. */
export async function renderWorlds(page: Page): Promise<RenderFinding[]> {
  const asked: Asked = new Set();
  for (const world of ['empty', 'member', 'filled', 'failing'] as const) {
    if (world === 'member' && !asked.has('/api/app-auth/me/')) continue;
    const findings = await renderIn(world, page, asked);
    if (findings.length > 0) return findings;
  }
  return [];
}
