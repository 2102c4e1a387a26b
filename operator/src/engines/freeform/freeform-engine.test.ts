// The freeform engine against a server that speaks the protocol and misbehaves by script. Every case says how it ends and
// how many calls it made: claims F6, F7, F8, F10.
import { afterEach, expect, test } from 'vitest';
import { DEFAULT_SCRIPT } from '../../../../hack/model-server/default-script.ts';
import { type ModelServer, startModelServer } from '../../../../hack/model-server/model-server.ts';
import type { Script } from '../../../../hack/model-server/script.ts';
import { createModel } from '../../adapters/model.ts';
import { checkSource } from '../../codegen/checks/check-source.ts';
import { builtinEngine } from '../builtin-engine.ts';
import type { Analysis, EngineIo, GenerateInput } from '../engine.ts';
import { makeEngines } from '../engines.ts';

const servers: ModelServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function engineAt(script: Script) {
  const server = await startModelServer(script);
  servers.push(server);
  // Short only where the server falls silent on purpose: this machine may be busy.
  const idleMs = script.steps.some((one) => one.stallAfter !== undefined) ? 150 : 20_000;
  const model = createModel({ apiKey: 'test-key', baseUrl: server.baseUrl, idleMs, totalMs: 20_000 });
  return { server, engine: makeEngines(model).freeform, blueprint: makeEngines(model).blueprint };
}

const io = (more: Partial<EngineIo> = {}): EngineIo => ({ signal: new AbortController().signal, ...more });
const PROMPT = 'a guest book';

async function anAnalysis(): Promise<Analysis> {
  const outcome = await builtinEngine.analyze({ prompt: PROMPT, changes: [], appId: 'a1' }, io());
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
}
const anInput = async (more: Partial<GenerateInput> = {}): Promise<GenerateInput> => ({
  prompt: PROMPT,
  changes: [],
  appId: 'a1',
  analysis: await anAnalysis(),
  ...more,
});

const APP = '<file path="src/App.tsx">\nexport default function App() {\n  return <p>hi</p>;\n}\n</file>\n';

test('plans and writes an app that passes the static checks', async () => {
  const { engine, server } = await engineAt(DEFAULT_SCRIPT);
  const files: string[] = [];
  const shown = new Map<string, string>();
  const plan = await engine.analyze({ prompt: PROMPT, changes: [], appId: 'a1' }, io());
  if (!plan.ok) throw new Error(plan.message);
  const code = await engine.generate(
    await anInput({ analysis: plan.value }),
    io({
      onProgress: ({ file }) => void (file && files.push(file)),
      onCode: ({ path, offset, text }) => shown.set(path, (shown.get(path) ?? '').slice(0, offset) + text),
    }),
  );
  if (!code.ok) throw new Error(code.message);
  expect(plan.value).toMatchObject({ engine: 'freeform', title: 'Guest book', collections: ['greetings'] });
  expect(plan.value.blueprint.theme.primary).toBe('#0f766e');
  expect(checkSource(code.value).diagnostics).toEqual([]);
  expect(files).toEqual(['src/App.tsx', 'src/sections/greetings.tsx']);
  // What was shown while it came is what was written.
  expect(Object.fromEntries(shown)).toEqual(code.value);
  expect(code.tokens).toMatchObject({ calls: 1 });
  expect(code.tokens.estimated).toBeUndefined();
  expect(server.asked).toHaveLength(2);
});

