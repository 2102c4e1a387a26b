import { ACCESS_WHO, type AccessRules, type CollectionAccess, DEFAULT_ACCESS } from '@faibric/crds';
import { describe, expect, test } from 'vitest';
import { type Asker, evaluate, rulesOf } from './evaluate.ts';
import type { AccessOperation } from './grant.ts';

const visitor: Asker = { kind: 'page', author: 'v:1', signedIn: false };
const user: Asker = { kind: 'page', author: 'u:1', signedIn: true };
const rules = (parts: Partial<AccessRules>): AccessRules => ({ ...DEFAULT_ACCESS, ...parts });
const all = (author: string) => ({ author, only: null });
const own = (author: string) => ({ author, only: author });

describe('what a rule means', () => {
  test.each<[string, string, unknown, unknown]>([
    // rule, operation, what a visitor gets, what a signed-in user gets
    ['anyone', 'read', all('v:1'), all('u:1')],
    ['visitor', 'read', own('v:1'), own('u:1')],
    ['user', 'read', 'sign_in_required', all('u:1')],
    ['owner', 'read', 'forbidden', 'forbidden'],
    ['anyone', 'create', all('v:1'), all('u:1')],
    ['visitor', 'create', all('v:1'), all('u:1')],
    ['user', 'create', 'sign_in_required', all('u:1')],
    ['owner', 'create', 'forbidden', 'forbidden'],
  ])('%s may %s', (who, operation, forVisitor, forUser) => {
    const asked = rules({ [operation]: who });
    expect(evaluate(asked, visitor, operation as AccessOperation)).toEqual(forVisitor);
    expect(evaluate(asked, user, operation as AccessOperation)).toEqual(forUser);
  });

  test.each<[AccessRules['read'], AccessRules['update'], unknown, unknown]>([
    ['anyone', 'anyone', all('v:1'), all('u:1')],
    ['anyone', 'visitor', own('v:1'), own('u:1')],
    ['visitor', 'anyone', own('v:1'), own('u:1')],
    ['user', 'anyone', 'sign_in_required', all('u:1')],
    ['user', 'visitor', 'sign_in_required', own('u:1')],
    ['owner', 'anyone', 'forbidden', 'forbidden'],
    ['anyone', 'owner', 'forbidden', 'forbidden'],
    ['user', 'owner', 'forbidden', 'forbidden'],
  ])(
    'read %s and update or delete %s: neither reaches further than a read',
    (read, who, forVisitor, forUser) => {
      for (const operation of ['update', 'delete'] as const) {
        const asked = rules({ read, [operation]: who });
        expect(evaluate(asked, visitor, operation)).toEqual(forVisitor);
        expect(evaluate(asked, user, operation)).toEqual(forUser);
      }
    },
  );

  test('the owner of the app may do everything, whatever the rules, and is nobody’s author', () => {
    for (const who of ACCESS_WHO) {
      for (const operation of ['read', 'create', 'update', 'delete'] as const) {
        const asked = { read: who, create: who, update: who, delete: who };
        expect(evaluate(asked, { kind: 'owner' }, operation)).toEqual({ author: null, only: null });
      }
    }
  });
});

describe('which rules hold', () => {
  const entry = (collection: string, read: AccessRules['read']): CollectionAccess => ({
    ...DEFAULT_ACCESS,
    collection,
    read,
  });
  test.each([
    ['none anywhere: everybody their own', {}, undefined, 'visitor'],
    ['the operator’s', {}, { access: [entry('posts', 'anyone')] }, 'anyone'],
    [
      'the owner’s over the operator’s',
      { access: [entry('posts', 'owner')] },
      { access: [entry('posts', 'anyone')] },
      'owner',
    ],
    [
      'another collection’s are not ours',
      { access: [entry('post', 'anyone')] },
      { access: [entry('posts2', 'anyone')] },
      'visitor',
    ],
  ])('%s', (_name, spec, status, read) => {
    expect(rulesOf({ spec, status }, 'posts').read).toBe(read);
  });
});
