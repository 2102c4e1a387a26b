// The sections of a site, filled with a first text for its kind of business. Whoever owns the site replaces it; so the
// texts claim nothing, and details nobody gave (address, phone) are marked as examples.
import type { BlueprintSection, SectionOf } from '@faibric/crds';
import { BUSINESSES, type BusinessRow } from '../builtin/lexicon/businesses.ts';
import type { Brief, SiteSection, WantedSite } from './brief.ts';
import { formId } from './form-sections.ts';

type Day = SectionOf<'hours'>['days'][number]['day'];
type Spans = SectionOf<'hours'>['days'][number]['hours'];

const DAYS: readonly Day[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const span = (open: string, close: string): Spans => [{ open, close }];

/** From Monday to Sunday. */
const HOURS: Readonly<Record<BusinessRow['hours'], readonly Spans[]>> = {
  restaurant: [
    [],
    ...Array.from({ length: 4 }, () => [...span('11:30', '14:00'), ...span('17:30', '22:00')]),
    span('17:00', '23:00'),
    span('17:00', '21:30'),
  ],
  shop: [...Array.from({ length: 5 }, () => span('09:00', '18:30')), span('09:00', '16:00'), []],
  early: [
    [],
    ...Array.from({ length: 4 }, () => span('07:00', '18:00')),
    span('08:00', '17:00'),
    span('08:00', '13:00'),
  ],
  office: [
    ...Array.from({ length: 5 }, () => [...span('08:00', '12:00'), ...span('13:30', '17:00')]),
    [],
    [],
  ],
  evening: [
    [],
    ...Array.from({ length: 3 }, () => span('18:00', '23:30')),
    span('18:00', '24:00'),
    span('18:00', '24:00'),
    [],
  ],
  daily: DAYS.map(() => span('09:00', '20:00')),
};

/** Sections of a site in the order of the page, and the icon of its kind. */
export function siteSections(site: WantedSite, brief: Brief): { icon: string; sections: BlueprintSection[] } {
  const row = BUSINESSES.find(({ kind }) => kind === site.kind) ?? BUSINESSES.at(-1);
  if (!row) return { icon: 'Globe', sections: [] };
  const body = ORDER.filter((section) => site.sections.includes(section)).map((section) =>
    makeSection(section, row, { site, brief }),
  );
  const hero: BlueprintSection = {
    kind: 'hero',
    id: 'top',
    title: site.name,
    subtitle: brief.tagline ?? row.tagline,
    actions: heroActions(body, brief),
  };
  return { icon: row.icon, sections: [hero, ...body] };
}

const ORDER: readonly SiteSection[] = [
  'features',
  'menu',
  'services',
  'pricing',
  'about',
  'team',
  'testimonials',
  'questions',
  'hours',
  'contact',
];

function heroActions(body: readonly BlueprintSection[], brief: Brief): { label: string; target: string }[] {
  const [first] = body;
  const form = brief.forms[0];
  return [
    ...(first?.title ? [{ label: first.title, target: first.id }] : []),
    ...(form ? [{ label: form.title, target: formId(form) }] : []),
  ];
}

interface Context {
  readonly site: WantedSite;
  readonly brief: Brief;
}

function makeSection(section: SiteSection, row: BusinessRow, { site, brief }: Context): BlueprintSection {
  switch (section) {
    case 'menu':
    case 'services':
    case 'pricing':
      return priceList(section, row, brief.currency);
    case 'features':
      return {
        kind: 'features',
        id: 'features',
        title: `Why ${site.name}`,
        items: row.features.map(([icon, title, description]) => ({ icon, title, description })),
      };
    case 'about':
      return { kind: 'prose', id: 'about', title: 'About us', text: row.about };
    case 'hours':
      return {
        kind: 'hours',
        id: 'hours',
        title: 'Opening hours',
        days: DAYS.map((day, index) => ({ day, hours: [...(HOURS[row.hours][index] ?? [])] })),
      };
    case 'team':
      return {
        kind: 'people',
        id: 'team',
        title: 'Our team',
        description: 'Example entries: put your own people here.',
        items: ['Alex', 'Sam', 'Kim'].map((name, i) => ({
          name,
          role: ['Owner', 'Guest service', 'Right hand'][i] ?? '',
        })),
      };
    case 'testimonials':
      return {
        kind: 'testimonials',
        id: 'testimonials',
        title: 'What people say',
        description: 'Example quotes: put real ones here.',
        items: [
          { quote: 'Friendly, quick and good. I will come again.', name: 'A happy customer' },
          { quote: 'Exactly what I was looking for.', name: 'Another customer' },
          { quote: 'Recommended by a friend, and now by me.', name: 'A new regular' },
        ],
      };
    case 'questions':
      return {
        kind: 'questions',
        id: 'questions',
        title: 'Questions and answers',
        items: [
          { question: 'How can I reach you?', answer: 'Write to us or call; we answer within a day.' },
          { question: 'Do I need an appointment?', answer: 'It helps, but you can always drop in and ask.' },
          { question: 'How can I pay?', answer: 'In cash or by card, as you like.' },
        ],
      };
    case 'contact':
      return {
        kind: 'contact',
        id: 'contact',
        title: 'Where to find us',
        description: 'Example details: put your own here.',
        address: '12 Example Street, Your Town',
        phone: '+00 000 000 00 00',
        email: 'hello@example.com',
      };
  }
}

function priceList(
  section: 'menu' | 'services' | 'pricing',
  row: BusinessRow,
  currency: string,
): BlueprintSection {
  const titles = { menu: 'Menu', services: 'Services', pricing: 'Prices' };
  const isOwnList = section !== 'menu' || row.listTitle === 'Menu';
  return {
    kind: 'price-list',
    id: section,
    title: isOwnList ? (section === 'menu' ? 'Menu' : row.listTitle) : titles[section],
    currency,
    groups: row.offers.map(readGroup),
  };
}

/** "Pizza: Margherita | Tomato, basil | 9.5 | vegan; …" */
function readGroup(text: string): SectionOf<'price-list'>['groups'][number] {
  const at = text.indexOf(': ');
  const items = text
    .slice(at + 2)
    .split('; ')
    .map((item) => {
      const [name = '', description = '', price = '', tag] = item.split('|').map((part) => part.trim());
      return {
        name,
        ...(description ? { description } : {}),
        ...(price ? { price: Number(price) } : {}),
        ...(tag ? { tags: [tag] } : {}),
      };
    });
  return { title: text.slice(0, at), items };
}
