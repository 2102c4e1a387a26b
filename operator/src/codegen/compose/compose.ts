// Blueprint to source: pure, the same plan gives the same bytes. Layout of an app: src/App.tsx (frame and navigation),
// src/app-info.ts (title and theme), src/pages, src/sections (a file each), src/collections.
import type { Blueprint, BlueprintPage, BlueprintSection } from '@faibric/crds';
import { composeApp, composePage, hasPageFiles, type PlacedSection } from './app-file.ts';
import { raw } from './code.ts';
import { type CollectionUse, collectionFile } from './collection-file.ts';
import { composeSection } from './compose-section.ts';
import { literal } from './literal.ts';
import { type ModuleFile, moduleFile } from './module-file.ts';
import { collectionNames, kebabCase, pascalCase } from './names.ts';
import { wordsOf } from './words.ts';

const SUFFIX: Readonly<Partial<Record<BlueprintSection['kind'], string>>> = {
  records: 'Table',
  stats: 'Figures',
  chart: 'Chart',
  form: 'Form',
};

const usesForm: ReadonlySet<string> = new Set(['records', 'form', 'posts', 'notes']);

function usesOf(plan: Blueprint): ReadonlyMap<string, CollectionUse> {
  const uses = new Map<string, CollectionUse>();
  for (const section of plan.pages.flatMap((page) => page.sections)) {
    if (!('collection' in section)) continue;
    const before = uses.get(section.collection);
    uses.set(section.collection, {
      columns: Boolean(before?.columns) || (section.kind === 'records' && section.view === 'table'),
      form: Boolean(before?.form) || usesForm.has(section.kind),
    });
  }
  return uses;
}

/** A name for the component of a section: what it shows and how. Unique, because section ids are. */
function componentName(section: BlueprintSection): string {
  const stem = pascalCase(section.id) || 'Part';
  const suffix = SUFFIX[section.kind] ?? 'Section';
  return stem.endsWith(suffix) ? stem : `${stem}${suffix}`;
}

/** The source of an app. */
export function compose(plan: Blueprint): Record<string, string> {
  const names = collectionNames(plan);
  const uses = usesOf(plan);
  const files: ModuleFile[] = [infoFile(plan)];
  const place = (section: BlueprintSection): PlacedSection => {
    const component = componentName(section);
    const composed = composeSection(section, {
      plan,
      words: wordsOf(plan.language),
      names: (collection) => found(names.get(collection), collection),
      component,
    });
    const file = kebabCase(component);
    files.push(moduleFile(`src/sections/${file}.tsx`, composed.about, composed.code));
    return { section, component, file, ...(composed.takes ? { takes: names.get(composed.takes) } : {}) };
  };
  const pages = plan.pages.map((page: BlueprintPage) => ({ page, sections: page.sections.map(place) }));
  for (const [collection, use] of uses)
    files.push(collectionFile(found(names.get(collection), collection), use));
  if (hasPageFiles(plan, pages)) files.push(...pages.map((page) => composePage(plan, page)));
  files.push(...composeApp(plan, pages));
  return Object.fromEntries(files.map(({ path, text }) => [path, text]));
}

function infoFile(plan: Blueprint): ModuleFile {
  const info = { title: plan.title, ...(plan.tagline ? { tagline: plan.tagline } : {}) };
  const theme = Object.fromEntries(Object.entries(plan.theme).filter(([, value]) => value !== undefined));
  // The SDK's own words follow the language of the page; the page is built in English.
  const language = plan.language === 'en' ? '' : `document.documentElement.lang = '${plan.language}';\n\n`;
  const text =
    language +
    `export const info = ${literal(info, 22)};\n\n` +
    `/** Colours, corners and font; the SDK derives all the rest. */\nexport const theme: Theme = ${literal(theme, 30)};`;
  return moduleFile('src/app-info.ts', 'Name and looks of the app.', {
    ...raw(text),
    imports: [{ name: 'Theme', from: '@faibric/app', type: true }],
  });
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`the plan names the collection ${name}, which it does not have`);
  return value;
}