test.each<[claim: string, steps: Script['steps'], expected: object, calls: number]>([
  ['F10: a refused key ends at once', [{ status: 401 }], { reason: 'LLMUnauthorized', retriable: false }, 1],
  [
    'F10: a forbidden key ends at once',
    [{ status: 403 }],
    { reason: 'LLMUnauthorized', retriable: false },
    1,
  ],
  [
    'F6: 429 is not tried again here, and says when',
    [{ status: 429, headers: { 'retry-after': '7' } }],
    { reason: 'LLMRateLimited', retriable: true, retryAfterSeconds: 7 },
    1,
  ],
  [
    'F6: a pause of a day is capped at an hour',
    [{ status: 429, headers: { 'retry-after': '86400' } }],
    { reason: 'LLMRateLimited', retryAfterSeconds: 3600 },
    1,
  ],
  ['F6: 500', [{ status: 500 }], { reason: 'LLMUnavailable', retriable: true }, 1],
  ['F6: 503', [{ status: 503 }], { reason: 'LLMUnavailable', retriable: true }, 1],
  ['F6: 529', [{ status: 529 }], { reason: 'LLMUnavailable', retriable: true }, 1],
  ['F7: no answer at all', [{ stallAfter: 0 }], { reason: 'LLMTimeout', retriable: true }, 1],
  ['F7: stalls in the middle', [{ text: APP, stallAfter: 1 }], { reason: 'LLMTimeout', retriable: true }, 1],
  [
    'F7: the connection breaks in the middle',
    [{ text: APP, disconnectAfter: 1 }],
    { reason: 'LLMUnavailable', retriable: true },
    1,
  ],
  ['F8: a refusal', [{ refusal: 'I cannot' }], { reason: 'LLMRefused', retriable: false }, 1],
  ['F8: a content filter', [{ text: 'x', finish: 'content_filter' }], { reason: 'LLMRefused' }, 1],
  ['F8: an empty answer', [{ text: ' ' }], { reason: 'LLMInvalid', retriable: true }, 1],
  ['F8: HTML instead of the protocol', [{ body: '<html>hello</html>' }], { reason: 'LLMInvalid' }, 1],
  ['F8: prose without files, three times', [{ text: 'Sure! Here you go.' }], { reason: 'LLMInvalid' }, 3],
  [
    'F8: always cut, never closed by guessing',
    [{ text: '<file path="src/App.tsx">\nexport default', finish: 'length' }],
    { reason: 'LLMTruncated', retriable: false },
    3,
  ],
  ['F8: a file without its end', [{ text: '<file path="src/App.tsx">\nx' }], { reason: 'LLMInvalid' }, 3],
  [
    'a path outside of src',
    [{ text: APP.replace('src/App.tsx', '../../etc/passwd') }],
    { reason: 'LLMInvalid' },
    3,
  ],
  [
    'a file shortened by a comment',
    [{ text: APP.replace('hi', '{/* ... rest of the code stays the same */}') }],
    { reason: 'LLMInvalid' },
    3,
  ],
])('%s', async (_claim, steps, expected, calls) => {
  const { engine, server } = await engineAt({ steps });
  const outcome = await engine.generate(await anInput(), io());
  expect(outcome).toMatchObject({ ok: false, ...expected });
  expect(outcome.tokens.calls).toBe(calls);
  expect(server.asked).toHaveLength(calls);
});

test('a dead server is LLMUnavailable, without the key in the message', async () => {
  const model = createModel({ apiKey: 'sk-very-secret-key', baseUrl: 'http://127.0.0.1:9/v1' });
  const outcome = await makeEngines(model).freeform.generate(await anInput(), io());
  expect(outcome).toMatchObject({ ok: false, reason: 'LLMUnavailable', retriable: true });
  expect(JSON.stringify(outcome)).not.toContain('secret');
});

test('a cut answer is continued at the character where it stopped', async () => {
  const [first, second] = [APP.slice(0, 47), APP.slice(47)];
  const { engine } = await engineAt({ steps: [{ text: first, finish: 'length' }, { text: second }] });
  const outcome = await engine.generate(await anInput(), io());
  expect(outcome).toMatchObject({ ok: true, tokens: { calls: 2 } });
  if (outcome.ok) expect(outcome.value['src/App.tsx']).toContain('return <p>hi</p>;');
});

test('an answer that cannot be used is answered with the reason, and the next one counts', async () => {
  const { engine, server } = await engineAt({ steps: [{ text: 'Sure!' }, { text: APP }] });
  expect(await engine.generate(await anInput(), io())).toMatchObject({ ok: true, tokens: { calls: 2 } });
  expect(server.asked[1]?.messages.at(-1)?.content).toContain('<file path');
});

test('the plan tells the writer the rules of each collection', async () => {
  const { engine, server } = await engineAt({ steps: [{ text: APP }] });
  await engine.generate(await anInput(), io());
  expect(server.asked[0]?.messages.at(-1)?.content).toContain(
    'collection entries: name (text), message (longtext); rules: read anyone, create anyone, update visitor, delete visitor',
  );
});

