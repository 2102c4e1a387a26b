// Small programs as sections of a plan.
import type { SectionOf, ToolName } from '@faibric/crds';
import type { Brief, WantedTool } from './brief.ts';

const GAMES: ReadonlySet<ToolName> = new Set([
  'tic-tac-toe',
  'memory',
  'snake',
  'twenty-forty-eight',
  'rock-paper-scissors',
  'number-guess',
]);

const ICONS: Readonly<Partial<Record<ToolName, string>>> = {
  timer: 'Timer',
  stopwatch: 'Timer',
  pomodoro: 'Timer',
  countdown: 'CalendarClock',
  counter: 'Hash',
  calculator: 'Calculator',
  'unit-converter': 'Ruler',
  'tip-calculator': 'HandCoins',
  'bmi-calculator': 'Scale',
  'password-generator': 'KeyRound',
  dice: 'Dices',
  'coin-flip': 'Coins',
  picker: 'Shuffle',
  quiz: 'CircleQuestionMark',
  'flash-cards': 'GalleryVerticalEnd',
};

/** The icon of a tool. */
export const toolIcon = (tool: ToolName): string => ICONS[tool] ?? (GAMES.has(tool) ? 'Gamepad2' : 'Wrench');

/** Whether a tool is a game. */
export const isGame = (tool: ToolName): boolean => GAMES.has(tool);

const toSection = ({ tool, title, names, cards, ...settings }: WantedTool): SectionOf<'tool'> => ({
  kind: 'tool',
  id: tool,
  title,
  tool,
  ...settings,
  ...(names ? { names: [...names] } : {}),
  ...(cards ? { cards: cards.map((card) => ({ ...card })) } : {}),
});

/** One section for each tool. */
export const toolSections = (brief: Brief): SectionOf<'tool'>[] => brief.tools.map(toSection);
