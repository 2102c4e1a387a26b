// Counter, calculator, converter, and small sums: tip, body mass index. The calculator reads its keys itself; nothing is
// ever evaluated as code.
import type { SectionOf } from '@faibric/crds';
import { type Code, icon, tsx } from '../code.ts';
import { quote } from '../literal.ts';
import type { SectionContext } from '../section-context.ts';
import { frame } from '../sections/static.ts';

/** A number that goes up and down and is still there after a reload. */
export const composeCounter = (section: SectionOf<'tool'>, context: SectionContext): Code => tsx`
  const KEY = ${quote(`${section.id}-count`)};

  export function ${context.component}() {
    const [count, setCount] = useState(() => Number(window.localStorage.getItem(KEY) ?? 0));

    const change = (value: number) => {
      window.localStorage.setItem(KEY, String(value));
      setCount(value);
    };

    return (
      ${frame(section, [
        tsx`
        <Card>
          <Stack gap="large">
            <Stat label="Count" value={count} />
            <Row>
              <Button variant="primary" size="large" icon={${icon('Plus')}} onClick={() => change(count + 1)}>
                Add one
              </Button>
              <Button size="large" icon={${icon('Minus')}} onClick={() => change(count - 1)}>
                Take one
              </Button>
              <Button size="large" icon={${icon('RotateCcw')}} onClick={() => change(0)}>
                ${context.words.reset}
              </Button>
            </Row>
          </Stack>
        </Card>
      `,
      ])}
    );
  }
`;

/** A pocket calculator. */
export const composeCalculator = (section: SectionOf<'tool'>, context: SectionContext): Code => tsx`
  type State = { shown: string; first: number | null; sign: string | null; fresh: boolean };

  const START: State = { shown: '0', first: null, sign: null, fresh: true };
  const KEYS = ['7', '8', '9', '÷', '4', '5', '6', '×', '1', '2', '3', '−', '0', '.', '=', '+'];

  function calculate(a: number, sign: string, b: number): number {
    if (sign === '+') return a + b;
    if (sign === '−') return a - b;
    if (sign === '×') return a * b;
    return a / b;
  }

  // Twelve digits hide the rounding of binary fractions: 0.1 + 0.2 shows 0.3.
  const textOf = (value: number) =>
    Number.isFinite(value) ? String(Number(value.toPrecision(12))) : 'Not a number';

  function press(state: State, key: string): State {
    if (/[0-9.]/.test(key)) {
      if (key === '.' && !state.fresh && state.shown.includes('.')) return state;
      const shown = state.fresh ? (key === '.' ? '0.' : key) : state.shown + key;
      return { ...state, shown: shown.slice(0, 14), fresh: false };
    }
    const value = Number(state.shown);
    const first =
      state.first !== null && state.sign !== null && !state.fresh
        ? calculate(state.first, state.sign, value)
        : value;
    return { shown: textOf(first), first, sign: key === '=' ? null : key, fresh: true };
  }

  export function ${context.component}() {
    const [state, setState] = useState(START);

    return (
      ${frame(section, [
        tsx`
        <Card>
          <Stack>
            <Stat label="Result" value={state.shown} />
            <div style={{ display: 'grid', gridTemplateColumns: 'repeat(4, 1fr)', gap: 8, maxWidth: 360 }}>
              {KEYS.map((key) => (
                <Button
                  key={key}
                  size="large"
                  variant={key === '=' ? 'primary' : 'secondary'}
                  onClick={() => setState(press(state, key))}
                >
                  {key}
                </Button>
              ))}
            </div>
            <Row>
              <Button onClick={() => setState(START)}>Clear</Button>
            </Row>
          </Stack>
        </Card>
      `,
      ])}
    );
  }
`;

/** Lengths, weights, volumes and temperatures. */
export const composeConverter = (section: SectionOf<'tool'>, context: SectionContext): Code => tsx`
  /** Size of each unit in the first of its kind. */
  const KINDS: Record<string, Record<string, number>> = {
    Length: { meter: 1, kilometer: 1000, centimeter: 0.01, millimeter: 0.001, mile: 1609.344, yard: 0.9144, foot: 0.3048, inch: 0.0254 },
    Weight: { kilogram: 1, gram: 0.001, tonne: 1000, pound: 0.45359237, ounce: 0.028349523125 },
    Volume: { liter: 1, milliliter: 0.001, 'US gallon': 3.785411784, 'US cup': 0.2365882365, 'US fluid ounce': 0.0295735295625 },
    Temperature: { Celsius: 1, Fahrenheit: 1, Kelvin: 1 },
  };

  function toCelsius(value: number, unit: string): number {
    if (unit === 'Fahrenheit') return ((value - 32) * 5) / 9;
    return unit === 'Kelvin' ? value - 273.15 : value;
  }

  function fromCelsius(value: number, unit: string): number {
    if (unit === 'Fahrenheit') return (value * 9) / 5 + 32;
    return unit === 'Kelvin' ? value + 273.15 : value;
  }

  export function ${context.component}() {
    const [kind, setKind] = useState('Length');
    const units = KINDS[kind] ?? {};
    const names = Object.keys(units);
    const [from, setFrom] = useState('kilometer');
    const [to, setTo] = useState('mile');
    const [value, setValue] = useState<number | null>(1);

    const choose = (next: string) => {
      const [first = '', second = ''] = Object.keys(KINDS[next] ?? {});
      setKind(next);
      setFrom(first);
      setTo(second);
    };
    const result =
      kind === 'Temperature'
        ? fromCelsius(toCelsius(value ?? 0, from), to)
        : ((value ?? 0) * (units[from] ?? 1)) / (units[to] ?? 1);

    return (
      ${frame(section, [
        tsx`
        <Card>
          <Stack>
            <Select label="What" value={kind} onChange={choose} options={Object.keys(KINDS)} />
            <NumberField label="Value" value={value} onChange={setValue} step={0.01} />
            <Row>
              <Select label="From" value={from} onChange={setFrom} options={names} />
              <Select label="To" value={to} onChange={setTo} options={names} />
            </Row>
            <Stat label="Result" value={formatNumber(result, { digits: 4 })} unit={to} />
          </Stack>
        </Card>
      `,
      ])}
    );
  }
`;

