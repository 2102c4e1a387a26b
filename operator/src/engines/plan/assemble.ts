// Brief to blueprint: decides pages, sections and their order. Pure, and total: any brief gives a plan that composes.
import type { Blueprint, BlueprintCollection, BlueprintPage, BlueprintSection } from '@faibric/crds';
import { accentOf } from './accents.ts';
import type { Brief } from './brief.ts';
import { formCollection, formId, formSection } from './form-sections.ts';
import { liveSections } from './live-sections.ts';
import { translatePlan } from './phrases.ts';
import { siteSections } from './site-sections.ts';
import { thingCollection, thingSections } from './thing-sections.ts';
import { isGame, toolIcon, toolSections } from './tool-sections.ts';
import { writtenParts } from './writing-sections.ts';

interface Part {
  readonly id: string;
  readonly title: string;
  readonly sections: readonly BlueprintSection[];
  readonly collections: readonly BlueprintCollection[];
}

const LIMITED_MAX = 50;

/** The plan of what was understood. `icon` is of the app as a whole. */
export function assemble(brief: Brief): Blueprint {
  const parts = distinctParts([
    ...siteParts(brief),
    ...toolParts(brief),
    ...liveParts(brief),
    ...thingParts(brief),
    ...writtenParts(brief).map(({ collection, ...part }) => ({ ...part, collections: [collection] })),
    ...formParts(brief),
  ]);
  const collections = parts.flatMap((part) => part.collections);
  const icon = iconOf(brief);
  return translatePlan({
    version: 1,
    title: brief.title,
    ...(brief.tagline ? { tagline: brief.tagline } : {}),
    type: typeOf(brief),
    language: brief.language,
    icon,
    theme: themed(brief, icon),
    collections,
    pages: toPages(brief, parts),
    limited: brief.limited.slice(0, LIMITED_MAX),
  });
}

/** Parts whose collections, anchors and pages have names of their own; a second part of one collection is left out. */
function distinctParts(parts: readonly Part[]): Part[] {
  const names = new Set<string>();
  const ids = new Set<string>();
  const free = (id: string): string => {
    let candidate = id;
    for (let i = 2; ids.has(candidate); i++) candidate = `${id.slice(0, 36)}-${i}`;
    ids.add(candidate);
    return candidate;
  };
  const pages = new Set<string>();
  return parts.flatMap((part) => {
    if (part.collections.some(({ name }) => names.has(name))) return [];
    for (const { name } of part.collections) names.add(name);
    const id = pages.has(part.id) ? `${part.id.slice(0, 34)}-${pages.size}` : part.id;
    pages.add(id);
    return [
      { ...part, id, sections: part.sections.map((section) => ({ ...section, id: free(section.id) })) },
    ];
  });
}

/** A stated colour wins; beside a stated background no colour is guessed. */
function themed({ theme }: Brief, icon: string): Blueprint['theme'] {
  const accent = theme.primary || theme.background ? undefined : accentOf(icon);
  return accent ? { ...theme, primary: accent } : theme;
}

function typeOf(brief: Brief): Blueprint['type'] {
  if (brief.site) return 'site';
  if (brief.stocks.length + brief.coins.length + brief.cities.length > 0) return 'dashboard';
  if (brief.tools.length > 0) return brief.tools.every(({ tool }) => isGame(tool)) ? 'game' : 'tool';
  if (brief.blog) return 'blog';
  if (brief.notes) return 'notes';
  if ((brief.forms.length > 0 || brief.poll) && brief.things.length === 0) return 'form';
  return 'list-manager';
}

function iconOf(brief: Brief): string {
  if (brief.site) return siteSections(brief.site, brief).icon;
  if (brief.stocks.length > 0) return 'ChartCandlestick';
  if (brief.coins.length > 0) return 'Bitcoin';
  if (brief.cities.length > 0) return 'CloudSun';
  const tool = brief.tools[0];
  if (tool) return toolIcon(tool.tool);
  return brief.things[0]?.icon ?? writtenParts(brief)[0]?.icon ?? formIcon(brief);
}

const formIcon = (brief: Brief): string => (brief.forms.length > 0 ? 'MessageSquare' : 'LayoutList');

const siteParts = (brief: Brief): Part[] =>
  brief.site
    ? [{ id: 'home', title: 'Home', sections: siteSections(brief.site, brief).sections, collections: [] }]
    : [];

function toolParts(brief: Brief): Part[] {
  return toolSections(brief).map((section) => ({
    id: section.id,
    title: section.title ?? 'Tool',
    sections: [section],
    collections: [],
  }));
}

function liveParts(brief: Brief): Part[] {
  const sections = liveSections(brief);
  return sections.length > 0 ? [{ id: 'live', title: 'Live', sections, collections: [] }] : [];
}

const thingParts = (brief: Brief): Part[] =>
  brief.things.map((thing) => {
    const collection = thingCollection(thing, brief.audience);
    return {
      id: collection.name.replaceAll('_', '-').slice(0, 40),
      title: collection.label,
      sections: thingSections(thing, collection, brief),
      collections: [collection],
    };
  });

const formParts = (brief: Brief): Part[] =>
  brief.forms.map((form) => {
    const collection = formCollection(form, brief);
    return {
      id: formId(form),
      title: form.title,
      sections: formSection(form, collection),
      collections: [collection],
    };
  });

/** A site is one page that ends with its forms; anything else gets a page per part. */
function toPages(brief: Brief, parts: readonly Part[]): BlueprintPage[] {
  if (parts.length === 0) throw new Error('a brief without any part: readers always find one');
  const isOnePage = Boolean(brief.site) && brief.things.length === 0;
  if (isOnePage || parts.length === 1) {
    return [{ id: 'home', title: 'Home', sections: parts.flatMap((part) => part.sections) }];
  }
  return parts.map(({ id, title, sections }) => ({ id, title, sections: [...sections] }));
}
