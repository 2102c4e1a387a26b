// Tic-tac-toe, memory, rock-paper-scissors and guess the number. Played by mouse, touch and keyboard: every field is a
// button with a name.
import type { SectionOf } from '@faibric/crds';
import { type Code, icon, tsx } from '../code.ts';
import type { SectionContext } from '../section-context.ts';
import { frame } from '../sections/static.ts';

const board = (columns: number): string =>
  `style={{ display: 'grid', gridTemplateColumns: 'repeat(${columns}, 1fr)', gap: 8, maxWidth: ${columns * 96} }}`;
const square = 'style={SQUARE}';
const SQUARE = tsx`
  const SQUARE = {
    aspectRatio: '1',
    fontSize: '2rem',
    color: 'inherit',
    background: 'transparent',
    border: '1px solid currentColor',
    borderRadius: 8,
  };
`;

/** Three in a row, for two people or against the computer. */
export const composeTicTacToe = (section: SectionOf<'tool'>, context: SectionContext): Code => tsx`
  type Mark = 'X' | 'O' | '';

  const LINES = [
    [0, 1, 2],
    [3, 4, 5],
    [6, 7, 8],
    [0, 3, 6],
    [1, 4, 7],
    [2, 5, 8],
    [0, 4, 8],
    [2, 4, 6],
  ];
  ${SQUARE}
  const EMPTY: Mark[] = Array.from({ length: 9 }, () => '');

  const winnerOf = (cells: Mark[]): Mark =>
    LINES.map(([a = 0, b = 0, c = 0]) => (cells[a] !== '' && cells[a] === cells[b] && cells[b] === cells[c] ? cells[a] : ''))
      .find((mark) => mark) ?? '';

  const put = (cells: Mark[], at: number, mark: Mark): Mark[] => cells.map((cell, i) => (i === at ? mark : cell));

  /** The computer wins if it can, prevents a loss if it must, and else takes the best free field. */
  function answerTo(cells: Mark[]): number {
    const free = [4, 0, 2, 6, 8, 1, 3, 5, 7].filter((at) => cells[at] === '');
    const wins = (mark: Mark) => free.find((at) => winnerOf(put(cells, at, mark)) === mark);
    return wins('O') ?? wins('X') ?? free[0] ?? -1;
  }

  export function ${context.component}() {
    const [cells, setCells] = useState(EMPTY);
    const [alone, setAlone] = useState(true);
    const winner = winnerOf(cells);
    const filled = cells.filter(Boolean).length;
    const turn: Mark = filled % 2 === 0 ? 'X' : 'O';
    const over = winner !== '' || filled === 9;

    const play = (at: number) => {
      const next = put(cells, at, turn);
      const reply = alone && winnerOf(next) === '' ? answerTo(next) : -1;
      setCells(reply < 0 ? next : put(next, reply, 'O'));
    };

    return (
      ${frame(section, [
        tsx`
        <Card>
          <Stack>
            <p aria-live="polite">
              {winner !== '' ? \`\${winner} wins.\` : over ? 'A draw.' : \`\${turn} to move.\`}
            </p>
            <div ${board(3)}>
              {cells.map((cell, at) => (
                <button
                  // The key: a square is its place
                  key={at}
                  type="button"
                  ${square}
                  aria-label={\`Square \${at + 1}: \${cell || 'empty'}\`}
                  disabled={cell !== '' || over}
                  onClick={() => play(at)}
                >
                  {cell || '\u00a0'}
                </button>
              ))}
            </div>
            <Checkbox label="Against the computer" checked={alone} onChange={setAlone} />
            <Row>
              <Button variant="primary" icon={${icon('RotateCcw')}} onClick={() => setCells(EMPTY)}>
                ${context.words.newGame}
              </Button>
            </Row>
          </Stack>
        </Card>
      `,
      ])}
    );
  }
