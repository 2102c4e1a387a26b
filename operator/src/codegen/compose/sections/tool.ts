// Which composer writes which small program.
import type { SectionOf, ToolName } from '@faibric/crds';
import type { Code } from '../code.ts';
import type { ComposedSection, SectionContext } from '../section-context.ts';
import {
  composeBmi,
  composeCalculator,
  composeConverter,
  composeCounter,
  composePassword,
  composeTip,
} from '../tools/calculators.ts';
import { composeFlashCards, composeQuiz } from '../tools/cards.ts';
import { composeCoin, composeDice, composePicker } from '../tools/chance.ts';
import {
  composeMemory,
  composeNumberGuess,
  composeRockPaperScissors,
  composeTicTacToe,
} from '../tools/games.ts';
import { composeSnake, composeTwentyFortyEight } from '../tools/grid-games.ts';
import { composeCountdown, composeStopwatch, composeTimer } from '../tools/time.ts';

type ToolComposer = (section: SectionOf<'tool'>, context: SectionContext) => Code;

const TOOL_COMPOSERS: Readonly<Record<ToolName, ToolComposer>> = {
  timer: composeTimer,
  pomodoro: composeTimer,
  stopwatch: composeStopwatch,
  countdown: composeCountdown,
  counter: composeCounter,
  calculator: composeCalculator,
  'unit-converter': composeConverter,
  'tip-calculator': composeTip,
  'bmi-calculator': composeBmi,
  'password-generator': composePassword,
  dice: composeDice,
  'coin-flip': composeCoin,
  picker: composePicker,
  quiz: composeQuiz,
  'flash-cards': composeFlashCards,
  'tic-tac-toe': composeTicTacToe,
  memory: composeMemory,
  'rock-paper-scissors': composeRockPaperScissors,
  'number-guess': composeNumberGuess,
  snake: composeSnake,
  'twenty-forty-eight': composeTwentyFortyEight,
};

/** A small program that keeps nothing on the server. */
export const composeTool = (section: SectionOf<'tool'>, context: SectionContext): ComposedSection => ({
  about: `${section.tool.replaceAll('-', ' ')}: runs in the browser alone.`,
  code: TOOL_COMPOSERS[section.tool](section, context),
});
