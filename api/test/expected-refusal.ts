// What the contract says about a caller and an operation: let in, or refused with which code. Derived from `callers`
// alone, so that a new operation is in the matrix the moment it is written down.
import type { Operation } from '../src/contract/operation.ts';
import type { ProblemCode } from '../src/contract/problem.ts';
import { ACCOUNTS, APPS, type Caller } from './callers.ts';

/** Null: the operation is the caller's to use; what it answers is then its own business. */
export type Refusal = ProblemCode | null;

const UNGUARDED = /^\/(healthz|readyz)$/;
// The only paths that exist on an app's own host.
const ON_APPS = /^\/api\/(v1\/db|gateway|app-auth)\//;

/** The code of an app that is not there: the projects API and the APIs of an app's data have one each. */
const notThere = ({ path }: Operation): ProblemCode =>
  path.startsWith('/api/projects/') ? 'not_found' : 'no_such_app';

/** True when a path names one app: then it is that app's owner who may, and not just any account. */
export const namesApp = ({ path }: Operation): boolean => /^\/api\/(projects\/:|v1\/db\/:)/.test(path);

const onAppHost = (operation: Operation, page: string): Refusal => {
  if (!ON_APPS.test(operation.path)) return 'not_found';
  if (namesApp(operation) && page !== APPS.anna) return 'no_such_app';
  return operation.callers.includes('app') ? null : 'forbidden';
};

const onPlatform = (operation: Operation, name: string | undefined): Refusal => {
  const { callers } = operation;
  if (callers.includes('anyone')) return null;
  // What is for pages of apps alone is not there on the platform's host, whoever asks.
  if (callers.every((caller) => caller === 'app')) return 'no_such_app';
  const account = name === undefined ? undefined : ACCOUNTS[name];
  if (account === undefined) return 'unauthorized';
  if (account.role === 'admin') return null;
  if (callers.every((caller) => caller === 'admin' || caller === 'app')) return 'forbidden';
  return namesApp(operation) && name !== 'anna' ? notThere(operation) : null;
};

/** What a caller must get from an operation on anna's app. */
export const expectedRefusal = (operation: Operation, caller: Caller): Refusal => {
  if (UNGUARDED.test(operation.path)) return null;
  if (caller.secret !== undefined) return 'unauthorized';
  return caller.page === undefined
    ? onPlatform(operation, caller.account)
    : onAppHost(operation, caller.page);
};
