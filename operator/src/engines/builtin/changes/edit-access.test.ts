// Sentences that change who may see and change what, and sentences that only sound like it.
import { type Blueprint, DEFAULT_ACCESS } from '@faibric/crds';
import { expect, test } from 'vitest';
import { assemble } from '../../plan/assemble.ts';
import { readPrompt } from '../read-prompt.ts';
import { changeAccess } from './edit-access.ts';
import { editPlan } from './edit-plan.ts';

const planOf = (prompt: string): Blueprint => assemble(readPrompt(prompt));
const letters = (plan: Blueprint | undefined): string | undefined =>
  plan?.collections
    .map(
      ({ name, access }) =>
        `${name} ${Object.values(access)
          .map((who) => who[0])
          .join('')}`,
    )
    .join(', ');

test.each([
  ['todo', 'add a login', 'tasks vuvv'],
  ['todo', 'people should sign in first', 'tasks vuvv'],
  ['A guest book', 'require accounts for members', 'entries auvv'],
  ['A guest book', 'add a login, members only', 'entries uuvv'],
  ['a shared shopping list for our family', 'add user accounts', 'items uuuu'],
  ['todo', 'let everyone see the tasks', 'tasks aavv'],
  ['todo', 'make it shared with the team', 'tasks aaaa'],
  ['todo', 'everybody can add and edit tasks', 'tasks aaaa'],
  ['A blog', 'only I can write posts', 'posts aooo'],
  ['A guest book', 'make the entries private', 'entries vvvv'],
  ['todo app with login', 'let everyone read the tasks', 'tasks auvv'],
  ['a blog with a contact form', 'add a login', 'posts auvv, messages oaoo'],
])('%s: “%s” gives %s', (prompt, change, expected) => {
  expect(letters(changeAccess(planOf(prompt), change))).toBe(expected);
});

test.each([
  ['todo', 'add a guest book'],
  ['todo', 'add a form with name and e-mail'],
  ['todo', 'add a field for the login name'],
  ['todo', 'make it dark'],
  ['todo', 'rename it to Our tasks'],
  ['todo', 'add a due date'],
  ['a shared list for our team', 'share it with everybody'],
  ['contact form', 'add a login'],
])('%s: “%s” is no such change', (prompt, change) => {
  expect(changeAccess(planOf(prompt), change)).toBeUndefined();
});

test('a change of rules touches nothing else and is not told to be left out', () => {
  const before = planOf('todo');
  const after = editPlan(before, 'add a login');
  const collections = after.collections.map((collection) => ({ ...collection, access: DEFAULT_ACCESS }));
  expect({ ...after, collections }).toEqual(JSON.parse(JSON.stringify(before)));
  expect(after.limited).toEqual([]);
});
