// Prompt to brief: every reader looks at the whole text on its own, and what they found is put together here. Pure: the
// same prompt gives the same brief.
import type { Brief, Thing } from '../plan/brief.ts';
import { isGame } from '../plan/tool-sections.ts';
import { cleanPrompt, shown } from './clean-prompt.ts';
import { withoutClones } from './clones.ts';
import { KEEPER } from './keeper.ts';
import { sentenceCase } from './make-field.ts';
import { readAudience, withSharing } from './read-audience.ts';
import { readFields } from './read-fields.ts';
import { readForms } from './read-forms.ts';
import { readLanguage } from './read-language.ts';
import { readLimits } from './read-limits.ts';
import { readCities, readCoins, readStocks } from './read-live.ts';
import { readHeadPhrase, readStatedName } from './read-names.ts';
import { isSiteSection, readSite } from './read-site.ts';
import { readTheme } from './read-theme.ts';
import { readListedThings, readThings } from './read-things.ts';
import { readPoll, readTools } from './read-tools.ts';
import { unknownThing } from './unknown-thing.ts';

const CHART =
  /\b(?:charts?|graphs?|plots?|diagrams?|visuali[sz]\w*|trends?|statistics|diagramm|graphique|gráfico|grafico)\b/i;
const OVER_TIME =
  /\b(?:by|per|each|every) (?:month|week|day|date|year)\b|\bover time\b|\btrends?\b|\bmonthly\b|\bweekly\b|\bline chart\b|\bprogress\b/i;
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

const SITE_WORD = /\b(?:site|website|web ?page|landing|home ?page|shop|store|webseite)\b/i;

/** What a prompt asks for. */
export function readPrompt(text: string, statedTitle?: string): Brief {
  const prompt = withoutClones(cleanPrompt(text));
  const language = readLanguage(prompt);
  const found = readFields(prompt);
  const name = statedTitle ?? readStatedName(prompt);
  const site = found.fields.length > 3 && !SITE_WORD.test(prompt) ? undefined : readSite(prompt, name);
  const fields = site ? found.fields.filter((field) => !isSiteSection(field.label)) : found.fields;
  const list = site && fields.length < 2 ? { ...found, fields: [] } : { ...found, fields };
  const stocks = readStocks(prompt);
  const coins = readCoins(prompt);
  const cities = readCities(prompt);
  const tools = readTools(prompt);
  const poll = readPoll(prompt);
  const audience = readAudience(prompt);
  const listAt = site ? list.at : Number.MAX_SAFE_INTEGER;
  const forms = readForms(prompt, { named: list.fields, listAt, login: audience.login });
  const blog = BLOG.test(prompt);
  const notes = NOTES.test(prompt) && list.fields.length < 3;
  const isOther =
    Boolean(site || poll) ||
    stocks.length + coins.length + cities.length + tools.length + forms.length > 0 ||
    blog ||
    notes;
  const currency = currencyOf(prompt, language);
  const things = withSharing(thingsOf(prompt, { list, isOther, currency }), audience, prompt);
  const brief: Omit<Brief, 'title'> = {
    audience,
    language,
    theme: readTheme(prompt),
    things,
    stocks,
    coins,
    cities,
    currency,
    chart: CHART.test(prompt),
    overTime: OVER_TIME.test(prompt),
    figures: FIGURES.test(prompt),
    ...(site ? { site } : {}),
    forms,
    tools,
    blog,
    notes,
    ...(poll ? { poll } : {}),
    limited: [
      ...limitsOf(prompt, tools.length > 0 || things.length === 0 || list.fields.length > 0),
      ...unknownOf(prompt, things, list.fields.length),
    ],
  };
  return { ...brief, title: shown(name ?? titleOf(brief, prompt), 60) };
}

