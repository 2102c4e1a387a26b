// Changes of sections: add a chart, a form, another list, a part of a site, a symbol; remove one; show a list otherwise.
import type { Blueprint, BlueprintPage, BlueprintSection } from '@faibric/crds';
import { assemble } from '../../plan/assemble.ts';
import { readPrompt } from '../read-prompt.ts';

const REMOVE =
  /^(?:please )?(?:remove|delete|drop|hide|get rid of|take (?:away|out))\s+(?:the\s+|all\s+)?(.+?)(?:\s+(?:section|page|part|block))?[.!]?$/i;
const ADD = /\b(?:add|show|include|with|also|plus|give|put|need|want|track|and)\b/i;
const VIEWS: readonly (readonly [RegExp, 'table' | 'cards'])[] = [
  [/\b(?:as|in|into|with|use)\s+(?:an?\s+)?(?:cards?|tiles?|grid|gallery)\b/i, 'cards'],
  [/\b(?:as|in|into|with|use)\s+(?:an?\s+)?(?:table|list|rows)\b/i, 'table'],
];

const mapSections = (
  plan: Blueprint,
  change: (section: BlueprintSection) => BlueprintSection | undefined,
): Blueprint => ({
  ...plan,
  pages: plan.pages
    .map((page) => ({ ...page, sections: page.sections.flatMap((section) => change(section) ?? []) }))
    .filter((page) => page.sections.length > 0),
});

/** Words by which a section can be meant. */
const wordsOf = (section: BlueprintSection): string[] =>
  [section.title, section.kind, section.id.replaceAll('-', ' '), ...(MEANT[section.kind] ?? [])].map((word) =>
    (word ?? '').toLowerCase(),
  );

const MEANT: Readonly<Partial<Record<BlueprintSection['kind'], readonly string[]>>> = {
  'price-list': ['menu', 'prices', 'price list', 'services'],
  hours: ['opening hours', 'hours'],
  features: ['features'],
  testimonials: ['testimonials', 'reviews'],
  questions: ['faq', 'questions'],
  people: ['team'],
  prose: ['about', 'about us', 'text'],
  contact: ['contact', 'address'],
  form: ['form', 'contact form', 'sign-up form', 'newsletter'],
  chart: ['chart', 'graph', 'charts'],
  stats: ['figures', 'totals', 'statistics', 'stats'],
  weather: ['weather'],
  stocks: ['stocks'],
  coins: ['crypto', 'coins'],
};

/** "remove the testimonials", "remove TSLA". One section always stays. */
export function removeSection(plan: Blueprint, text: string): Blueprint | undefined {
  const what = REMOVE.exec(text)?.[1]?.toLowerCase();
  if (!what) return undefined;
  let hit = false;
  const changed = mapSections(plan, (section) => {
    if (section.kind === 'stocks' && section.symbols.some((symbol) => symbol.toLowerCase() === what)) {
      hit = true;
      const symbols = section.symbols.filter((symbol) => symbol.toLowerCase() !== what);
      return symbols.length > 0 ? { ...section, symbols } : undefined;
    }
    if (!wordsOf(section).includes(what)) return section;
    hit = true;
    return undefined;
  });
  return hit && changed.pages.length > 0 ? withoutOrphans(changed) : undefined;
}

/** A collection that no section shows is of no use in the code; its documents stay in the database. */
function withoutOrphans(plan: Blueprint): Blueprint {
  const used = new Set(
    plan.pages.flatMap((page) =>
      page.sections.flatMap((section) => ('collection' in section ? [section.collection] : [])),
    ),
  );
  return { ...plan, collections: plan.collections.filter(({ name }) => used.has(name)) };
}

/** "show them as cards". */
export function changeView(plan: Blueprint, text: string): Blueprint | undefined {
  const view = VIEWS.find(([words]) => words.test(text))?.[1];
  const hasList = plan.pages.some((page) => page.sections.some((section) => section.kind === 'records'));
  if (!view || !hasList) return undefined;
  return mapSections(plan, (section) =>
    section.kind === 'records' ? { ...section, view, by: undefined, done: undefined } : section,
  );
}

/** Sections of a plan that another does not have, by id and, for live data, what it shows. */
function freshParts(plan: Blueprint, more: Blueprint): BlueprintPage[] {
  const ids = new Set(plan.pages.flatMap((page) => page.sections.map((section) => section.id)));
  return more.pages
    .map((page) => ({
      ...page,
      sections: page.sections.filter((section) => section.kind !== 'hero' && !ids.has(section.id)),
    }))
    .filter((page) => page.sections.length > 0);
}

