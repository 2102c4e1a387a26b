// Prompt to brief: every reader looks at the whole text on its own, and what they found is put together here. Pure: the
// same prompt gives the same brief.
import type { Brief, Thing } from '../plan/brief.ts';
import { cleanPrompt, shown } from './clean-prompt.ts';
import { sentenceCase } from './make-field.ts';
import { readFields } from './read-fields.ts';
import { readForms } from './read-forms.ts';
import { readLanguage } from './read-language.ts';
import { readLimits } from './read-limits.ts';
import { readCities, readCoins, readStocks } from './read-live.ts';
import { readStatedName } from './read-names.ts';
import { readSite } from './read-site.ts';
import { readTheme } from './read-theme.ts';
import { readThings, unknownThing } from './read-things.ts';
import { readPoll, readTools } from './read-tools.ts';

const CHART =
  /\b(?:charts?|graphs?|plots?|diagrams?|visuali[sz]\w*|trends?|statistics|diagramm|graphique|gráfico|grafico)\b/i;
const FIGURES =
  /\b(?:stat(?:s|istics)?|totals?|summary|summari[sz]e|overview|average|sum of|how (?:much|many)|count of|balance|dashboard)\b/i;
const BLOG =
  /\b(?:blogs?|blogging|weblog|news ?room|magazine|articles? (?:site|page)|posts?(?= (?:with|and|articles)))\b/i;
const NOTES =
  /\b(?:note[- ]?(?:taking|s)? app|notes? app|note[- ]?book|note[- ]?taking|sticky notes?|notepad|scratch ?pad|(?:take|keep|write|save) (?:my |quick |some )?notes|diary|journal(?:ing)?|zettelkasten|notizen|notizbuch)\b/i;

const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/€|\beuros?\b|\bEUR\b/i, 'EUR'],
  [/£|\bpounds? sterling\b|\bGBP\b|\bquid\b/i, 'GBP'],
  [/\bCHF\b|\bfrancs?\b|\bfranken\b/i, 'CHF'],
  [/¥|\byen\b|\bJPY\b/i, 'JPY'],
  [/₹|\brupees?\b|\bINR\b/i, 'INR'],
];

const currencyOf = (prompt: string, language: string): string =>
  CURRENCIES.find(([pattern]) => pattern.test(prompt))?.[1] ??
  (['de', 'fr', 'es', 'it', 'pt', 'nl'].includes(language) ? 'EUR' : 'USD');

/** What a prompt asks for. */
export function readPrompt(text: string, statedTitle?: string): Brief {
  const prompt = cleanPrompt(text);
  const language = readLanguage(prompt);
  const list = readFields(prompt);
  const name = statedTitle ?? readStatedName(prompt);
  const site = readSite(prompt, name);
  const stocks = readStocks(prompt);
  const coins = readCoins(prompt);
  const cities = readCities(prompt);
  const tools = readTools(prompt);
  const poll = readPoll(prompt);
  const forms = readForms(prompt, list.fields);
  const blog = BLOG.test(prompt);
  const notes = NOTES.test(prompt) && list.fields.length < 3;
  const isOther =
    Boolean(site || poll) ||
    stocks.length + coins.length + cities.length + tools.length + forms.length > 0 ||
    blog ||
    notes;
  const currency = currencyOf(prompt, language);
  const things = thingsOf(prompt, { list, isOther, currency });
  const brief: Omit<Brief, 'title'> = {
    language,
    theme: readTheme(prompt),
    things,
    stocks,
    coins,
    cities,
    currency,
    chart: CHART.test(prompt),
    figures: FIGURES.test(prompt),
    ...(site ? { site } : {}),
    forms,
    tools,
    blog,
    notes,
    ...(poll ? { poll } : {}),
    limited: readLimits(prompt),
  };
  return { ...brief, title: shown(name ?? titleOf(brief, prompt), 60) };
}

interface Around {
  readonly list: ReturnType<typeof readFields>;
  readonly isOther: boolean;
  readonly currency: string;
}

/** Things to keep; beside a site, a form or live data only those that the prompt clearly wants kept. */
function thingsOf(prompt: string, { list, isOther, currency }: Around): Thing[] {
  const things = readThings(prompt, list.fields, list.at).map((thing) => ({ ...thing, currency }));
  if (!isOther) return things.length > 0 ? things : [{ ...unknownThing(prompt, list.fields), currency }];
  return KEEPING.test(prompt) ? things : [];
}

const KEEPING =
  /\b(?:track(?:er|ing)?|log(?:ger|ging)? (?:my|our|the)|manag(?:e|er|ing)|inventory|to-?do|tasks?|list of my|add (?:my|new|a)|keep track|save (?:my|favou?rite)|collection of my)\b/i;

function titleOf(brief: Omit<Brief, 'title'>, prompt: string): string {
  const [thing] = brief.things;
  if (brief.site) return brief.site.name;
  const live = [
    brief.stocks.length > 0 && 'Stocks',
    brief.coins.length > 0 && 'Crypto',
    brief.cities.length > 0 && 'Weather',
  ];
  const shownLive = live.filter(Boolean);
  if (shownLive.length > 0) return `${shownLive.join(' & ')} dashboard`;
  const named =
    brief.tools[0]?.title ?? (brief.poll && 'Poll') ?? writingTitle(brief, prompt) ?? brief.forms[0]?.title;
  return named ?? (thing ? keeperTitle(thing, prompt) : 'My app');
}

function writingTitle(brief: Omit<Brief, 'title'>, prompt: string): string | undefined {
  if (brief.blog) {
    const about =
      /\bblog (?:about|on|for) (?:my |our |the )?([\p{L}][\p{L} '-]{2,30}?)(?=[.,;:!?]|\s(?:with|that|and|where|in)\b|$)/iu.exec(
        prompt,
      )?.[1];
    return about ? `${sentenceCase(about)} blog` : 'My blog';
  }
  if (!brief.notes) return undefined;
  return /\b(?:diary|journal)/i.test(prompt) ? 'My journal' : 'Notes';
}

const KEEPER =
  /\b(tracker|log|journal|diary|manager|planner|organi[sz]er|inventory|collection|catalogue?|library|directory|list|board|register|database)\b/i;

/** "plant tracker" stays "Plant tracker"; without such a word the thing's plural is the title. */
function keeperTitle(thing: Thing, prompt: string): string {
  const keeper = KEEPER.exec(prompt)?.[1]?.toLowerCase();
  if (!keeper || thing.singular.endsWith(keeper) || keeper === 'list' || keeper === 'database')
    return sentenceCase(thing.plural);
  if (keeper === 'inventory' && thing.plural.includes('inventory')) return 'Inventory';
  return sentenceCase(`${thing.singular} ${keeper}`);
}
