// Whether an account exists must not be told by time (claim B14). Unknown name and wrong password, 500 each, are asked in
// turn so that whatever slows the machine slows both, and the medians are compared. The throttle is out of the way: it is
// asked with a clock on which every request is a quarter of an hour after the one before.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../test/api-server.ts';
import { signUp } from '../../test/people.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';

let postgres: TestPostgres;
let server: TestServer;
let time = Date.now();

beforeAll(async () => {
  postgres = await startPostgres();
  server = await startServer(postgres, await postgres.database(), {
    accounts: {},
    apps: ['timed1'],
    now: () => {
      time += 900_001;
      return time;
    },
  });
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const ROUNDS = 500;
const app = 'timed1';

const asAccount = async () => {
  const { handle } = await signUp(server, 'somebody');
  const ask = (name: string) =>
    server.send('POST', '/api/auth/login/', { body: { handle: name, password: 'a wrong password' } });
  return { known: handle, nobody: (i: number) => `nobody-${i}`, ask };
};
const asAppUser = async () => {
  const known = 'somebody@example.org';
  const send = (name: string, body: object) => server.send('POST', `/api/app-auth/${name}/`, { app, body });
  expect((await send('signup', { email: known, password: 'the right password' })).status).toBe(201);
  const ask = (email: string) => send('login', { email, password: 'a wrong password' });
  return { known, nobody: (i: number) => `nobody-${i}@example.org`, ask };
};

test.each([
  ['an account of the platform', asAccount],
  ['a user of an app', asAppUser],
])(
  'B14: %s: unknown name and wrong password, 500 each, have one body and medians within 5 %%',
  async (_name, prepare) => {
    const { known: right, nobody, ask } = await prepare();
    const texts = new Set<string>();
    const timed = async (name: string): Promise<number> => {
      const before = performance.now();
      const answer = await ask(name);
      texts.add(`${answer.status} ${answer.text}`);
      return performance.now() - before;
    };
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let i = 0; i < ROUNDS; i += 1) {
      // Whoever is first of a pair changes with each, so that being second costs neither more.
      const pair = i % 2 === 0 ? [right, nobody(i)] : [nobody(i), right];
      for (const name of pair) (name === right ? known : unknown).push(await timed(name));
    }
    expect([...texts]).toEqual([expect.stringMatching(/^401 .*wrong_credentials/)]);
    const ratio = median(known) / median(unknown);
    console.log('MEDIANS', median(known), median(unknown));
    expect(ratio).toBeGreaterThan(0.95);
    expect(ratio).toBeLessThan(1.05);
  },
  180_000,
);
