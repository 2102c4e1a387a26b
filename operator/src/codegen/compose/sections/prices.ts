// Live prices of shares and coins: one figure each, and a chart of the past. Values come through the Gateway; sample
// values carry their label, and a failed call says why and offers another try.
import type { SectionOf } from '@faibric/crds';
import { type Code, join, tsx } from '../code.ts';
import { prop, tag } from '../jsx.ts';
import { attribute, literal, quote } from '../literal.ts';
import type { ComposedSection, SectionContext } from '../section-context.ts';
import { frame } from './static.ts';

/** How shares and coins differ. */
interface Source {
  readonly request: string;
  readonly quoteType: 'StockQuote' | 'CoinQuote';
  readonly key: string;
  readonly change: string;
  readonly history: string;
  readonly value: string;
  readonly ranges: readonly { value: string; label: string }[];
  readonly keys: readonly string[];
  readonly listName: string;
  readonly pick: string;
}

const live = tsx`
  {live.error && <ErrorState error={live.error} onRetry={() => void live.refresh()} />}
`;

const updated = tsx`
  <Row>
    <SampleDataBadge show={live.sample} />
    <UpdatedAt time={live.fetchedAt} onRefresh={() => void live.refresh()} busy={live.loading} />
  </Row>
`;

function cards(source: Source): Code {
  const money = { text: 'formatMoney(quote.price, quote.currency.toUpperCase())', imports: [MONEY] };
  const stat = tag('Stat', [
    prop('key', `quote.${source.key}`),
    prop('label', '`${quote.symbol.toUpperCase()} · ${quote.name}`'),
    prop('value', money),
    prop('change', `quote.${source.change}`),
  ]);
  return tsx`
    <Grid columns={${Math.min(3, source.keys.length)}}>
      {live.data?.quotes.map((quote) => (
        ${stat}
      ))}
    </Grid>
    {live.loading && !live.data && <Loading kind="cards" count={${Math.min(6, source.keys.length)}} />}
  `;
}

const MONEY = { name: 'formatMoney', from: '@faibric/app' };

function history(source: Source, context: SectionContext): Code {
  const { words } = context;
  const pickers = tsx`
    <Row>
      ${tag('Select', [
        attribute('label', source.pick),
        prop('value', 'chosen'),
        prop('onChange', 'setChosen'),
        prop('options', source.listName),
      ])}
      ${tag('Select', [
        attribute('label', words.range),
        prop('value', 'range'),
        prop('onChange', 'setRange'),
        prop('options', 'ranges'),
      ])}
    </Row>
  `;
  const chart = tag('LineChart', [
    prop('label', `\`${words.history}: \${chosen}\``),
    prop('data', 'past.data?.points ?? []'),
    attribute('x', 'time'),
    prop('series', `[{ key: '${source.value}', label: chosen }]`),
    prop('formatX', 'formatDate'),
    prop('formatY', '(value) => formatNumber(value, { digits: 2 })'),
    prop('loading', 'past.loading && !past.data'),
  ]);
  return tsx`
    const ranges = ${literal(source.ranges, 20)};

    function History() {
      const [chosen, setChosen] = useState(${quote(source.keys[0] ?? '')});
      const [range, setRange] = useState(${quote(source.ranges[1]?.value ?? '')});
      const past = useGateway<{ points: PricePoint[] }>({ ${source.history} });

      return (
        ${tag(
          'Card',
          [attribute('title', words.history), prop('actions', '<SampleDataBadge show={past.sample} />')],
          [
            pickers,
            tsx`
          {past.error ? (
            <ErrorState error={past.error} onRetry={() => void past.refresh()} />
          ) : (
            ${{ ...chart, imports: [...chart.imports, { name: 'formatDate', from: '@faibric/app' }, { name: 'formatNumber', from: '@faibric/app' }] }}
          )}
        `,
          ],
        )}
      );
    }
  `;
}

function compose(
  section: SectionOf<'stocks' | 'coins'>,
  source: Source,
  context: SectionContext,
): ComposedSection {
  const body = frame(
    section,
    [live, cards(source), ...(section.chart ? [tsx`<History />`] : [])],
    [prop('actions', updated)],
  );
  const main = tsx`
    export function ${context.component}() {
      const live = useGateway<{ quotes: ${{ text: source.quoteType, imports: [{ name: source.quoteType, from: '@faibric/app', type: true }] }}[] }>(
        { ${source.request} },
        { refreshMs: 60_000 },
      );

      return (
        ${body}
      );
    }
  `;
  const list = tsx`const ${source.listName} = ${literal(source.keys, 20)};`;
  const code = join([list, main, section.chart && history(source, context)], '\n\n');
  return { about: 'Live prices, refreshed every minute.', code };
}

/** Shares by symbol. */
export const composeStocks = (section: SectionOf<'stocks'>, context: SectionContext): ComposedSection =>
  compose(
    section,
    {
      request: "service: 'yahoo_finance', symbols",
      quoteType: 'StockQuote',
      key: 'symbol',
      change: 'changePercent',
      history: "service: 'yahoo_finance', action: 'history', symbol: chosen, range",
      value: 'close',
      ranges: [
        { value: '5d', label: '5 days' },
        { value: '1mo', label: '1 month' },
        { value: '6mo', label: '6 months' },
        { value: '1y', label: '1 year' },
      ],
      keys: section.symbols,
      listName: 'symbols',
      pick: 'Symbol',
    },
    context,
  );

/** Coins by CoinGecko's id. */
export const composeCoins = (section: SectionOf<'coins'>, context: SectionContext): ComposedSection =>
  compose(
    section,
    {
      request: `service: 'coingecko', ids, currency: '${section.currency}'`,
      quoteType: 'CoinQuote',
      key: 'id',
      change: 'changePercent24h',
      history: `service: 'coingecko', action: 'history', id: chosen, currency: '${section.currency}', days: Number(range)`,
      value: 'price',
      ranges: [
        { value: '7', label: '7 days' },
        { value: '30', label: '30 days' },
        { value: '90', label: '90 days' },
        { value: '365', label: '1 year' },
      ],
      keys: section.ids,
      listName: 'ids',
      pick: 'Coin',
    },
    context,
  );
