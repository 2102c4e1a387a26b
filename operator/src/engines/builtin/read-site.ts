// Whether a prompt asks for a site, of which kind of business, and with which sections.
import type { SiteSection, WantedSite } from '../plan/brief.ts';
import { BUSINESSES } from './lexicon/businesses.ts';
import { sentenceCase } from './make-field.ts';
import { readBusinessName } from './read-names.ts';

const SITE =
  /\b(?:(?:faq|about|contact|pricing|menu|price) page|portfolio (?:for|of) (?:an?|my|the)|online (?:store|shop)|web ?shop|e-?shop|e-?commerce|web ?sites?|sites?|web ?pages?|land(?:ing)? ?pages?|home ?pages?|one[- ]pager|webseite|website|internetseite|site web|página(?: web)?|sito|online presence|web presence|portfolio(?= (?:site|page|website))|personal page|brochure)\b/i;

const SECTIONS: readonly (readonly [SiteSection, RegExp])[] = [
  ['features', /\b(?:features?|benefits|highlights|why (?:choose )?us)\b/i],
  ['menu', /\b(?:menu|dishes|speisekarte|menú|carte|drinks list|wine list|flavou?rs)\b/i],
  [
    'services',
    /\b(?:services?|treatments|offers?|offerings|what we do|leistungen|angebote?|classes|courses|products?|catalogue?|rooms)\b/i,
  ],
  [
    'pricing',
    /\b(?:pric(?:es?|ing|e list)|preise?n?|preisliste|rates|plans|packages|tarifs?|precios|tickets|membership fees)\b/i,
  ],
  [
    'about',
    /\b(?:about(?: us| me)?|our story|history|who we are|mission|biograph?y|bio)\b|über (?:uns|mich)|über (?:uns|mich)/i,
  ],
  [
    'hours',
    /\b(?:opening (?:hours|times)|open(?:ing)? hours|(?<!worked |of )hours(?! and| worked| spent| of| per)|horaires?|horarios?|orari|timetable|when (?:we are|it is) open)\b|öffnungszeiten/i,
  ],
  ['team', /\b(?:team|staff|our people|members of|chefs?|speakers?|line-?up|trainers?|doctors)\b/i],
  [
    'testimonials',
    /\b(?:testimonials?|reviews?|what (?:our )?(?:customers|clients|people) say|kundenstimmen|references)\b/i,
  ],
  ['questions', /\b(?:faqs?|frequently asked|questions and answers|q ?& ?a)\b/i],
  [
    'contact',
    /\b(?:contact(?! form| list|s)|address|location|map|directions|phone number|kontakt(?!formular)|contacto|find us|where we are)\b/i,
  ],
];

const DEFAULTS: readonly SiteSection[] = ['features', 'about', 'contact'];
const NEEDS_PRICES: ReadonlySet<string> = new Set([
  'pizzeria',
  'cafe',
  'bakery',
  'restaurant',
  'bar',
  'ice-cream',
  'hair',
  'gym',
]);

/** The site that a prompt asks for, if it asks for one. */
export function readSite(prompt: string, statedName: string | undefined): WantedSite | undefined {
  const greeting = readGreeting(prompt);
  if (greeting) return { name: greeting, kind: 'product', sections: [] };
  const business = BUSINESSES.find(({ words }) => words.test(prompt)) ?? BUSINESSES.at(-1);
  const asked = SECTIONS.filter(([, words]) => words.test(prompt)).map(([section]) => section);
  const isSite = SITE.test(prompt);
  if (!business || !(isSite || asksByContent(prompt, business.kind, asked))) return undefined;
  const name = statedName ?? readBusinessName(prompt) ?? nameOfKind(prompt, business.words);
  return { name, kind: business.kind, sections: sectionsOf(business.kind, asked) };
}

/** Whether a label of a list names a section of a site, and no field of a form. */
export const isSiteSection = (label: string): boolean => SECTIONS.some(([, words]) => words.test(label));

/** No word for "site", but a business and what a site of it shows: "a bakery with opening hours and a price list". */
const asksByContent = (prompt: string, kind: string, asked: readonly SiteSection[]): boolean =>
  kind !== 'product' &&
  kind !== 'shop' &&
  asked.some((section) => section === 'hours' || section === 'menu' || section === 'testimonials') &&
  !/\b(?:track|tracker|manage|manager|log|inventory|planner|list of|database|organi[sz]e|app|users?|people) ?(?:can|where)?\b/i.test(
    prompt,
  );

function sectionsOf(kind: string, asked: readonly SiteSection[]): SiteSection[] {
  const wanted = new Set<SiteSection>(asked.length > 0 ? asked : DEFAULTS);
  if (asked.length === 0 && NEEDS_PRICES.has(kind)) wanted.add('menu').add('hours');
  if (asked.length === 0 && kind === 'shop') wanted.add('services').add('hours');
  if (wanted.has('menu') || wanted.has('pricing')) wanted.delete('services');
  if (wanted.has('menu')) wanted.delete('pricing');
  return [...wanted];
}

/** Words for any business, which say little without the words before them: "lawn care business". */
const PREFIX =
  /(?<!\p{L})((?:(?!(?:an?|the|my|our|your|for|of|small|local|new|little|family|simple|modern|nice|and|with|in|on|to|für|einen?|der|die|das|pour|une?|le|la|para|il|per|create|build|make|page|site|website|landing|beautiful|green|white|black|blue|red)\b)[\p{Ll}'’-]+ ){1,2})$/iu;

/** "a landing page for a dog walking service in Brooklyn". */
const SUBJECT =
  /\b(?:page|site|website|shop|store)\s+(?:for|of)\s+(?:an?|my|our|the)\s+((?:(?!(?:new|small|local)\s)[\p{Ll}'’-]+\s?){1,4}?)(?=\s+(?:in|with|that|and|where|on|called|named|using)\b|\s*[,.;:!#]|\s*$)/u;

function nameOfKind(prompt: string, words: RegExp): string {
  const subject = SUBJECT.exec(prompt)?.[1];
  if (subject) return sentenceCase(subject);
  const match = words.exec(prompt);
  const at = match?.index ?? 0;
  const end = at + (match?.[0].length ?? 0);
  const word = match?.[0] ?? 'Our site';
  const behind = /^\s+(?:restaurant|shop|bar|studio|salon|club|school|place|truck|company|firm)\b/i.exec(
    prompt.slice(end),
  );
  const ahead = PREFIX.exec(prompt.slice(0, at))?.[1] ?? '';
  if (/^(?:web ?)?(?:site|page)s?$|landing|home ?page|^apps?$/i.test(word))
    return sentenceCase(ahead.trim() || 'Our site');
  return sentenceCase(`${ahead}${word}${behind?.[0] ?? ''}`.trim()).slice(0, 60);
}

const SAYS =
  /\b(?:page|site|website|app)s? (?:that|which) (?:just |only |simply )?says? ["“]?([^"”.!\n]{2,80}?)["”]?(?=\s+(?:in|with|on)\s|[.!]|$)/i;

/** "A page that says Hello World" is nothing but that. */
const readGreeting = (prompt: string): string | undefined => SAYS.exec(prompt)?.[1]?.trim();
