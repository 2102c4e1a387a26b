// Whether an account exists must not be told by time (claim B14). Unknown handle and wrong password, 500 each, are asked in
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

test('B14: unknown handle and wrong password, 500 each, have one body and medians within 5 %', async () => {
  const { handle } = await signUp(server, 'somebody');
  const texts = new Set<string>();
  const ask = async (name: string): Promise<number> => {
    const before = performance.now();
    const answer = await server.send('POST', '/api/auth/login/', {
      body: { handle: name, password: 'a wrong password' },
    });
    texts.add(`${answer.status} ${answer.text}`);
    return performance.now() - before;
  };
  const [known, unknown]: [number[], number[]] = [[], []];
  for (let i = 0; i < ROUNDS; i += 1) {
    // Whoever is first of a pair changes with each, so that being second costs neither more.
    const pair = i % 2 === 0 ? [handle, `nobody-${i}`] : [`nobody-${i}`, handle];
    for (const name of pair) (name === handle ? known : unknown).push(await ask(name));
  }
  expect([...texts]).toEqual([expect.stringMatching(/^401 .*wrong_credentials/)]);
  const ratio = median(known) / median(unknown);
  expect(ratio).toBeGreaterThan(0.95);
  expect(ratio).toBeLessThan(1.05);
}, 180_000);
