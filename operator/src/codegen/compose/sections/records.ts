// Which view shows documents that people keep.
import type { SectionOf } from '@faibric/crds';
import type { ComposedSection, SectionContext } from '../section-context.ts';
import { composeBoard } from './board.ts';
import { composeCards } from './cards.ts';
import { composeChecklist } from './checklist.ts';
import { composeTable } from './table.ts';

const VIEWS = {
  table: composeTable,
  cards: composeCards,
  checklist: composeChecklist,
  board: composeBoard,
};

/** The section in the view that the plan names. */
export const composeRecords = (section: SectionOf<'records'>, context: SectionContext): ComposedSection =>
  VIEWS[section.view](section, context);
