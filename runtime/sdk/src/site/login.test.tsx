// @vitest-environment happy-dom
// Signing up, in and out: what is sent, what is said when it does not work, and that the whole page learns of it.
import { act, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import { onIdentityChange } from '../data/identity.ts';
import { useUser } from '../data/use-user.ts';
import { SignedIn, UserMenu } from './login.tsx';

type Call = { path: string; method: string; body: unknown };
const calls: Call[] = [];
const answers: { status: number; body?: unknown; wait?: string }[] = [];

async function flush(): Promise<void> {
  await act(async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  });
}

const press = async (name: string): Promise<void> => {
  const button = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === name);
  if (!button) throw new Error(`no button ${name} in: ${document.body.textContent}`);
  await act(async () => button.click());
  await flush();
};
/** Sends the form of the page, which has one. */
const send = async (): Promise<void> => {
  await act(async () => document.querySelector<HTMLButtonElement>('form button[type=submit]')?.click());
  await flush();
};
const fill = async (label: string, value: string): Promise<void> => {
  const found = [...document.querySelectorAll('label')].find((one) => one.textContent?.startsWith(label));
  const input = document.getElementById(found?.htmlFor ?? '') as HTMLInputElement;
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, value);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
};
const text = (): string => document.body.textContent ?? '';
const alert = (): string => document.querySelector('[role=alert]')?.textContent ?? '';
const ADA = { id: '1', email: 'ada@example.com', name: 'Ada' };

function App(): ReactElement {
  const { changePassword } = useUser();
  return (
    <>
      <UserMenu />
      <SignedIn title="Members">
        <p>Secret board</p>
        <button type="button" onClick={() => void changePassword('old one', 'new one!')}>
          Change
        </button>
      </SignedIn>
    </>
  );
}

test('a visitor signs up, out and in again', async () => {
  Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true);
  document.body.innerHTML = '<div id="root"></div>';
  globalThis.fetch = (async (path: string, init: { method: string; body?: string }) => {
    calls.push({ path, method: init.method, body: init.body && JSON.parse(init.body) });
    const { status, body, wait } = answers.shift() ?? { status: 500 };
    const headers: Record<string, string> = wait ? { 'retry-after': wait } : {};
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
  }) as typeof fetch;
  let told = 0;
  onIdentityChange(() => {
    told += 1;
  });
  answers.push({ status: 200, body: { user: null } });
  const root = createRoot(document.getElementById('root') as HTMLElement);
  await act(async () => root.render(<App />));
  await flush();
  expect(calls).toEqual([{ path: '/api/app-auth/me/', method: 'GET', body: undefined }]);
  expect(text()).toContain('Members');
  expect(text()).not.toContain('Secret board');

  await press('I need an account');
  expect(text()).toContain('At least 8 characters.');
  await fill('Name', ' Ada ');
  await fill('E-mail', 'ada@example.com ');
  await fill('Password', 'correct horse');
  answers.push({ status: 409, body: { code: 'email_taken', detail: 'This address has an account.' } });
  await press('Create account');
  expect(alert()).toBe('This address has an account.');
  expect(text()).not.toContain('Secret board');
  await fill('Password', 'correct horse');
  answers.push({ status: 201, body: { user: ADA } });
  await press('Create account');
  expect(calls.at(-1)).toMatchObject({
    path: '/api/app-auth/signup/',
    body: { email: 'ada@example.com', password: 'correct horse', name: 'Ada' },
  });
  expect(text()).toContain('Secret board');
  expect([text().includes('Ada'), told]).toEqual([true, 1]);

  answers.push({ status: 200, body: { user: ADA } });
  await press('Change');
  expect(calls.at(-1)).toMatchObject({
    path: '/api/app-auth/password/',
    body: { currentPassword: 'old one', newPassword: 'new one!' },
  });

  answers.push({ status: 503, body: {} });
  await press('Sign out');
  expect(text()).toContain('Secret board');
  answers.push({ status: 204 });
  await press('Sign out');
  expect([text().includes('Secret board'), told]).toEqual([false, 2]);

  await fill('E-mail', 'ada@example.com');
  await fill('Password', 'wrong');
  answers.push({ status: 401, body: { code: 'wrong_credentials', detail: 'E-mail or password is wrong.' } });
  await send();
  expect(alert()).toBe('E-mail or password is wrong.');
  await fill('Password', 'wrong again');
  answers.push({ status: 429, body: { code: 'rate_limited', detail: 'Slow down.' }, wait: '30' });
  await send();
  expect(alert()).toBe('Too many tries. Wait 30 s.');
  await fill('Password', 'correct horse');
  answers.push({ status: 200, body: { user: ADA } });
  await send();
  expect(calls.at(-1)).toMatchObject({
    path: '/api/app-auth/login/',
    body: { email: 'ada@example.com', password: 'correct horse' },
  });
  expect([text().includes('Secret board'), told]).toEqual([true, 3]);
});