/** Symbols, coins and cities go to the section that is there. */
function mergeLive(plan: Blueprint, more: Blueprint): Blueprint {
  const live = more.pages.flatMap((page) => page.sections);
  return mapSections(plan, (section) => {
    const other = live.find((one) => one.kind === section.kind && one.id === section.id);
    if (section.kind === 'stocks' && other?.kind === 'stocks')
      return { ...section, symbols: [...new Set([...section.symbols, ...other.symbols])].slice(0, 20) };
    if (section.kind === 'coins' && other?.kind === 'coins')
      return { ...section, ids: [...new Set([...section.ids, ...other.ids])].slice(0, 20) };
    if (section.kind === 'weather' && other?.kind === 'weather')
      return { ...section, cities: [...new Set([...section.cities, ...other.cities])].slice(0, 12) };
    return section;
  });
}

/** "add a chart": over the first list that has something to group. */
function addChart(plan: Blueprint, text: string): Blueprint | undefined {
  if (!/\b(?:chart|graph|diagram)\b/i.test(text)) return undefined;
  for (const collection of plan.collections) {
    const by =
      (/\bmonth|over time|by date\b/i.test(text)
        ? undefined
        : collection.fields.find((field) => field.type === 'select')) ??
      collection.fields.find((field) => field.type === 'date' || field.type === 'datetime') ??
      collection.fields.find((field) => field.type === 'select');
    const page = plan.pages.find(({ sections }) =>
      sections.some((section) => 'collection' in section && section.collection === collection.name),
    );
    const id = `${collection.name.replaceAll('_', '-').slice(0, 30)}-chart`;
    if (!by || !page || page.sections.some((section) => section.id === id)) continue;
    const measure = collection.fields.find((field) => field.type === 'money');
    const title = `${measure?.label ?? collection.label} by ${by.type === 'select' ? by.label.toLowerCase() : 'month'}`;
    const chart: BlueprintSection = {
      kind: 'chart',
      id,
      title,
      collection: collection.name,
      shape: 'bar',
      by: by.name,
      ...(measure ? { measure: measure.name } : {}),
    };
    return {
      ...plan,
      pages: plan.pages.map((one) => (one === page ? { ...one, sections: [...one.sections, chart] } : one)),
    };
  }
  return undefined;
}

/** "add a contact form", "also track my wines", "add NVDA": what the words would give alone is joined to the plan. */
export function addSections(plan: Blueprint, text: string): Blueprint | undefined {
  const chart = addChart(plan, text);
  if (chart) return chart;
  if (!ADD.test(text)) return undefined;
  const brief = readPrompt(plan.type === 'site' ? `site with ${text}` : text);
  const isEmpty = brief.things.every(
    (thing) => /^entr(?:y|ies)$/.test(thing.plural) || thing.icon === 'LayoutList',
  );
  const hasOther =
    brief.forms.length + brief.stocks.length + brief.coins.length + brief.cities.length + brief.tools.length >
    0;
  if (isEmpty && !hasOther && !brief.site && !brief.blog && !brief.notes && !brief.poll) return undefined;
  const more = assemble(isEmpty ? { ...brief, things: [] } : brief);
  const merged = mergeLive(plan, more);
  const pages = freshParts(plan, more);
  const taken = new Set(plan.collections.map(({ name }) => name));
  const collections = more.collections.filter(({ name }) => !taken.has(name));
  if (pages.length === 0) return JSON.stringify(merged) === JSON.stringify(plan) ? undefined : merged;
  const shownPages = pages.filter((page) =>
    page.sections.every((section) => !('collection' in section) || !taken.has(section.collection)),
  );
  if (shownPages.length === 0) return undefined;
  return {
    ...merged,
    collections: [...plan.collections, ...collections],
    pages: joinPages(merged, shownPages),
  };
}

/** A site and a form stay one page; a new list becomes a page of its own. */
function joinPages(plan: Blueprint, more: readonly BlueprintPage[]): BlueprintPage[] {
  const [first, ...rest] = plan.pages;
  if (!first) return [...more];
  if (plan.type === 'site' && rest.length === 0)
    return [{ ...first, sections: [...first.sections, ...more.flatMap((page) => page.sections)] }];
  const titled =
    first.title === 'Home' && first.id === 'home'
      ? { ...first, title: plan.collections[0]?.label ?? first.title }
      : first;
  const ids = new Set(plan.pages.map((page) => page.id));
  const renamed = more.map((page) =>
    ids.has(page.id) ? { ...page, id: page.sections[0]?.id ?? page.id } : page,
  );
  const named = renamed.map((page) =>
    page.title === 'Home' ? { ...page, title: page.sections[0]?.title ?? 'More' } : page,
  );
  return [titled, ...rest, ...named];
}
