// A change request as an edit of the plan. Each kind of edit is tried in turn; what none understands becomes a note in
// `limited`, and the plan stays as it is. Nothing that a change does not name is ever lost.
import { type Blueprint, blueprint } from '@faibric/crds';
import { cleanPrompt, shown } from '../clean-prompt.ts';
import { readLimits } from '../read-limits.ts';
import { readTheme } from '../read-theme.ts';
import { changeAccess } from './edit-access.ts';
import { addFields, removeField, renameField } from './edit-fields.ts';
import { addSections, changeView, removeSection } from './edit-sections.ts';

const TITLE =
  /\b(?:call (?:it|the app|this)|rename (?:it|the app|this|the site)(?: to)?|(?:change|set) the (?:title|name)(?: of (?:the app|it))? to|(?:title|name) (?:should be|it)|name it)\s*:?\s+["“]?([^"”\n]{2,60}?)["”]?[.!]?$/i;

function renameApp(plan: Blueprint, text: string): Blueprint | undefined {
  const title = TITLE.exec(text)?.[1]?.trim();
  if (!title) return undefined;
  const pages = plan.pages.map((page) => ({
    ...page,
    sections: page.sections.map((section) =>
      section.kind === 'hero' && section.title === plan.title ? { ...section, title } : section,
    ),
  }));
  return { ...plan, title, pages };
}

/** Colours, mode, corners and letters; what the change does not say stays. */
function changeTheme(plan: Blueprint, text: string): Blueprint | undefined {
  const isPlain = /\b(?:make|turn|set|change)\b.*\b(dark|light)\b\s*[.!]?$/i.exec(text)?.[1]?.toLowerCase();
  const read = readTheme(text);
  const { mode, ...rest } = read;
  const wanted = mode === 'auto' ? (isPlain as 'dark' | 'light' | undefined) : mode;
  const changed = { ...rest, ...(wanted ? { mode: wanted } : {}) };
  if (Object.keys(changed).length === 0) return undefined;
  // A new mode without a new background would leave the old background against it.
  const { background: _, ...withoutBackground } = plan.theme;
  const base = wanted && !rest.background ? withoutBackground : plan.theme;
  return { ...plan, theme: { ...base, ...changed } };
}

const EDITS: readonly ((plan: Blueprint, text: string) => Blueprint | undefined)[] = [
  changeAccess,
  renameApp,
  renameField,
  removeField,
  removeSection,
  changeView,
  changeTheme,
  addSections,
  addFields,
];

/** The plan after one change. */
export function editPlan(plan: Blueprint, request: string): Blueprint {
  const text = cleanPrompt(request);
  const limits = readLimits(text);
  for (const edit of limits.length > 0 ? [] : EDITS) {
    const changed = edit(plan, text);
    const parsed = changed && blueprint.safeParse(JSON.parse(JSON.stringify(changed)));
    if (parsed?.success) return parsed.data;
  }
  const notes =
    limits.length > 0
      ? limits
      : [`“${shown(text, 120)}”: this change was not understood, and nothing was changed.`];
  return {
    ...plan,
    limited: [...plan.limited, ...notes.filter((note) => !plan.limited.includes(note))].slice(0, 50),
  };
}
