// Small programs that a prompt asks for by name, with the settings it states: minutes, sides, names, a date.
import type { ToolName } from '@faibric/crds';
import type { Brief, WantedTool } from '../plan/brief.ts';
import { sentenceCase } from './make-field.ts';

type Row = readonly [tool: ToolName, title: string, words: RegExp];

// biome-ignore format: one tool to a line
const TOOLS: readonly Row[] = [
  ['pomodoro', 'Pomodoro timer', /\bpomodoros?\b|\bfocus timer\b/i],
  ['stopwatch', 'Stopwatch', /\bstop ?watch(?:es)?\b|\bstoppuhr\b|\blap timer\b/i],
  ['countdown', 'Countdown', /\bcount(?:ing)?[- ]?down (?:to|until|till|for (?:my|our|the)|app|page|timer to|days)\b|\bdays (?:until|till|left until)\b|\bcountdown(?! timer)\b/i],
  ['timer', 'Timer', /(?<!focus |pomodoro |lap )\b(?:(?:kitchen|egg|tea|cooking|workout|interval|meditation|countdown|simple|minute|online)? ?timer|eieruhr)\b(?! to)/i],
  ['counter', 'Counter', /(?<!calorie |word |character |step )\b(?:(?:click|tally|hand|people|simple|push-?up) )?counter\b(?! service)|\bcount (?:clicks|people|things|laps)\b|\btally\b|\bzähler\b/i],
  ['tip-calculator', 'Tip calculator', /\btip (?:calculator|splitter|app)\b|\b(?:bill|restaurant bill) split(?:ter|ting)?\b|\bsplit (?:the|a|our) (?:\w+ )?bill\b/i],
  ['bmi-calculator', 'BMI calculator', /\bbmi\b|\bbody mass index\b/i],
  ['unit-converter', 'Unit converter', /\b(?:unit|metric|imperial|temperature|length|weight|measurement|kilomet(?:re|er)s? to miles|celsius to fahrenheit)s? ?(?:converter|conversion|calculator)\b|\bconvert (?:units|celsius|fahrenheit|kilomet|miles|pounds|kilos|inches|cm|temperatures?|lengths?|weights?)\b|\bconverter\b(?=.*\b(?:units?|metric|km|miles|celsius|kg|pounds)\b)|\beinheitenumrechner\b/i],
  ['calculator', 'Calculator', /(?<!(?:tip|bmi|loan|mortgage|unit|age|calorie|percentage|interest|tax|carbon|grade|price) )\b(?:pocket |basic |simple |scientific )?calculator\b|\btaschenrechner\b|\bcalculatrice\b|\bcalculadora\b/i],
  ['password-generator', 'Password generator', /\bpassword (?:generator|maker|creator)\b|\bgenerate (?:\w+ )?passwords?\b/i],
  ['dice', 'Dice', /\b(?:dice|die roller|d20|würfel)\b|\broll (?:a )?(?:die|d\d+)\b/i],
  ['coin-flip', 'Coin flip', /\b(?:coin (?:flip(?:per)?|toss(?:er)?)|flip (?:a )?coin|toss a coin|heads or tails)\b/i],
  ['picker', 'Random picker', /\b(?:random (?:name |winner |student |team |choice |food |movie )?(?:picker|selector|chooser|generator)|wheel of (?:names|fortune)|spin(?:ning|ner)? (?:the )?wheel|decision (?:maker|wheel)|lucky draw|raffle|pick (?:a|one) (?:random|name)|random picker|what (?:to|should we) eat|who (?:pays|does|starts)|magic 8)\b/i],
  ['flash-cards', 'Flash cards', /\bflash ?-?cards?\b|\bkarteikarten\b|\bvocabulary trainer\b/i],
  ['quiz', 'Quiz', /\b(?:quiz(?:zes)?|trivia)\b/i],
  ['tic-tac-toe', 'Tic-tac-toe', /\btic[- ]?tac[- ]?toe\b|\bnoughts and crosses\b/i],
  ['memory', 'Memory', /\b(?:memory (?:game|cards?|match(?:ing)?)|matching (?:pairs|game|cards)|pairs game|concentration game)\b/i],
  ['snake', 'Snake', /\bsnake\b(?= game|[^a-z]*$|.{0,20}\bgame\b)|\bgame (?:of|like) snake\b|\bsnake (?:clone|app)\b/i],
  ['twenty-forty-eight', '2048', /\b2048\b/i],
  ['rock-paper-scissors', 'Rock, paper, scissors', /\brock[, -]+paper[, -]+(?:and )?scissors?\b/i],
  ['number-guess', 'Guess the number', /\b(?:guess(?:ing)? (?:the |a )?numbers?|number guess(?:ing)?)\b/i],
];

const NUMBERS: Readonly<Record<string, number>> = {
  five: 5,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  'twenty-five': 25,
  thirty: 30,
};
const MINUTES =
  /\b(\d{1,3}|five|ten|fifteen|twenty|twenty-five|thirty)[- ]?(?:min(?:ute)?s?|minutos?|minuten)\b/gi;

const toNumber = (word: string): number => NUMBERS[word.toLowerCase()] ?? Number(word);

