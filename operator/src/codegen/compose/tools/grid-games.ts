// Snake and 2048: games on a grid, by arrow keys and by buttons. The rules are pure functions of the state.
import type { SectionOf } from '@faibric/crds';
import { type Code, icon, tsx } from '../code.ts';
import type { SectionContext } from '../section-context.ts';
import { frame } from '../sections/static.ts';

const ARROWS = tsx`
  const ARROWS: Record<string, Direction> = {
    ArrowUp: 'up',
    ArrowDown: 'down',
    ArrowLeft: 'left',
    ArrowRight: 'right',
  };
`;

const pad = (call: string): Code => tsx`
  <Row>
    <IconButton label="Left" icon={${icon('ArrowLeft')}} variant="secondary" onClick={() => ${call}('left')} />
    <IconButton label="Up" icon={${icon('ArrowUp')}} variant="secondary" onClick={() => ${call}('up')} />
    <IconButton label="Down" icon={${icon('ArrowDown')}} variant="secondary" onClick={() => ${call}('down')} />
    <IconButton label="Right" icon={${icon('ArrowRight')}} variant="secondary" onClick={() => ${call}('right')} />
  </Row>
`;

/** Slide and merge equal numbers. */
export const composeTwentyFortyEight = (section: SectionOf<'tool'>, context: SectionContext): Code => tsx`
  type Direction = 'up' | 'down' | 'left' | 'right';

  const SIZE = 4;
  ${ARROWS}

  /** A 2, or now and then a 4, on a free field. */
  function withNew(cells: number[]): number[] {
    const free = cells.flatMap((value, at) => (value === 0 ? [at] : []));
    const at = free[Math.floor(Math.random() * free.length)];
    return cells.map((value, i) => (i === at ? (Math.random() < 0.9 ? 2 : 4) : value));
  }

  const start = () => withNew(withNew(Array.from({ length: SIZE * SIZE }, () => 0)));

  function slide(line: number[]): { line: number[]; gained: number } {
    const values = line.filter(Boolean);
    const merged: number[] = [];
    let gained = 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? 0;
      if (value === values[i + 1]) {
        merged.push(value * 2);
        gained += value * 2;
        i += 1;
      } else merged.push(value);
    }
    return { line: [...merged, ...Array.from({ length: SIZE - merged.length }, () => 0)], gained };
  }

  /** Indices of a row or column, read in the direction of the move. */
  function indices(direction: Direction, n: number): number[] {
    const along = [0, 1, 2, 3].map((i) =>
      direction === 'left' || direction === 'right' ? n * SIZE + i : i * SIZE + n,
    );
    return direction === 'right' || direction === 'down' ? along.reverse() : along;
  }

  function moved(cells: number[], direction: Direction): { cells: number[]; gained: number } {
    const next = [...cells];
    let gained = 0;
    for (let n = 0; n < SIZE; n++) {
      const at = indices(direction, n);
      const result = slide(at.map((i) => cells[i] ?? 0));
      gained += result.gained;
      at.forEach((i, place) => {
        next[i] = result.line[place] ?? 0;
      });
    }
    return { cells: next, gained };
  }

  const isOver = (cells: number[]) =>
    (['up', 'left'] as const).every((direction) => String(moved(cells, direction).cells) === String(cells)) &&
    (['down', 'right'] as const).every((direction) => String(moved(cells, direction).cells) === String(cells));

  export function ${context.component}() {
    const [game, setGame] = useState(() => ({ cells: start(), score: 0 }));

    const move = (direction: Direction) =>
      setGame((now) => {
        const next = moved(now.cells, direction);
        if (String(next.cells) === String(now.cells)) return now;
        return { cells: withNew(next.cells), score: now.score + next.gained };
      });

    useEffect(() => {
      const press = (event: globalThis.KeyboardEvent) => {
        const direction = ARROWS[event.key];
        if (!direction) return;
        event.preventDefault();
        move(direction);
      };
      window.addEventListener('keydown', press);
      return () => window.removeEventListener('keydown', press);
    }, []);

    return (
      ${frame(section, [
        tsx`
        <Card>
          <Stack>
            <Stat label="${context.words.score}" value={game.score} />
            {isOver(game.cells) && <p aria-live="polite">No move is left.</p>}
            <div
              style={{ display: 'grid', gridTemplateColumns: 'repeat(4, 1fr)', gap: 8, maxWidth: 360 }}
              role="img"
              aria-label={\`Board: \${game.cells.join(', ')}\`}
            >
              {game.cells.map((value, at) => (
                <div
                  // The key: a field is its place
                  key={at}
                  style={{
                    aspectRatio: '1',
                    display: 'grid',
                    placeItems: 'center',
                    borderRadius: 8,
                    fontWeight: 700,
                    fontSize: '1.4rem',
                    border: '1px solid currentColor',
                    opacity: value === 0 ? 0.2 : 1,
                  }}
                >
                  {value || ''}
                </div>
              ))}
            </div>
            ${pad('move')}
            <Row>
              <Button variant="primary" icon={${icon('RotateCcw')}} onClick={() => setGame({ cells: start(), score: 0 })}>
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

/** The snake that grows. */
export const composeSnake = (section: SectionOf<'tool'>, context: SectionContext): Code => tsx`
  type Direction = 'up' | 'down' | 'left' | 'right';
  type Game = { snake: number[]; food: number; direction: Direction; next: Direction; over: boolean };

  const SIZE = 15;
  ${ARROWS}
  const OPPOSITE: Record<Direction, Direction> = { up: 'down', down: 'up', left: 'right', right: 'left' };

  function newFood(snake: number[]): number {
    const free = Array.from({ length: SIZE * SIZE }, (_, at) => at).filter((at) => !snake.includes(at));
    return free[Math.floor(Math.random() * free.length)] ?? 0;
  }

  const start = (): Game => {
    const snake = [112, 111, 110];
    return { snake, food: newFood(snake), direction: 'right', next: 'right', over: false };
  };

  /** The field beside \`at\`; undefined beyond the wall. */
  function neighbour(at: number, direction: Direction): number | undefined {
    const [x, y] = [at % SIZE, Math.floor(at / SIZE)];
    const nextX = x + (direction === 'right' ? 1 : direction === 'left' ? -1 : 0);
    const nextY = y + (direction === 'down' ? 1 : direction === 'up' ? -1 : 0);
    return nextX < 0 || nextY < 0 || nextX >= SIZE || nextY >= SIZE ? undefined : nextY * SIZE + nextX;
  }

  function step(game: Game): Game {
    const head = neighbour(game.snake[0] ?? 0, game.next);
    if (head === undefined || game.snake.slice(0, -1).includes(head)) return { ...game, over: true };
    const ate = head === game.food;
    const snake = [head, ...(ate ? game.snake : game.snake.slice(0, -1))];
    return { ...game, snake, direction: game.next, food: ate ? newFood(snake) : game.food };
  }

  export function ${context.component}() {
    const [game, setGame] = useState(start);
    const [running, setRunning] = useState(false);
    const playing = running && !game.over;

    const turn = (next: Direction) =>
      setGame((now) => (OPPOSITE[next] === now.direction ? now : { ...now, next }));

    useEffect(() => {
      if (!playing) return;
      const timer = setInterval(() => setGame(step), 160);
      const press = (event: globalThis.KeyboardEvent) => {
        const direction = ARROWS[event.key];
        if (!direction) return;
        event.preventDefault();
        turn(direction);
      };
      window.addEventListener('keydown', press);
      return () => {
        clearInterval(timer);
        window.removeEventListener('keydown', press);
      };
    }, [playing]);

    const begin = () => {
      if (game.over) setGame(start());
      setRunning(!playing);
    };
    const colour = (at: number) => {
      if (game.snake.includes(at)) return 'currentColor';
      return at === game.food ? 'crimson' : 'transparent';
    };

    return (
      ${frame(section, [
        tsx`
        <Card>
          <Stack>
            <Stat label="${context.words.score}" value={game.snake.length - 3} />
            {game.over && <p aria-live="polite">Game over.</p>}
            <div
              style={{
                display: 'grid',
                gridTemplateColumns: \`repeat(\${SIZE}, 1fr)\`,
                maxWidth: 420,
                border: '1px solid currentColor',
                borderRadius: 8,
              }}
              role="img"
              aria-label="The field of the snake"
            >
              {Array.from({ length: SIZE * SIZE }, (_, at) => (
                // The key: a field is its place
                <div key={at} style={{ aspectRatio: '1', borderRadius: 3, background: colour(at) }} />
              ))}
            </div>
            ${pad('turn')}
            <Row>
              <Button variant="primary" onClick={begin}>
                {playing ? ${"'Pause'"} : game.over ? ${"'Play again'"} : ${"'Start'"}}
              </Button>
            </Row>
          </Stack>
        </Card>
      `,
      ])}
    );
  }
`;
