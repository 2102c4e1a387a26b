// Whether an account exists must not be told by time (claim B14). Unknown name and wrong password, 500 each, are asked in
// turn so that whatever slows the machine slows both, and each pair is compared. Times of a hash have two humps here (its
// memory is fresh or not), and a median jumps from one to the other: so it is the mean of the pairs' ratios, on a log scale
// and without the outermost tenths. The throttle is out of the way: its clock moves a quarter of an hour per request.
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

/** The ratio of `a` to `b` over all pairs: mean of the logarithms, the lowest and the highest tenth left out. */
const ratioOf = (a: readonly number[], b: readonly number[]): number => {
  const logs = a.map((time, i) => Math.log(time / (b[i] ?? Number.NaN))).sort((x, y) => x - y);
  const tenth = Math.floor(logs.length / 10);
  const kept = logs.slice(tenth, logs.length - tenth);
  return Math.exp(kept.reduce((sum, log) => sum + log, 0) / kept.length);
};

test.each([
  [1, 1],
  [1.06, 1.06],
])('the ratio of times with two humps that differ by %d is %d', (factor, wanted) => {
  const humps = Array.from({ length: 500 }, (_, i) => ((i * 7) % 10 < 5 ? 30 : 36));
  const others = Array.from({ length: 500 }, (_, i) => ((i * 7 + 5) % 10 < 5 ? 30 : 36));
  expect(
    ratioOf(
      humps.map((time) => time * factor),
      others,
    ),
  ).toBeCloseTo(wanted, 2);
});

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
  { who: 'an account of the platform', prepare: asAccount },
  { who: 'a user of an app', prepare: asAppUser },
])(
  'B14: $who: unknown name and wrong password, 500 each, have one body and times within 5 %',
  async ({ prepare }) => {
    const { known: right, nobody, ask } = await prepare();
    const texts = new Set<string>();
    const timed = async (name: string): Promise<number> => {
      const before = performance.now();
      const answer = await ask(name);
      texts.add(`${answer.status} ${answer.text}`);
      return performance.now() - before;
    };
    const [known, unknown]: [number[], number[]] = [[], []];
    const far = (): boolean => Math.abs(Math.log(ratioOf(known, unknown))) > 0.04;
    // On a busy machine 500 pairs may miss the truth by some per cent: more of them tell chance from a difference.
    for (let i = 0; i < ROUNDS || (i < 3 * ROUNDS && far()); i += 1) {
      // Whoever is first of a pair changes with each, so that being second costs neither more.
      const pair = i % 2 === 0 ? [right, nobody(i)] : [nobody(i), right];
      for (const name of pair) (name === right ? known : unknown).push(await timed(name));
    }
    expect([...texts]).toEqual([expect.stringMatching(/^401 .*wrong_credentials/)]);
    const ratio = ratioOf(known, unknown);
    console.log(`B14: the time with a known name is ${ratio.toFixed(3)} of the time without`);
    expect(ratio).toBeGreaterThan(0.95);
    expect(ratio).toBeLessThan(1.05);
  },
  300_000,
);