/** A bill with tip, shared by people. */
export const composeTip = (section: SectionOf<'tool'>, context: SectionContext): Code => tsx`
  export function ${context.component}() {
    const [bill, setBill] = useState<number | null>(50);
    const [percent, setPercent] = useState<number | null>(15);
    const [people, setPeople] = useState<number | null>(2);
    const tip = ((bill ?? 0) * (percent ?? 0)) / 100;
    const total = (bill ?? 0) + tip;

    return (
      ${frame(section, [
        tsx`
        <Card>
          <Stack>
            <NumberField label="Bill" value={bill} onChange={setBill} min={0} step={0.01} />
            <NumberField label="Tip" value={percent} onChange={setPercent} min={0} max={100} unit="%" />
            <NumberField label="People" value={people} onChange={setPeople} min={1} />
            <Grid columns={3}>
              <Stat label="Tip" value={formatNumber(tip, { digits: 2 })} />
              <Stat label="Total" value={formatNumber(total, { digits: 2 })} />
              <Stat label="Each pays" value={formatNumber(total / Math.max(1, people ?? 1), { digits: 2 })} />
            </Grid>
          </Stack>
        </Card>
      `,
      ])}
    );
  }
`;

/** Body mass index with the ranges of the World Health Organization for adults. */
export const composeBmi = (section: SectionOf<'tool'>, context: SectionContext): Code => tsx`
  /** Ranges of the World Health Organization for adults: upper bound and name. */
  const RANGES: [number, string][] = [
    [18.5, 'Underweight'],
    [25, 'Normal'],
    [30, 'Overweight'],
    [Number.POSITIVE_INFINITY, 'Obesity'],
  ];

  export function ${context.component}() {
    const [height, setHeight] = useState<number | null>(170);
    const [weight, setWeight] = useState<number | null>(70);
    const meters = (height ?? 0) / 100;
    const bmi = meters > 0 ? (weight ?? 0) / (meters * meters) : 0;
    const range = RANGES.find(([below]) => bmi < below)?.[1] ?? '';

    return (
      ${frame(section, [
        tsx`
        <Card>
          <Stack>
            <NumberField label="Height" value={height} onChange={setHeight} min={50} max={250} unit="cm" />
            <NumberField label="Weight" value={weight} onChange={setWeight} min={2} max={400} unit="kg" />
            <Stat label="Body mass index" value={formatNumber(bmi, { digits: 1 })} hint={range} />
          </Stack>
        </Card>
      `,
      ])}
    );
  }
`;

/** Random passwords, made in the browser and stored nowhere. */
export const composePassword = (section: SectionOf<'tool'>, context: SectionContext): Code => tsx`
  const LETTERS = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const SIGNS = '!#%+-_=?@*';

  function makePassword(length: number, signs: boolean): string {
    const alphabet = signs ? LETTERS + SIGNS : LETTERS;
    const random = crypto.getRandomValues(new Uint32Array(length));
    return [...random].map((number) => alphabet[number % alphabet.length]).join('');
  }

  export function ${context.component}() {
    const [length, setLength] = useState<number | null>(16);
    const [signs, setSigns] = useState(true);
    const [password, setPassword] = useState(() => makePassword(16, true));

    const renew = () => setPassword(makePassword(Math.min(64, Math.max(4, length ?? 16)), signs));
    async function copy() {
      await navigator.clipboard.writeText(password);
      toast('Copied.', { tone: 'success' });
    }

    return (
      ${frame(section, [
        tsx`
        <Card>
          <Stack>
            <TextField label="Password" value={password} onChange={setPassword} />
            <NumberField label="Length" value={length} onChange={setLength} min={4} max={64} />
            <Checkbox label="With signs" checked={signs} onChange={setSigns} />
            <Row>
              <Button variant="primary" icon={${icon('RefreshCw')}} onClick={renew}>
                New password
              </Button>
              <Button icon={${icon('Copy')}} onClick={() => void copy()}>
                Copy
              </Button>
            </Row>
          </Stack>
        </Card>
      `,
      ])}
    );
  }
`;
