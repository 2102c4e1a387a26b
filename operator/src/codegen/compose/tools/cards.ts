// A quiz and flash cards: questions that are written into the app.
import type { SectionOf } from '@faibric/crds';
import { type Code, tsx } from '../code.ts';
import { literal } from '../literal.ts';
import type { SectionContext } from '../section-context.ts';
import { frame } from '../sections/static.ts';

type Card = NonNullable<SectionOf<'tool'>['cards']>[number];

const EXAMPLES: readonly Card[] = [
  {
    front: 'Which planet is closest to the sun?',
    back: 'Mercury',
    choices: ['Venus', 'Mercury', 'Mars', 'Earth'],
  },
  { front: 'How many continents are there?', back: 'Seven', choices: ['Five', 'Six', 'Seven', 'Eight'] },
  { front: 'What is the chemical symbol of gold?', back: 'Au', choices: ['Ag', 'Go', 'Au', 'Gd'] },
  {
    front: 'Which is the longest river in South America?',
    back: 'Amazon',
    choices: ['Paraná', 'Orinoco', 'Amazon', 'Magdalena'],
  },
  {
    front: 'In which year did people first land on the moon?',
    back: '1969',
    choices: ['1959', '1965', '1969', '1972'],
  },
];

const cardsOf = (section: SectionOf<'tool'>): readonly Card[] =>
  section.cards && section.cards.length > 0 ? section.cards : EXAMPLES;

/** One question at a time, choices to click, the score at the end. */
export const composeQuiz = (section: SectionOf<'tool'>, context: SectionContext): Code => {
  const cards = cardsOf(section).filter((card) => (card.choices?.length ?? 0) > 1);
  const questions = cards.map(({ front, back, choices }) => ({ question: front, answer: back, choices }));
  return tsx`
    const questions = ${literal(questions.length > 0 ? questions : EXAMPLES.map(({ front, back, choices }) => ({ question: front, answer: back, choices })))};

    export function ${context.component}() {
      const [at, setAt] = useState(0);
      const [chosen, setChosen] = useState<string | null>(null);
      const [score, setScore] = useState(0);
      const current = questions[at];

      const choose = (choice: string) => {
        setChosen(choice);
        if (choice === current?.answer) setScore(score + 1);
      };
      const next = () => {
        setAt(at + 1);
        setChosen(null);
      };
      const restart = () => {
        setAt(0);
        setChosen(null);
        setScore(0);
      };

      return (
        ${frame(section, [
          tsx`
          {current ? (
            <Card title={current.question} description={\`Question \${at + 1} of \${questions.length}\`}>
              <Stack>
                {current.choices.map((choice) => (
                  <Button
                    key={choice}
                    variant={chosen !== null && choice === current.answer ? 'primary' : 'secondary'}
                    disabled={chosen !== null}
                    onClick={() => choose(choice)}
                  >
                    {choice}
                  </Button>
                ))}
                {chosen !== null && (
                  <Row align="between">
                    <Badge tone={chosen === current.answer ? 'success' : 'danger'}>
                      {chosen === current.answer ? 'Right' : \`The answer is: \${current.answer}\`}
                    </Badge>
                    <Button variant="primary" onClick={next}>
                      ${context.words.next}
                    </Button>
                  </Row>
                )}
              </Stack>
            </Card>
          ) : (
            <Card title={\`${context.words.score}: \${score} / \${questions.length}\`}>
              <Button variant="primary" onClick={restart}>
                ${context.words.again}
              </Button>
            </Card>
          )}
        `,
        ])}
      );
    }
  `;
};

/** Cards to turn over, the ones not known coming back. */
export const composeFlashCards = (section: SectionOf<'tool'>, context: SectionContext): Code => tsx`
  const cards = ${literal(cardsOf(section).map(({ front, back }) => ({ front, back })))};

  export function ${context.component}() {
    const [open, setOpen] = useState(() => cards);
    const [turned, setTurned] = useState(false);
    const [current, ...rest] = open;

    const answer = (known: boolean) => {
      setOpen(known || !current ? rest : [...rest, current]);
      setTurned(false);
    };

    return (
      ${frame(section, [
        tsx`
        <Progress label="Known" value={cards.length - open.length} max={cards.length} showValue />
        {current ? (
          <Card title={current.front}>
            <Stack>
              {turned ? (
                <>
                  <p>{current.back}</p>
                  <Row>
                    <Button variant="primary" onClick={() => answer(true)}>
                      I knew it
                    </Button>
                    <Button onClick={() => answer(false)}>Again</Button>
                  </Row>
                </>
              ) : (
                <Button variant="primary" onClick={() => setTurned(true)}>
                  Show the answer
                </Button>
              )}
            </Stack>
          </Card>
        ) : (
          <Card title="All known">
            <Button variant="primary" onClick={() => setOpen(cards)}>
              ${context.words.again}
            </Button>
          </Card>
        )}
      `,
      ])}
    );
  }
`;