`;

/** Pairs to find. */
export const composeMemory = (section: SectionOf<'tool'>, context: SectionContext): Code => tsx`
  const PICTURES = ['🍎', '🚲', '🌙', '🐝', '🎈', '⛵', '🍄', '🎸'];

  ${SQUARE}

  const shuffled = () =>
    [...PICTURES, ...PICTURES]
      .map((picture) => ({ picture, order: Math.random() }))
      .sort((a, b) => a.order - b.order)
      .map(({ picture }) => picture);

  export function ${context.component}() {
    const [cards, setCards] = useState(shuffled);
    const [found, setFound] = useState<string[]>([]);
    const [turned, setTurned] = useState<number[]>([]);
    const [moves, setMoves] = useState(0);

    const turn = (at: number) => {
      const next = turned.length === 2 ? [at] : [...turned, at];
      setTurned(next);
      if (next.length < 2) return;
      setMoves(moves + 1);
      const [a, b] = next.map((one) => cards[one]);
      if (a !== undefined && a === b) setFound([...found, a]);
    };
    const restart = () => {
      setCards(shuffled());
      setFound([]);
      setTurned([]);
      setMoves(0);
    };

    return (
      ${frame(section, [
        tsx`
        <Card>
          <Stack>
            <p aria-live="polite">
              {found.length === PICTURES.length ? \`All pairs in \${moves} moves.\` : \`\${moves} moves\`}
            </p>
            <div ${board(4)}>
              {cards.map((picture, at) => {
                const open = turned.includes(at) || found.includes(picture);
                return (
                  <button
                    // The key: a card is its place
                    key={at}
                    type="button"
                    ${square}
                    aria-label={\`Card \${at + 1}: \${open ? picture : 'hidden'}\`}
                    disabled={open}
                    onClick={() => turn(at)}
                  >
                    {open ? picture : '?'}
                  </button>
                );
              })}
            </div>
            <Row>
              <Button variant="primary" icon={${icon('RotateCcw')}} onClick={restart}>
                ${context.words.newGame}
              </Button>
            </Row>
          </Stack>
        </Card>
      `,
      ])}
    );
  }
`;

/** Rock, paper, scissors against the computer. */
export const composeRockPaperScissors = (section: SectionOf<'tool'>, context: SectionContext): Code => tsx`
  const SIGNS = ['Rock', 'Paper', 'Scissors'];

  export function ${context.component}() {
    const [wins, setWins] = useState(0);
    const [losses, setLosses] = useState(0);
    const [last, setLast] = useState('Choose your sign.');

    const play = (mine: number) => {
      const theirs = Math.floor(Math.random() * 3);
      const result = (mine - theirs + 3) % 3; // 0 draw, 1 won, 2 lost
      if (result === 1) setWins(wins + 1);
      if (result === 2) setLosses(losses + 1);
      setLast(\`\${SIGNS[mine]} against \${SIGNS[theirs]}: \${['a draw', 'you win', 'you lose'][result]}.\`);
    };

    return (
      ${frame(section, [
        tsx`
        <Card>
          <Stack>
            <p aria-live="polite">{last}</p>
            <Row>
              {SIGNS.map((sign, at) => (
                <Button key={sign} size="large" variant="primary" onClick={() => play(at)}>
                  {sign}
                </Button>
              ))}
            </Row>
            <Grid columns={2}>
              <Stat label="You" value={wins} />
              <Stat label="Computer" value={losses} />
            </Grid>
          </Stack>
        </Card>
      `,
      ])}
    );
  }
`;

/** A number to find by "higher" and "lower". */
export const composeNumberGuess = (section: SectionOf<'tool'>, context: SectionContext): Code => tsx`
  const newNumber = () => Math.floor(Math.random() * 100) + 1;

  export function ${context.component}() {
    const [secret, setSecret] = useState(newNumber);
    const [guess, setGuess] = useState<number | null>(null);
    const [tries, setTries] = useState<number[]>([]);
    const last = tries.at(-1);
    const hint = last === undefined ? 'I think of a number from 1 to 100.' : last < secret ? 'Higher!' : 'Lower!';

    const submit = () => {
      if (guess === null) return;
      setTries([...tries, guess]);
      setGuess(null);
    };
    const restart = () => {
      setSecret(newNumber());
      setTries([]);
    };

    return (
      ${frame(section, [
        tsx`
        <Card>
          <Stack>
            {last === secret ? (
              <>
                <p aria-live="polite">{\`\${secret} it is, after \${tries.length} tries.\`}</p>
                <Button variant="primary" onClick={restart}>
                  ${context.words.again}
                </Button>
              </>
            ) : (
              <>
                <p aria-live="polite">{hint}</p>
                <Form onSubmit={submit} submitLabel="Guess">
                  <NumberField label="Your guess" value={guess} onChange={setGuess} min={1} max={100} required />
                </Form>
              </>
            )}
            {tries.length > 0 && <p>Tries: {tries.join(', ')}</p>}
          </Stack>
        </Card>
      `,
      ])}
    );
  }
`;
