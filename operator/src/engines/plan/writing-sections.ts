// Notes, a blog and a poll: sections whose collections are always the same.
import type { BlueprintCollection, BlueprintSection } from '@faibric/crds';
import type { Brief } from './brief.ts';

/** A section with its collection. */
export interface WrittenPart {
  readonly id: string;
  readonly title: string;
  readonly icon: string;
  readonly collection: BlueprintCollection;
  readonly sections: readonly BlueprintSection[];
}

const OPEN = { read: 'anyone', create: 'anyone', update: 'anyone', delete: 'anyone' } as const;

const TITLE = { name: 'title', label: 'Title', type: 'text', required: true } as const;
const TAGS = { name: 'tags', label: 'Tags', type: 'tags' } as const;

function notesPart(isJournal: boolean): WrittenPart {
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
      access: OPEN,
    },
    sections: [{ kind: 'notes', id: 'notes', title: label, collection: 'notes' }],
  };
}

function blogPart(): WrittenPart {
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
      access: OPEN,
    },
    sections: [{ kind: 'posts', id: 'posts', title: 'Posts', collection: 'posts' }],
  };
}

function pollPart(poll: NonNullable<Brief['poll']>): WrittenPart {
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
      access: { read: 'anyone', create: 'anyone', update: 'owner', delete: 'owner' },
    },
    sections: [{ kind: 'poll', id: 'poll', collection: 'ballots', question: poll.question, options }],
  };
}

/** The parts of a brief that are for writing and voting. */
export const writtenParts = (brief: Brief): WrittenPart[] => [
  ...(brief.blog ? [blogPart()] : []),
  ...(brief.notes ? [notesPart(/journal|diary/i.test(brief.title))] : []),
  ...(brief.poll ? [pollPart(brief.poll)] : []),
];
