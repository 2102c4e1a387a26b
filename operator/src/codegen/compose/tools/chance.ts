// Dice, coin, and a pick from a list: each result comes from the browser's random source, and the last ones stay in sight.
import type { SectionOf } from '@faibric/crds';
import { type Code, icon, tsx } from '../code.ts';
import { literal } from '../literal.ts';
import type { SectionContext } from '../section-context.ts';
import { frame } from '../sections/static.ts';

const RANDOM = tsx`
  const random = (below: number) => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % below;
`;

const PAST = tsx`
  {past.length > 1 && <p>Before: {past.slice(1).join(', ')}</p>}
`;

/** Dice with any number of sides. */
export const composeDice = (section: SectionOf<'tool'>, context: SectionContext): Code => tsx`
  ${RANDOM}

  export function ${context.component}() {
    const [sides, setSides] = useState<number | null>(${section.sides ?? 6});
    const [count, setCount] = useState<number | null>(1);
    const [past, setPast] = useState<string[]>([]);

    const roll = () => {
      const rolled = Array.from({ length: Math.min(20, Math.max(1, count ?? 1)) }, () => random(Math.max(2, sides ?? 6)) + 1);
      const sum = rolled.reduce((total, one) => total + one, 0);
      setPast([rolled.length > 1 ? \`\${rolled.join(' + ')} = \${sum}\` : String(sum), ...past].slice(0, 10));
    };

    return (
      ${frame(section, [
        tsx`
        <Card>
          <Stack>
            <Stat label="Result" value={past[0] ?? '–'} />
            <Row>
              <NumberField label="Dice" value={count} onChange={setCount} min={1} max={20} />
              <NumberField label="Sides" value={sides} onChange={setSides} min={2} max={1000} />
            </Row>
            <Row>
              <Button variant="primary" size="large" icon={${icon('Dices')}} onClick={roll}>
                Roll
              </Button>
            </Row>
            ${PAST}
          </Stack>
        </Card>
      `,
      ])}
    );
  }
`;

/** Heads or tails. */
export const composeCoin = (section: SectionOf<'tool'>, context: SectionContext): Code => tsx`
  ${RANDOM}

  export function ${context.component}() {
    const [past, setPast] = useState<string[]>([]);
    const flip = () => setPast([random(2) === 0 ? 'Heads' : 'Tails', ...past].slice(0, 10));

    return (
      ${frame(section, [
        tsx`
        <Card>
          <Stack>
            <Stat label="Result" value={past[0] ?? '–'} />
            <Row>
              <Button variant="primary" size="large" icon={${icon('Coins')}} onClick={flip}>
                Flip
              </Button>
            </Row>
            ${PAST}
          </Stack>
        </Card>
      `,
      ])}
    );
  }
`;

/** One of a list of names or choices. */
export const composePicker = (section: SectionOf<'tool'>, context: SectionContext): Code => tsx`
  ${RANDOM}
  const START = ${literal((section.names ?? ['Pizza', 'Pasta', 'Salad', 'Soup']).join('\n'))};

  export function ${context.component}() {
    const [text, setText] = useState(START);
    const [past, setPast] = useState<string[]>([]);
    const choices = text.split('\n').map((line) => line.trim()).filter(Boolean);
    const pick = () => setPast([choices[random(Math.max(1, choices.length))] ?? '–', ...past].slice(0, 10));

    return (
      ${frame(section, [
        tsx`
        <Card>
          <Stack>
            <Stat label="Picked" value={past[0] ?? '–'} />
            <Row>
              <Button variant="primary" size="large" icon={${icon('Shuffle')}} onClick={pick} disabled={choices.length === 0}>
                Pick one
              </Button>
            </Row>
            <TextArea label="Choices" hint="One to a line" value={text} onChange={setText} rows={6} />
            ${PAST}
          </Stack>
        </Card>
      `,
      ])}
    );
  }
`;