function limitsOf(prompt: string, isBuilt: boolean): string[] {
  const limits = readLimits(prompt);
  const game = isBuilt || TITLE_KEEPER.test(prompt) ? undefined : UNBUILT_GAME.exec(prompt)?.[0];
  const isTold = limits.some((limit) => limit.includes('game'));
  return game && !isTold
    ? [`“${game}”: this game is not built in; the app keeps scores instead.`, ...limits]
    : limits;
}

/** A prompt that no rule knows became a plain list: that is said, and not passed off as what was asked. */
function unknownOf(prompt: string, things: readonly Thing[], named: number): string[] {
  const isGuess = things.length === 1 && things[0]?.icon === 'LayoutList' && named === 0;
  if (!isGuess || TITLE_KEEPER.test(prompt)) return [];
  return [
    `“${shown(prompt, 80)}”: the builtin engine has nothing made for this, so it is a plain list; a model can do more.`,
  ];
}

interface Around {
  readonly list: ReturnType<typeof readFields>;
  readonly isOther: boolean;
  readonly currency: string;
}

/** Things to keep; beside a site, a form or live data only those that the prompt clearly wants kept. */
function thingsOf(prompt: string, { list, isOther, currency }: Around): Thing[] {
  const listed = isOther ? [] : readListedThings(list.fields.map((field) => field.label));
  const things = listed.length > 0 ? listed : readThings(prompt, list.fields, list.at);
  const found = things.length > 0 || isOther ? things : [unknownThing(prompt, list.fields)];
  if (!isOther && UNBUILT_GAME.test(prompt) && !TITLE_KEEPER.test(prompt) && list.fields.length === 0)
    return readThings('score list', [], -1);
  const kept = isOther && !KEEPING.test(prompt) ? [] : found;
  return kept.map((thing) => ({ ...thing, currency }));
}

/** Games that are not built in: the app keeps their scores, and a note says that the game itself is left out. */
const UNBUILT_GAME =
  /\b(?:games?|chess|checkers|tetris|pac-?man|sudoku|crosswords?|minesweeper|poker|blackjack|wordle|hangman|solitaire|pong|platformer)\b/i;

const KEEPING =
  /\b(?:track(?:er|ing)?|log(?:ger|ging)? (?:my|our|the)|manag(?:e|er|ing)|inventory|to-?do|tasks?|list of my|add (?:my|new|a)|keep track|save (?:my|favou?rite)|collection of my|listing)\b/i;

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
    toolTitle(brief) ?? (brief.poll && 'Poll') ?? writingTitle(brief, prompt) ?? brief.forms[0]?.title;
  return named ?? (thing ? keeperTitle(thing, prompt) : 'My app');
}

function toolTitle({ tools }: Omit<Brief, 'title'>): string | undefined {
  if (tools.length < 2) return tools[0]?.title;
  return tools.every(({ tool }) => isGame(tool)) ? 'Games' : 'Tools';
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

const TITLE_KEEPER = new RegExp(`\\b(${KEEPER})s?\\b`, 'i');
const TITLE_WORD =
  /\b(tracker|log|journal|diary|manager|planner|organi[sz]er|inventory|collection|catalogue?|library|directory|board|register)\b/i;

/** The head of the prompt where it is a name, else "plant tracker" of the thing and the word for its keeper. */
function keeperTitle(thing: Thing, prompt: string): string {
  const phrase = readHeadPhrase(prompt);
  if (phrase && (TITLE_KEEPER.test(phrase) || phrase.toLowerCase().includes(thing.singular))) return phrase;
  if (/^entr(?:y|ies)$/.test(thing.plural)) return phrase ?? 'My list';
  if (!/^[\p{Script=Latin}\p{N} '-]+$/u.test(thing.plural)) return shown(prompt, 40);
  const keeper = TITLE_WORD.exec(prompt)?.[1]?.toLowerCase();
  if (!keeper || thing.singular.endsWith(keeper) || thing.plural.includes('inventory'))
    return sentenceCase(thing.plural);
  return sentenceCase(`${thing.singular} ${keeper}`);
}
