// The access rules of collections, by what they are for. Closed unless there is a reason: what nobody asked to share
// belongs to its author, and what strangers send is read by the app's owner alone. The whole table with its reasons is
// docs/spec/access-in-plans.md.
import type { AccessRules } from '@faibric/crds';
import type { Audience, Sharing } from './brief.ts';

/** What a collection is for; `answers` are of a form, `public-answers` those that the prompt wants shown to all. */
export type Purpose = Sharing | 'answers' | 'public-answers' | 'votes';

/** What a collection with these rules is for; the rules that a person made up are taken for the nearest. */
export function purposeOf({ read, create, update }: AccessRules): Purpose {
  if (read === 'owner') return 'answers';
  if (create === 'owner') return 'published';
  if (read === 'visitor') return 'own';
  if (update === 'owner') return 'public-answers';
  return update === 'visitor' ? 'posts' : 'team';
}

/** The rules of a collection for those whom the prompt speaks of. */
export function accessOfPlan(purpose: Purpose, audience: Audience): AccessRules {
  const { login, membersOnly } = audience;
  const reader = membersOnly ? 'user' : 'anyone';
  const writer = login ? 'user' : 'anyone';
  switch (purpose) {
    case 'own':
      return { read: 'visitor', create: login ? 'user' : 'visitor', update: 'visitor', delete: 'visitor' };
    case 'posts':
    case 'votes':
      return { read: reader, create: writer, update: 'visitor', delete: 'visitor' };
    case 'rated':
      return { read: reader, create: writer, update: writer, delete: 'visitor' };
    case 'team':
      return { read: writer, create: writer, update: writer, delete: writer };
    case 'published':
      return { read: reader, create: 'owner', update: 'owner', delete: 'owner' };
    case 'answers':
      return { read: 'owner', create: membersOnly ? 'user' : 'anyone', update: 'owner', delete: 'owner' };
    case 'public-answers':
      return { read: reader, create: membersOnly ? 'user' : 'anyone', update: 'owner', delete: 'owner' };
  }
}
