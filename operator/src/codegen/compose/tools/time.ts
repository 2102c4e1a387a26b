// Timer, pomodoro, stopwatch and countdown. They count by the clock and not by ticks, because a browser slows down the
// timers of a tab that is not seen.
import type { SectionOf } from '@faibric/crds';
import { type Code, icon, tsx } from '../code.ts';
import { quote } from '../literal.ts';
import type { SectionContext } from '../section-context.ts';
import { frame } from '../sections/static.ts';

const CLOCK = tsx`
  const shown = (seconds: number) => {
    const [minutes, rest] = [Math.floor(seconds / 60), Math.floor(seconds % 60)];
    return \`\${String(minutes).padStart(2, '0')}:\${String(rest).padStart(2, '0')}\`;
  };

  /** The time now, every \`everyMs\` while it is running. */
  function useNow(running: boolean, everyMs: number): number {
    const [now, setNow] = useState(() => Date.now());
    useEffect(() => {
      if (!running) return;
      const timer = setInterval(() => setNow(Date.now()), everyMs);
      return () => clearInterval(timer);
    }, [running, everyMs]);
    return now;
  }
`;

/** A timer over one or two spans: work and, for a pomodoro, a break. */
export function composeTimer(section: SectionOf<'tool'>, context: SectionContext): Code {
  const { words } = context;
  const isPomodoro = section.tool === 'pomodoro';
  const work = section.minutes ?? (isPomodoro ? 25 : 5);
  const body = tsx`
    <Card>
      <Stack gap="large">
        <Stat label={${isPomodoro ? tsx`phase === 'work' ? 'Focus' : 'Break'` : quote(section.title ?? 'Timer')}} value={shown(left)} />
        <Progress label="Time passed" value={total - left} max={total} />
        <Row>
          <Button
            variant="primary"
            size="large"
            icon={running ? ${icon('Pause')} : ${icon('Play')}}
            onClick={running ? pause : start}
          >
            {running ? ${quote(words.pause)} : ${quote(words.start)}}
          </Button>
          <Button size="large" icon={${icon('RotateCcw')}} onClick={() => reset(total)}>
            ${words.reset}
          </Button>
        </Row>
        ${isPomodoro ? tsx`<p>{rounds} rounds of focus done.</p>` : minutesField}
      </Stack>
    </Card>
  `;
  const finish = isPomodoro
    ? tsx`
      const next = phase === 'work' ? 'break' : 'work';
      if (phase === 'work') setRounds((count) => count + 1);
      setPhase(next);
      reset(MINUTES[next] * 60);
      toast(next === 'work' ? 'Back to work.' : 'Time for a break.', { tone: 'success' });
    `
    : tsx`
      reset(total);
      toast('Time is up.', { tone: 'success' });
    `;
  return tsx`
    ${isPomodoro && tsx`const MINUTES = { work: ${work}, break: ${section.breakMinutes ?? 5} };`}

    export function ${context.component}() {
      ${isPomodoro && tsx`const [phase, setPhase] = useState<'work' | 'break'>('work');`}
      ${isPomodoro && tsx`const [rounds, setRounds] = useState(0);`}
      const [total, setTotal] = useState(${work} * 60);
      const [remaining, setRemaining] = useState(total);
      const [endsAt, setEndsAt] = useState<number | null>(null);
      const running = endsAt !== null;
      const now = useNow(running, 250);
      const left = endsAt === null ? remaining : Math.max(0, Math.ceil((endsAt - now) / 1000));

      const start = () => setEndsAt(Date.now() + remaining * 1000);
      const pause = () => {
        setRemaining(left);
        setEndsAt(null);
      };
      const reset = (seconds: number) => {
        setTotal(seconds);
        setRemaining(seconds);
        setEndsAt(null);
      };

      useEffect(() => {
        if (!running || left > 0) return;
        ${finish}
      });

      return (
        ${frame(section, [body])}
      );
    }

    ${CLOCK}
  `;
}

const minutesField = tsx`
  <NumberField
    label="Minutes"
    value={total / 60}
    min={1}
    max={600}
    disabled={running}
    onChange={(minutes) => reset(Math.max(1, minutes ?? 1) * 60)}
  />
`;

/** A stopwatch with laps. */
export function composeStopwatch(section: SectionOf<'tool'>, context: SectionContext): Code {
  const { words } = context;
  const body = tsx`
    <Card>
      <Stack gap="large">
        <Stat label="Time" value={shown(elapsed / 1000)} unit={String(Math.floor(elapsed / 100) % 10)} />
        <Row>
          <Button variant="primary" size="large" onClick={toggle}>
            {running ? ${quote(words.pause)} : ${quote(words.start)}}
          </Button>
          <Button size="large" disabled={!running} onClick={() => setLaps([elapsed, ...laps])}>
            Lap
          </Button>
          <Button size="large" onClick={reset}>
            ${words.reset}
          </Button>
        </Row>
        {laps.length > 0 && (
          <ol reversed>
            {laps.map((lap) => (
              <li key={lap}>{shown(lap / 1000)}</li>
            ))}
          </ol>
        )}
      </Stack>
    </Card>
  `;
  return tsx`
    export function ${context.component}() {
      const [before, setBefore] = useState(0);
      const [startedAt, setStartedAt] = useState<number | null>(null);
      const [laps, setLaps] = useState<number[]>([]);
      const running = startedAt !== null;
      const now = useNow(running, 100);
      const elapsed = before + (startedAt === null ? 0 : Math.max(0, now - startedAt));

      const toggle = () => {
        setBefore(elapsed);
        setStartedAt(running ? null : Date.now());
      };
      const reset = () => {
        setBefore(0);
        setStartedAt(null);
        setLaps([]);
      };

      return (
        ${frame(section, [body])}
      );
    }

    ${CLOCK}
  `;
}

/** Days, hours and minutes until a date. */
export function composeCountdown(section: SectionOf<'tool'>, context: SectionContext): Code {
  const body = tsx`
    <Card>
      <Stack gap="large">
        <DateField label="Count down to" value={date} onChange={choose} />
        <Grid columns={4}>
          <Stat label="Days" value={Math.floor(left / 86_400)} />
          <Stat label="Hours" value={Math.floor(left / 3600) % 24} />
          <Stat label="Minutes" value={Math.floor(left / 60) % 60} />
          <Stat label="Seconds" value={left % 60} />
        </Grid>
        {left === 0 && <p>The day has come.</p>}
      </Stack>
    </Card>
  `;
  const first = section.date ? quote(section.date) : '`${new Date().getFullYear() + 1}-01-01`';
  return tsx`
    const KEY = ${quote(`${section.id}-date`)};

    export function ${context.component}() {
      const [date, setDate] = useState(() => window.localStorage.getItem(KEY) ?? ${first});
      const [now, setNow] = useState(() => Date.now());
      const end = new Date(\`\${date}T00:00\`).getTime();
      const left = Number.isNaN(end) ? 0 : Math.max(0, Math.floor((end - now) / 1000));

      useEffect(() => {
        const timer = setInterval(() => setNow(Date.now()), 1000);
        return () => clearInterval(timer);
      }, []);

      const choose = (value: string) => {
        window.localStorage.setItem(KEY, value);
        setDate(value);
      };

      return (
        ${frame(section, [body])}
      );
    }
  `;
}
