// The rules that apps get from a prompt without anyone setting them: the table of docs/spec/access-in-plans.md, by example.
import { type AccessRules, type AccessWho, DEFAULT_ACCESS } from '@faibric/crds';
import { describe, expect, test } from 'vitest';
import { readPrompt } from '../builtin/read-prompt.ts';
import { assemble } from './assemble.ts';

/** "read create update delete", each by its first letter: anyone, visitor, user, owner. */
const WHO: Readonly<Record<string, AccessWho>> = { a: 'anyone', v: 'visitor', u: 'user', o: 'owner' };
const rules = (letters: string): AccessRules => {
  const [read, create, update, remove] = [...letters].map((letter) => WHO[letter] ?? 'owner');
  return {
    ...DEFAULT_ACCESS,
    ...(read && create && update && remove && { read, create, update, delete: remove }),
  };
};

const accessIn = (prompt: string): Record<string, AccessRules> =>
  Object.fromEntries(assemble(readPrompt(prompt)).collections.map(({ name, access }) => [name, access]));

type Row = readonly [prompt: string, collection: string, rules: string];

const OWN: Row[] = [
  ['todo', 'tasks', 'vvvv'],
  ['A todo list app', 'tasks', 'vvvv'],
  ['my shopping list, in green', 'items', 'vvvv'],
  ['A plant tracker with name, species and last watered date', 'plants', 'vvvv'],
  ['expense tracker with a chart', 'expenses', 'vvvv'],
  ['kanban board', 'kanban_cards', 'vvvv'],
  ['notes app', 'notes', 'vvvv'],
  ['a private diary', 'notes', 'vvvv'],
  ['track my movie reviews', 'movies', 'vvvv'],
  ['recipe collection', 'recipes', 'vvvv'],
  ['lista de tareas', 'tareas', 'vvvv'],
  ['a todo list, no login needed', 'tasks', 'vvvv'],
  ['bank accounts and their balance', 'accountss', 'vvvv'],
  ['todo app with login', 'tasks', 'vuvv'],
  ['A to-do app where people sign up and log in to keep their own tasks', 'to_dos', 'vuvv'],
  ['habit tracker with user accounts', 'habits', 'vuvv'],
];

const POSTS: Row[] = [
  ['A guest book', 'entries', 'aavv'],
  ['guestbook for our wedding', 'entries', 'aavv'],
  ['Ein Gästebuch für unsere Hochzeit', 'entries', 'aavv'],
  ['A blog about hiking in the alps', 'posts', 'aavv'],
  ['a blog', 'posts', 'aavv'],
  ['A forum for gardeners', 'topics', 'aavv'],
  ['message board', 'messages', 'aavv'],
  ['comments page', 'comments', 'aavv'],
  ['Movie reviews by everyone', 'reviews', 'aavv'],
  ['A wall where anyone can post a quote', 'quotes', 'aavv'],
  ['job board where companies post jobs', 'jobs', 'aavv'],
  ['A recipe sharing app', 'recipes', 'aavv'],
  ['high scores board', 'scores', 'aavv'],
  ['Lost and found board for our village', 'lost_items', 'aavv'],
  ['Feature request board with upvotes', 'feature_requests', 'aaav'],
  ['A blog where members sign in to write posts', 'posts', 'auvv'],
  ['message board with login', 'messages', 'auvv'],
  ['a members-only board where people sign up and log in', 'topics', 'uuvv'],
  ['Members-only message board with login', 'messages', 'uuvv'],
  ['A poll about where to eat lunch: pizza, sushi or tacos', 'ballots', 'aavv'],
  ['poll with login: tabs or spaces', 'ballots', 'auvv'],
];

const SEVERAL: Row[] = [
  ['A todo list and a guest book', 'tasks', 'vvvv'],
  ['A todo list and a guest book', 'entries', 'aavv'],
  ['A notes app with a guest book', 'notes', 'vvvv'],
  ['A blog and a todo list to track my tasks', 'posts', 'aavv'],
  ['A blog and a todo list to track my tasks', 'tasks', 'vvvv'],
];

const TEAM: Row[] = [
  ['A shared shopping list for our family', 'items', 'aaaa'],
  ['Team task board for our team with status and assignee', 'tasks', 'aaaa'],
  ['Shopping list for the flat share, everybody can add and tick off', 'items', 'aaaa'],
  ['event calendar for our club', 'events', 'aaaa'],
  ['CRM for my sales team with login', 'sales', 'uuuu'],
  ['inventory with accounts for staff', 'inventory_items', 'uuuu'],
];

const PUBLISHED: Row[] = [
  ['My blog about cooking where only I can write', 'posts', 'aooo'],
  ["A site for Rosa's pizzeria with a menu and a blog", 'posts', 'aooo'],
  ['a list of my paintings; visitors can only see them', 'paintings', 'aooo'],
];

const FORMS: Row[] = [
  ['contact form', 'messages', 'oaoo'],
  ['Kontaktformular', 'messages', 'oaoo'],
  ["A site for Rosa's pizzeria with menu, opening hours and a contact form", 'messages', 'oaoo'],
  ['Sign-up form for our summer camp', 'sign_ups', 'oaoo'],
  ['feedback form for my restaurant', 'feedback', 'oaoo'],
  ['A booking form for a hair salon', 'bookings', 'oaoo'],
  ['RSVP page for our wedding', 'replies', 'oaoo'],
  ['A landing page with a waitlist', 'subscribers', 'oaoo'],
  ['registration form with an admin page to see the registrations', 'sign_ups', 'oaoo'],
  ['sign-up form for a potluck, everyone can see who has signed up', 'sign_ups', 'aaoo'],
];

describe.each([
  ['what people keep for themselves', OWN],
  ['what people write for others', POSTS],
  ['several things, each by itself', SEVERAL],
  ['what a group keeps together', TEAM],
  ['what the owner publishes', PUBLISHED],
  ['what strangers send', FORMS],
])('the rules of %s', (_what, rows) => {
  test.each(rows)('“%s”: %s are %s', (prompt, collection, letters) => {
    expect(accessIn(prompt)[collection]).toEqual(rules(letters));
  });
});

test('no collection of any of these prompts is left without a rule, and none but a team’s is open to all', () => {
  const all = [...OWN, ...POSTS, ...PUBLISHED, ...FORMS].flatMap(([prompt]) =>
    Object.values(accessIn(prompt)),
  );
  expect(all.length).toBeGreaterThanOrEqual(40);
  expect(all.filter((access) => access.delete === 'anyone' || access.delete === 'user')).toEqual([]);
});
