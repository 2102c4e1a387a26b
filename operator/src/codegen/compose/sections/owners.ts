// In place of a list that only the app's owner reads: who sees the answers, and where. The app asks the API for nothing.
import type { SectionOf } from '@faibric/crds';
import { icon, tsx } from '../code.ts';
import { prop, tag } from '../jsx.ts';
import { attribute } from '../literal.ts';
import type { ComposedSection, SectionContext } from '../section-context.ts';
import { frame } from './static.ts';

/** A section of documents, of whatever kind. */
export type DocumentsSection = SectionOf<'records' | 'stats' | 'chart' | 'posts' | 'notes' | 'poll'>;

/** The section that says so. */
export function composeOwners(section: DocumentsSection, context: SectionContext): ComposedSection {
  const { collection } = context.names(section.collection);
  const note = tag('EmptyState', [
    prop('icon', icon('Lock')),
    attribute('title', collection.label),
    attribute('description', context.words.ownerSees),
  ]);
  const code = tsx`
    export function ${context.component}() {
      return (
        ${frame({ ...section, title: section.title ?? collection.label }, [note])}
      );
    }
  `;
  return { about: `Says who sees ${collection.label.toLowerCase()}: the owner alone.`, code };
}
