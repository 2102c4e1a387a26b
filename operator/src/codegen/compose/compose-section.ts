// Which composer writes which kind of section. A kind without a composer does not type-check.
import type { BlueprintSection, SectionOf } from '@faibric/crds';
import { isOwnersOnly } from './offers.ts';
import type { ComposedSection, SectionContext } from './section-context.ts';
import { composeChart, composeStats } from './sections/figures.ts';
import { composeForm } from './sections/form.ts';
import { composeOwners } from './sections/owners.ts';
import { composePoll } from './sections/poll.ts';
import { composeCoins, composeStocks } from './sections/prices.ts';
import { composeRecords } from './sections/records.ts';
import {
  composeContact,
  composeFeatures,
  composeHero,
  composeHours,
  composePeople,
  composePriceList,
  composeProse,
  composeQuestions,
  composeTestimonials,
} from './sections/static.ts';
import { composeTool } from './sections/tool.ts';
import { composeWeather } from './sections/weather.ts';
import { composeNotes, composePosts } from './sections/writing.ts';

type Composers = {
  readonly [K in BlueprintSection['kind']]: (
    section: SectionOf<K>,
    context: SectionContext,
  ) => ComposedSection;
};

const COMPOSERS: Composers = {
  records: composeRecords,
  stats: composeStats,
  chart: composeChart,
  form: composeForm,
  posts: composePosts,
  notes: composeNotes,
  stocks: composeStocks,
  coins: composeCoins,
  weather: composeWeather,
  hero: composeHero,
  'price-list': composePriceList,
  hours: composeHours,
  features: composeFeatures,
  prose: composeProse,
  people: composePeople,
  testimonials: composeTestimonials,
  questions: composeQuestions,
  contact: composeContact,
  tool: composeTool,
  poll: composePoll,
};

/** The source of one section. */
export function composeSection(section: BlueprintSection, context: SectionContext): ComposedSection {
  if ('collection' in section && section.kind !== 'form')
    if (isOwnersOnly(context.names(section.collection).collection)) return composeOwners(section, context);
  // The table is keyed by `kind`, so the composer found takes exactly this section; TypeScript cannot follow that.
  const composer = COMPOSERS[section.kind] as (
    section: BlueprintSection,
    context: SectionContext,
  ) => ComposedSection;
  return composer(section, context);
}