function settings(tool: ToolName, prompt: string): Partial<WantedTool> {
  const minutes = [...prompt.matchAll(MINUTES)]
    .map((match) => toNumber(match[1] ?? ''))
    .filter((value) => value > 0 && value <= 600);
  const [first, second] = minutes;
  if (tool === 'timer' && first) return { minutes: first };
  if (tool === 'pomodoro' && first)
    return second
      ? { minutes: Math.max(first, second), breakMinutes: Math.min(first, second) }
      : { minutes: first };
  if (tool === 'dice') {
    const sides = Number(/\bd(\d{1,3})\b|\b(\d{1,3})[- ]sided\b/i.exec(prompt)?.slice(1).find(Boolean));
    return sides >= 2 ? { sides } : {};
  }
  if (tool === 'countdown') {
    const date = readDate(prompt);
    return date ? { date } : {};
  }
  if (tool === 'picker') {
    const names = readChoices(prompt);
    return names.length > 1 ? { names } : {};
  }
  return {};
}

/** Days of the year that people count down to; month and day. */
const FEASTS: readonly (readonly [RegExp, string])[] = [
  [/\bchristmas\b|\bweihnachten\b|\bnoël\b|\bnavidad\b/i, '12-25'],
  [/\bhalloween\b/i, '10-31'],
  [/\bvalentine'?s?\b/i, '02-14'],
];
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** A date with its year: without a clock, a feast's year cannot be known, so only a stated one counts. */
function readDate(prompt: string): string | undefined {
  const iso = /\b(\d{4}-\d{2}-\d{2})\b/.exec(prompt)?.[1];
  if (iso && !Number.isNaN(Date.parse(iso))) return iso;
  const year = /\b(20\d{2})\b/.exec(prompt)?.[1];
  if (!year) return undefined;
  const feast = FEASTS.find(([words]) => words.test(prompt))?.[1];
  if (feast) return `${year}-${feast}`;
  const named = new RegExp(
    `\\b(?:(\\d{1,2})(?:st|nd|rd|th|\\.)?\\s+(?:of\\s+)?(${MONTHS.join('|')})|(${MONTHS.join('|')})\\s+(\\d{1,2}))\\b`,
    'i',
  ).exec(prompt);
  if (!named) return /\bnew year\b/i.test(prompt) ? `${year}-01-01` : undefined;
  const month = MONTHS.indexOf((named[2] ?? named[3] ?? '').toLowerCase()) + 1;
  const day = Number(named[1] ?? named[4]);
  if (day < 1 || day > 31) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** "between pizza, sushi and tacos", "options: red, green, blue". */
function readChoices(prompt: string): string[] {
  const list =
    /(?:\b(?:between|among|options?|choices?|names?|from|like)\b\s*:?|:)\s+([^.!?\n]{3,200})/i.exec(
      prompt,
    )?.[1];
  if (!list) return [];
  const choices = list
    .split(/\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|vs\.?|versus)\s+/i)
    .map((choice) =>
      sentenceCase(
        choice
          .replace(/^(?:an?|the)\s+/i, '')
          .replace(/["“”?]/g, '')
          .trim(),
      ),
    )
    .filter((choice) => choice.length > 0 && choice.length <= 40);
  return choices.length > 1 ? [...new Set(choices)].slice(0, 12) : [];
}

const TRACKING = /\b(?:track(?:er|ing)?|log(?:book|ger)?|list of|collection of|inventory|manage)\b/i;

/** A more special tool makes the general one of the same words needless. */
const COVERED: Readonly<Partial<Record<ToolName, readonly ToolName[]>>> = {
  timer: ['pomodoro', 'stopwatch', 'countdown'],
  calculator: ['tip-calculator', 'bmi-calculator', 'unit-converter'],
  counter: ['countdown'],
};

/** Tools that the prompt names. A tracker of games or quizzes is no game. */
export function readTools(prompt: string): WantedTool[] {
  return TOOLS.filter(([, , words]) => {
    const match = words.exec(prompt);
    if (!match) return false;
    const around = prompt.slice(Math.max(0, match.index - 30), match.index + match[0].length + 14);
    return !TRACKING.test(around);
  })
    .filter(([tool], _, all) => !all.some(([other]) => COVERED[tool]?.includes(other)))
    .slice(0, 4)
    .map(([tool, title]) => ({ tool, title, ...settings(tool, prompt) }));
}

const POLL =
  /\b(?:poll|vote (?:on|for|between|which|what|whether)|voting (?:app|page|on|for)|let (?:people|us|my team|friends|everyone|users|the team) vote|abstimmung|umfrage über)\b/i;

/** A poll, with the question and options that the prompt gives. */
export function readPoll(prompt: string): Brief['poll'] {
  if (!POLL.test(prompt) || /\b(?:feature requests?|roadmap|proposals?|up-?vote)\b/i.test(prompt))
    return undefined;
  const question =
    /["“]([^"”]{4,200}\?)["”]/.exec(prompt)?.[1] ??
    /\b((?:which|what|who|where|when|should|do you)\b[^.?!\n]{4,120}\?)/i.exec(prompt)?.[1];
  const options = readChoices(prompt.replace(question ?? '', ''));
  return {
    question: question
      ? sentenceCase(question)
      : options.length > 1
        ? 'Which one do you choose?'
        : 'Do you agree?',
    options: options.length > 1 ? options : ['Yes', 'No', 'Not sure'],
  };
}
