// What composed apps offer under the rules of their collections, and that every combination of rules gives source that
// passes the static checks.
import { ACCESS_WHO, type Blueprint } from '@faibric/crds';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPrompt } from '../../engines/builtin/read-prompt.ts';
import { assemble } from '../../engines/plan/assemble.ts';
import { checkSource } from '../checks/check-source.ts';
import { compose } from './compose.ts';

const sourceOf = (plan: Blueprint): string => Object.values(compose(plan)).join('\n');
const composed = (prompt: string): string => sourceOf(assemble(readPrompt(prompt)));

test.each<[what: string, prompt: string, has: readonly string[], lacks: readonly string[]]>([
  ['todos are all one’s own', 'todo', ['tasks.add('], ['.mine', 'useUser', 'SignedIn', 'UserMenu']],
  [
    'posts of others have no buttons',
    'A guest book',
    ['entry.mine && (', 'entries.add('],
    ['useUser', 'SignedIn'],
  ],
  ['a table asks for each row', 'high scores board', ['canEdit={(score) => score.mine}', 'canDelete='], []],
  ['a board moves one’s own cards', 'job board where companies post jobs', ['disabled={!job.mine}'], []],
  ['a group changes all', 'Team task board for our team with status', ['.update('], ['.mine', 'useUser']],
  [
    'a form adds and lists nothing',
    'contact form',
    ['{ read: false }', 'Only the owner of this app sees what you send.'],
    ['DataTable', 'limit:', '.items'],
  ],
  [
    'a list of the owner’s says who sees it',
    'registration form with an admin page to see the registrations',
    ['Only the owner of this app sees the answers, in the dashboard.', '{ read: false }'],
    ['DataTable', '.items'],
  ],
  [
    'an open list of answers is not changed by visitors',
    'sign-up form for a potluck, everyone can see who has signed up',
    ['DataTable', 'limit: 500'],
    ['onEdit', 'onDelete', 'Only the owner'],
  ],
  [
    'what the owner publishes is only read',
    'My blog about cooking where only I can write',
    ['The owner of this app adds them, in the dashboard.'],
    ['addButton', '.add(', '.update(', '.remove('],
  ],
  [
    'a poll counts on the server',
    'poll: tabs or spaces',
    ["useTally('ballots', 'choice', options)", 'vote.mine'],
    ['localStorage'],
  ],
  [
    'own things with accounts ask to sign in first',
    'todo app with login',
    ['<SignedIn>', '<UserMenu />'],
    ['.mine', 'useUser'],
  ],
  [
    'open posts with accounts ask before one writes',
    'A blog where members sign in to write posts',
    ['const { user } = useUser();', '<SignInButton />', '<UserMenu />', 'post.mine && ('],
    ['<SignedIn>'],
  ],
  [
    'members read nothing before',
    'a members-only board where people sign up and log in',
    ['<SignedIn>', 'topic.mine && ('],
    ['useUser'],
  ],
])('%s: %s', (_what, prompt, has, lacks) => {
  const source = composed(prompt);
  for (const text of has) expect(source).toContain(text);
  for (const text of lacks) expect(source).not.toContain(text);
});

const PLANS = [
  'todo',
  'kanban board',
  'a recipe collection',
  'plants with a watering interval in days and last watered date',
  'notes app',
  'a blog',
  'poll: tabs or spaces',
  'contact form',
  "A site for Rosa's pizzeria with a contact form",
  'expense tracker with a chart',
].map((prompt) => assemble(readPrompt(prompt)));
const who = fc.constantFrom(...ACCESS_WHO);
const access = fc.record({ read: who, create: who, update: who, delete: who });

/** The machine may be busy; nothing here depends on time. */
const PATIENCE = 60_000;

test(
  'any rules give source that passes the checks, and asks who is signed in only where that counts',
  () => {
    fc.assert(
      fc.property(fc.constantFrom(...PLANS), access, (plan, rules) => {
        const changed = {
          ...plan,
          collections: plan.collections.map((collection) => ({ ...collection, access: rules })),
        };
        expect(checkSource(compose(changed)).diagnostics).toEqual([]);
        const source = sourceOf(changed);
        const accounts = Object.values(rules).includes('user');
        expect(source.includes('<UserMenu />')).toBe(accounts);
        if (!accounts) expect(source).not.toMatch(/useUser|SignedIn|SignInButton/);
        // A name that is used is one that is there.
        if (/\buser \?|user [!=]== null/.test(source))
          expect(source).toContain('const { user } = useUser();');
      }),
      { numRuns: 120 },
    );
  },
  PATIENCE,
);
