// @vitest-environment happy-dom
// The first question to the Database API goes alone, because its answer makes the browser somebody.
import { beforeEach, expect, test, vi } from 'vitest';

type Contact = typeof import('./first-contact.ts');
let contact: Contact;
let order: string[];

/** A request that is answered when told so. */
function ask(name: string): { sent: Promise<string>; answer: () => void; fail: () => void } {
  let answer = (): void => {};
  let fail = (): void => {};
  const held = new Promise<string>((resolve, reject) => {
    answer = () => resolve(name);
    fail = () => reject(new Error('no network'));
  });
  const sent = contact.inTurn(() => {
    order.push(name);
    return held;
  });
  sent.catch(() => undefined);
  return { sent, answer, fail };
}
const turn = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

beforeEach(async () => {
  localStorage.clear();
  order = [];
  vi.resetModules();
  contact = await import('./first-contact.ts');
});

test('a new browser asks once, and everything else waits for that answer', async () => {
  const [a, b, c] = [ask('a'), ask('b'), ask('c')];
  let told = false;
  void contact.afterFirstContact().then(() => {
    told = true;
  });
  await turn();
  expect([order, told, contact.hasIdentity()]).toEqual([['a'], false, false]);
  a.answer();
  await turn();
  expect([order, told, contact.hasIdentity()]).toEqual([['a', 'b', 'c'], true, true]);
  b.answer();
  c.answer();
  expect(await Promise.all([a.sent, b.sent, c.sent])).toEqual(['a', 'b', 'c']);
});

test('when the first one fails the next one is the first', async () => {
  const [a, b, c] = [ask('a'), ask('b'), ask('c')];
  a.fail();
  await turn();
  expect(order).toEqual(['a', 'b']);
  await expect(a.sent).rejects.toThrow('no network');
  b.answer();
  await turn();
  expect(order).toEqual(['a', 'b', 'c']);
  c.answer();
});

test('a browser that was here before waits for nothing', async () => {
  localStorage.setItem('faibric:known', '1');
  ask('a');
  ask('b');
  await turn();
  expect(order).toEqual(['a', 'b']);
});
