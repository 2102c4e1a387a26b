// Notes, a blog and a poll: sections whose collections are always the same.
import type { BlueprintCollection, BlueprintSection } from '@faibric/crds';
import { accessOfPlan } from './access-of-plan.ts';
import type { Audience, Brief, Sharing } from './brief.ts';

/** A section with its collection. */
export interface WrittenPart {
  readonly id: string;
  readonly title: string;
  readonly icon: string;
  readonly collection: BlueprintCollection;
  readonly sections: readonly BlueprintSection[];
}

const TITLE = { name: 'title', label: 'Title', type: 'text', required: true } as const;
const TAGS = { name: 'tags', label: 'Tags', type: 'tags' } as const;

/** Words for posts mean something else in an app that also keeps notes: notes stay one's own, or the group's. */
const sharingOfNotes = ({ sharing }: Audience): Sharing =>
  sharing === 'posts' || sharing === 'rated' ? 'own' : sharing;

function notesPart(brief: Brief): WrittenPart {
  const isJournal = /journal|diary/i.test(brief.title);
  const [label, singular] = isJournal ? ['Entries', 'Entry'] : ['Notes', 'Note'];
  const text = { name: 'text', label: 'Text', type: 'longtext' } as const;
  return {
    id: 'notes',
    title: label,
    icon: isJournal ? 'NotebookPen' : 'StickyNote',
    collection: {
      name: 'notes',
      label,
      singular,
      fields: [TITLE, text, TAGS],
      title: 'title',
      access: accessOfPlan(sharingOfNotes(brief.audience), brief.audience),
    },
    sections: [{ kind: 'notes', id: 'notes', title: label, collection: 'notes' }],
  };
}

/** A blog beside a business's site is the owner's; any other is written by its readers, unless the prompt says no. */
function sharingOfBlog({ site, audience }: Brief): Sharing {
  if (audience.sharing === 'published' || site) return 'published';
  return audience.sharing === 'own' ? 'posts' : audience.sharing;
}

function blogPart(brief: Brief): WrittenPart {
  const text = { name: 'text', label: 'Text', type: 'longtext', required: true } as const;
  const author = { name: 'author', label: 'Author', type: 'text' } as const;
  return {
    id: 'posts',
    title: 'Posts',
    icon: 'Newspaper',
    collection: {
      name: 'posts',
      label: 'Posts',
      singular: 'Post',
      fields: [TITLE, text, author],
      title: 'title',
      access: accessOfPlan(sharingOfBlog(brief), brief.audience),
    },
    sections: [{ kind: 'posts', id: 'posts', title: 'Posts', collection: 'posts' }],
  };
}

function pollPart(poll: NonNullable<Brief['poll']>, audience: Audience): WrittenPart {
  const options = [...poll.options];
  return {
    id: 'poll',
    title: 'Poll',
    icon: 'Vote',
    collection: {
      name: 'ballots',
      label: 'Votes',
      singular: 'Vote',
      fields: [{ name: 'choice', label: 'Choice', type: 'select', required: true, options }],
      title: 'choice',
      access: accessOfPlan('votes', audience),
    },
    sections: [{ kind: 'poll', id: 'poll', collection: 'ballots', question: poll.question, options }],
  };
}

/** The parts of a brief that are for writing and voting. */
export const writtenParts = (brief: Brief): WrittenPart[] => [
  ...(brief.blog ? [blogPart(brief)] : []),
  ...(brief.notes ? [notesPart(brief)] : []),
  ...(brief.poll ? [pollPart(brief.poll, brief.audience)] : []),
];