test('a change plans anew, and the rules of what is there stay unless it speaks of them', async () => {
  const wished = { prompt: 'a todo list', appId: 'a1' };
  const first = await builtinEngine.analyze({ ...wished, changes: [] }, io());
  if (!first.ok) throw new Error(first.message);
  const things = (names: string[]) =>
    names.map((name) => ({
      singular: name.slice(0, -1),
      plural: name,
      view: 'table',
      fields: [{ label: 'Title', type: 'text', options: [], unit: '' }],
    }));
  const empty = { stocks: [], coins: [], cities: [], limited: [], chart: false, dark: false };
  const answer = { title: 'T', tagline: '', language: 'en', color: '', background: '', ...empty };
  const rulesAfter = async (change: string) => {
    const text = JSON.stringify({ ...answer, things: things(['tasks', 'greetings']) });
    const { blueprint } = await engineAt({ steps: [{ text }] });
    const changes = [{ id: 'c1', prompt: change }];
    const outcome = await blueprint.analyze(
      { ...wished, changes, previous: { analysis: first.value, files: {} } },
      io(),
    );
    if (!outcome.ok) throw new Error(outcome.message);
    return outcome.value.blueprint.collections.map(
      ({ name, access }) => `${name} ${access.read} ${access.create}`,
    );
  };
  expect(await rulesAfter('add a guest book where visitors leave greetings')).toEqual([
    'tasks visitor visitor',
    'greetings anyone anyone',
  ]);
  expect((await rulesAfter('add a login'))[0]).toBe('tasks visitor user');
});

test('a change keeps the files that the answer does not name', async () => {
  const { engine } = await engineAt({ steps: [{ text: APP }] });
  const previous = { analysis: await anAnalysis(), files: { 'src/App.tsx': 'old', 'src/other.ts': 'kept' } };
  const changes = [{ id: 'c1', prompt: 'say hi' }];
  const outcome = await engine.generate(await anInput({ changes, previous }), io());
  if (!outcome.ok) throw new Error(outcome.message);
  expect(Object.keys(outcome.value).sort()).toEqual(['src/App.tsx', 'src/other.ts']);
  expect(outcome.value['src/App.tsx']).toContain('hi');
});

test('a repair shows the model the files and the findings', async () => {
  const { engine, server } = await engineAt({ steps: [{ text: APP }] });
  const diagnostics = [
    { check: 'types' as const, code: 'TS1', message: 'no such name', file: 'src/a.tsx', line: 3 },
  ];
  const outcome = await engine.generate(
    await anInput({ rejected: { 'src/a.tsx': 'bad' }, diagnostics }),
    io(),
  );
  expect(outcome.ok).toBe(true);
  expect(server.asked[0]?.messages.at(-1)?.content).toContain('src/a.tsx:3: no such name');
});

test('no call is made that could pass the budget', async () => {
  const { engine, server } = await engineAt(DEFAULT_SCRIPT);
  const outcome = await engine.generate(await anInput(), io({ tokensLeft: 500 }));
  expect(outcome).toMatchObject({ ok: false, reason: 'BudgetExceeded', retriable: false });
  expect(server.asked).toHaveLength(0);
});

test('cancelling ends the call', async () => {
  const { engine } = await engineAt({ steps: [{ stallAfter: 0 }] });
  const controller = new AbortController();
  const running = engine.generate(await anInput(), io({ signal: controller.signal }));
  controller.abort();
  expect(await running).toMatchObject({ ok: false, reason: 'Cancelled' });
});

test('without figures from the server the tokens are estimated, and marked so', async () => {
  const { engine } = await engineAt({ steps: [{ text: APP, noUsage: true }] });
  const outcome = await engine.generate(await anInput(), io());
  expect(outcome.tokens.estimated).toBe(true);
  expect(outcome.tokens.input).toBeGreaterThan(500);
});

const PLAN = DEFAULT_SCRIPT.steps[0]?.text ?? '';

test.each<[what: string, steps: Script['steps'], calls: number]>([
  ['bare JSON', [{ text: PLAN }], 1],
  ['JSON in a fence', [{ text: `\`\`\`json\n${PLAN}\n\`\`\`` }], 1],
  ['JSON with talk around it', [{ text: `Sure, here is the plan: ${PLAN} Enjoy!` }], 1],
  ['a wrong shape first', [{ text: '{"title": 3}' }, { text: PLAN }], 2],
  ['two objects first', [{ text: `${PLAN} ${PLAN}` }, { text: PLAN }], 2],
  ['a server without schemas', [{ refuseSchema: true, text: PLAN }, { text: PLAN }], 2],
])('the blueprint engine takes a plan as %s', async (_what, steps, calls) => {
  const { blueprint, server } = await engineAt({ steps });
  const plan = await blueprint.analyze({ prompt: PROMPT, changes: [], appId: 'a1' }, io());
  if (!plan.ok) throw new Error(plan.message);
  expect(server.asked).toHaveLength(calls);
  const code = await blueprint.generate(await anInput({ analysis: plan.value }), io());
  expect(code).toMatchObject({ ok: true, tokens: { calls: 0 } });
  if (code.ok) expect(checkSource(code.value).diagnostics).toEqual([]);
});
